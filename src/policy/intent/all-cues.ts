import type { Cue } from './cue.ts'
import { cueOf } from './cue.ts'
import { CUES } from './cues.ts'
import { ASIAN_CUES } from './cues-asian.ts'
import { EUROPEAN_CUES } from './cues-european.ts'

/** Every built-in cue, in the order of its lists. The program itself reads the index that is made of them. */
export function allCues(): Cue[] {
  return [...CUES, ...EUROPEAN_CUES, ...ASIAN_CUES].flatMap(({ label, weight, phrases }) =>
    phrases.split(',').map((phrase) => cueOf(label, weight, phrase)),
  )
}
