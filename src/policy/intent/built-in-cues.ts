import type { Cues } from './cue-index.ts'
import { ENCODED_CUES } from './cues.generated.ts'
import { decodeCues } from './decode-cues.ts'

let decoded: Cues | undefined

/** The cues that come with the program, decoded at their first use. */
export function builtInCues(): Cues {
  return (decoded ??= decodeCues(ENCODED_CUES))
}
