import { kindOf, UNSPACED } from './chars.ts'
import type { CueRow } from './cues.ts'
import { CUES } from './cues.ts'
import { ASIAN_CUES } from './cues-asian.ts'
import { EUROPEAN_CUES } from './cues-european.ts'
import { columnOf } from './labels.ts'
import { EMPTY_HASH, foldedUnits, hashUnit, tokenize, type Words } from './tokenize.ts'

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

/** Cues by the hash of their first word, with a filter in front of the map: most words begin no cue. */
export interface CueIndex {
  /** A bit for each hash that is in the map, by its lowest bits. */
  filter: Uint8Array
  byHash: ReadonlyMap<number, readonly Cue[]>
  /** Units of the shortest and the longest first word. */
  shortest: number
  longest: number
}

export interface Cues {
  /** Cues whose first word is a whole one. */
  words: CueIndex
  /** Cues whose first word is the beginning of one. */
  stems: CueIndex
  /** Cues found anywhere: those that begin in a script without blanks. Each is one word to look for, blanks and all. */
  anywhere: CueIndex
}

const ASTERISK = 0x2a
const FILTER_BITS = 16
const FILTER_MASK = (1 << FILTER_BITS) - 1

let built: Cues | undefined

/** The built-in cues, indexed at their first use. */
export function builtInCues(): Cues {
  return (built ??= indexCues([...CUES, ...EUROPEAN_CUES, ...ASIAN_CUES].flatMap(cuesOf)))
}

/** Whether the index may have a cue that begins with this hash. */
export function mayBegin({ filter }: CueIndex, hash: number): boolean {
  const bit = hash & FILTER_MASK
  return ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
}

export function indexCues(cues: readonly Cue[]): Cues {
  const spaced = cues.filter((cue) => !isAnywhere(cue.name))
  return {
    words: index(spaced.filter(({ words }) => words[0]?.isStem === false)),
    stems: index(spaced.filter(({ words }) => words[0]?.isStem === true)),
    anywhere: index(cues.filter((cue) => isAnywhere(cue.name))),
  }
}

/** The cue of a phrase. One that begins in a script without blanks is looked for as it stands. */
export function cueOf(label: string, weight: number, phrase: string): Cue {
  const name = phrase.trim().replace(/\s+/g, ' ')
  return createCue(label, weight, name, tokenize(name), 0)
}

/** The cues of a row, whose phrases are read in one go. */
function cuesOf({ label, weight, phrases }: CueRow): Cue[] {
  const text = phrases.replace(/\s+/g, ' ').trim()
  const words = tokenize(text)
  const cues: Cue[] = []
  let start = 0
  for (const phrase of text.split(', ')) {
    cues.push(createCue(label, weight, phrase, words, start))
    start += phrase.length + 2
  }
  return cues
}

/** A cue whose phrase stands in a text from a place on. */
function createCue(label: string, weight: number, name: string, words: Words, start: number): Cue {
  const own = isAnywhere(name) ? [wholePhrase(name)] : wordsBetween(words, start, start + name.length)
  return { label, column: columnOf(label), name, weight, words: own }
}

function isAnywhere(name: string): boolean {
  return kindOf(name.charCodeAt(0)) === UNSPACED
}

function wholePhrase(name: string): CueWord {
  const units = foldedUnits(name)
  return { hash: units.reduce(hashUnit, EMPTY_HASH), length: units.length, isStem: true }
}

function wordsBetween({ count, starts, ends, hashes, units }: Words, start: number, end: number): CueWord[] {
  const found: CueWord[] = []
  for (let i = firstAt(starts, start); i < count && (starts[i] ?? 0) < end; i++) {
    const wordEnd = ends[i] ?? 0
    found.push({ hash: hashes[i] ?? 0, length: wordEnd - (starts[i] ?? 0), isStem: units[wordEnd] === ASTERISK })
  }
  return found
}

/** Index of the first word that begins at a place or behind it. */
function firstAt(starts: readonly number[], place: number): number {
  let low = 0
  let high = starts.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) < place) low = middle + 1
    else high = middle
  }
  return low
}

function index(cues: readonly Cue[]): CueIndex {
  const filter = new Uint8Array((FILTER_MASK + 1) >> 3)
  const byHash = new Map<number, Cue[]>()
  let shortest = Infinity
  let longest = 0
  for (const cue of cues) {
    const [first] = cue.words
    if (first === undefined) continue
    const list = byHash.get(first.hash)
    if (list === undefined) byHash.set(first.hash, [cue])
    else if (!list.some((other) => isSame(other, cue))) list.push(cue)
    const bit = first.hash & FILTER_MASK
    filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7))
    shortest = Math.min(shortest, first.length)
    longest = Math.max(longest, first.length)
  }
  // at one place the longest phrase wins
  for (const list of byHash.values()) list.sort((a, b) => b.words.length - a.words.length)
  return { filter, byHash, shortest, longest }
}

/** Spellings of several languages that are one but for accents. */
function isSame(a: Cue, b: Cue): boolean {
  if (a.label !== b.label || a.words.length !== b.words.length) return false
  return a.words.every(({ hash, isStem }, i) => hash === b.words[i]?.hash && isStem === b.words[i].isStem)
}
