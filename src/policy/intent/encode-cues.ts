import type { Cue } from './cue.ts'
import type { CueGroups, Cues } from './cue-index.ts'
import { groupCues, lengthsOf } from './cue-index.ts'
import { TEXT_LABELS } from './labels.ts'

/** An index as a file holds it: nothing in it has to be worked out before the first look-up. */
export interface EncodedIndex {
  shortest: number
  longest: number
  /** Hashes of first words in ascending order: 32-bit little-endian numbers in base64. */
  hashes: string
  /**
   * The cues of each hash in the same order, those of one hash separated by tabs, hashes by line feeds. A cue is the
   * digit of its label's place in `TEXT_LABELS`, the digit of its weight, and the phrase.
   */
  cues: string
}

export type EncodedCues = Record<keyof Cues, EncodedIndex>

/** The index of cues of the built-in labels, to be read back by `decodeCues`. */
export function encodeCues(cues: readonly Cue[]): EncodedCues {
  const { words, stems, anywhere } = groupCues(cues)
  return { words: encode(words), stems: encode(stems), anywhere: encode(anywhere) }
}

function encode(byHash: CueGroups[keyof Cues]): EncodedIndex {
  const sorted = [...byHash].sort(([a], [b]) => a - b)
  const hashes = Buffer.alloc(sorted.length * 4)
  for (const [at, [hash]] of sorted.entries()) hashes.writeInt32LE(hash, at * 4)
  return {
    ...lengthsOf(byHash),
    hashes: hashes.toString('base64'),
    cues: sorted.map(([, list]) => list.map(encodeCue).join('\t')).join('\n'),
  }
}

function encodeCue({ label, column, weight, name }: Cue): string {
  if (column < 0 || TEXT_LABELS.length > 10 || !Number.isInteger(weight) || weight < 0 || weight > 9)
    throw new RangeError(`cue ${name} of ${label} with weight ${weight} cannot be encoded`)
  return `${column}${weight}${name}`
}
