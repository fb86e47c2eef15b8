import { kindOf, UNSPACED } from './chars.ts'
import type { CueRow } from './cues.ts'
import { CUES } from './cues.ts'
import { ASIAN_CUES } from './cues-asian.ts'
import { EUROPEAN_CUES } from './cues-european.ts'
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
  /** The phrase: it names the cue in evidence. */
  name: string
  weight: number
  words: CueWord[]
}

/** Cues by the hash of their first word or stem, with a filter in front of the map: most words begin no cue. */
export interface CueIndex {
  /** A bit for each hash that is in the map, by its lowest bits. */
  filter: Uint8Array
  byHash: ReadonlyMap<number, readonly Cue[]>
  /** Units of the longest first word. */
  longest: number
}

export interface Cues {
  /** Cues on whole words. */
  words: CueIndex
  /** Cues found anywhere: those that begin in a script without blanks. Each is one word to look for, blanks and all. */
  anywhere: CueIndex
}

const FILTER_BITS = 15
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
  return {
    words: index(cues.filter((cue) => !isAnywhere(cue.name))),
    anywhere: index(cues.filter((cue) => isAnywhere(cue.name))),
  }
}

/** The cue of a phrase. One that begins in a script without blanks is looked for as it stands. */
export function cueOf(label: string, weight: number, phrase: string): Cue {
  const name = phrase.trim().replace(/\s+/g, ' ')
  return { label, name, weight, words: isAnywhere(name) ? [wholePhrase(name)] : wordsOf(name) }
}

function cuesOf({ label, weight, phrases }: CueRow): Cue[] {
  return [...new Set(phrases.split(','))].map((phrase) => cueOf(label, weight, phrase))
}

function isAnywhere(name: string): boolean {
  return kindOf(name.charCodeAt(0)) === UNSPACED
}

function wholePhrase(name: string): CueWord {
  const units = foldedUnits(name)
  return { hash: units.reduce(hashUnit, EMPTY_HASH), length: units.length, isStem: true }
}

function wordsOf(name: string): CueWord[] {
  const { count, starts, ends, hashes } = tokenize(name)
  return Array.from({ length: count }, (_, i) => {
    const end = ends[i] ?? 0
    return { hash: hashes[i] ?? 0, length: end - (starts[i] ?? 0), isStem: name[end] === '*' }
  })
}

function index(cues: readonly Cue[]): CueIndex {
  const filter = new Uint8Array((FILTER_MASK + 1) >> 3)
  const byHash = new Map<number, Cue[]>()
  let longest = 0
  for (const cue of cues) {
    const [first] = cue.words
    if (first === undefined) continue
    byHash.set(first.hash, [...(byHash.get(first.hash) ?? []), cue])
    const bit = first.hash & FILTER_MASK
    filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7))
    longest = Math.max(longest, first.length)
  }
  // at one place the longest phrase wins
  for (const list of byHash.values()) list.sort((a, b) => b.words.length - a.words.length)
  return { filter, byHash, longest }
}
