import { kindOf, UNSPACED } from './chars.ts'
import { columnOf } from './labels.ts'
import { EMPTY_HASH, foldedUnits, hashUnit, tokenize } from './tokenize.ts'

/** One word of a cue, or its beginning. */
export interface CueWord {
  hash: number
  /** Units hashed; the word goes on behind them when `isStem`. */
  length: number
  isStem: boolean
}

export interface Cue {
  label: string
  /** Place of the label in `TEXT_LABELS`; -1 for one that only a profile knows. */
  column: number
  /** The phrase: it names the cue in evidence. */
  name: string
  weight: number
  words: CueWord[]
}

const ASTERISK = 0x2a

/** The cue of a phrase. One that begins in a script without blanks is looked for as it stands. */
export function cueOf(label: string, weight: number, phrase: string): Cue {
  const name = phrase.trim().replace(/\s+/g, ' ')
  return { label, column: columnOf(label), name, weight, words: isAnywhere(name) ? [wholePhrase(name)] : wordsOf(name) }
}

/** Whether a phrase begins in a script without blanks, so that it may stand in the middle of a word. */
export function isAnywhere(name: string): boolean {
  return kindOf(name.charCodeAt(0)) === UNSPACED
}

function wholePhrase(name: string): CueWord {
  const units = foldedUnits(name)
  return { hash: units.reduce(hashUnit, EMPTY_HASH), length: units.length, isStem: true }
}

function wordsOf(name: string): CueWord[] {
  const { count, starts, ends, hashes, units } = tokenize(name)
  return Array.from({ length: count }, (_, i) => {
    const end = ends[i] ?? 0
    return { hash: hashes[i] ?? 0, length: end - (starts[i] ?? 0), isStem: units[end] === ASTERISK }
  })
}
