import type { Cue } from './cue.ts'
import { isAnywhere } from './cue.ts'

/** Cues by the hash of their first word, with a filter in front: most words begin no cue. */
export interface CueIndex {
  /** A bit for each hash that is known, by its lowest bits. */
  filter: Uint8Array
  /** The cues that begin with a hash, those of the most words first; undefined when there is none. */
  find(hash: number): readonly Cue[] | undefined
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

/** Cues that one index holds, by the hash of their first word. */
export type CueGroups = Record<keyof Cues, ReadonlyMap<number, readonly Cue[]>>

const FILTER_BITS = 16
const FILTER_MASK = (1 << FILTER_BITS) - 1

/** Whether the index may have a cue that begins with this hash. */
export function mayBegin({ filter }: CueIndex, hash: number): boolean {
  const bit = hash & FILTER_MASK
  return ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
}

export function indexCues(cues: readonly Cue[]): Cues {
  const { words, stems, anywhere } = groupCues(cues)
  return { words: index(words), stems: index(stems), anywhere: index(anywhere) }
}

/** Divides cues as the three indexes hold them. */
export function groupCues(cues: readonly Cue[]): CueGroups {
  const spaced = cues.filter((cue) => !isAnywhere(cue.name))
  return {
    words: byFirstWord(spaced.filter(({ words }) => words[0]?.isStem === false)),
    stems: byFirstWord(spaced.filter(({ words }) => words[0]?.isStem === true)),
    anywhere: byFirstWord(cues.filter((cue) => isAnywhere(cue.name))),
  }
}

/** The filter of an index that knows these hashes. */
export function filterOf(hashes: Iterable<number>): Uint8Array {
  const filter = new Uint8Array((FILTER_MASK + 1) >> 3)
  for (const hash of hashes) {
    const bit = hash & FILTER_MASK
    filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7))
  }
  return filter
}

/** Units of the shortest and the longest first word. */
export function lengthsOf(byHash: ReadonlyMap<number, readonly Cue[]>): { shortest: number; longest: number } {
  const lengths = [...byHash.values()].flatMap((list) => list.map(({ words }) => words[0]?.length ?? 0))
  return {
    shortest: lengths.reduce((least, length) => Math.min(least, length), Infinity),
    longest: lengths.reduce((most, length) => Math.max(most, length), 0),
  }
}

function index(byHash: ReadonlyMap<number, readonly Cue[]>): CueIndex {
  return { filter: filterOf(byHash.keys()), find: (hash) => byHash.get(hash), ...lengthsOf(byHash) }
}

function byFirstWord(cues: readonly Cue[]): Map<number, Cue[]> {
  const byHash = new Map<number, Cue[]>()
  for (const cue of cues) {
    const [first] = cue.words
    if (first === undefined) continue
    const list = byHash.get(first.hash)
    if (list === undefined) byHash.set(first.hash, [cue])
    else if (!list.some((other) => isSame(other, cue))) list.push(cue)
  }
  // at one place the longest phrase wins
  for (const list of byHash.values()) list.sort((a, b) => b.words.length - a.words.length)
  return byHash
}

/** Spellings of several languages that are one but for accents. */
function isSame(a: Cue, b: Cue): boolean {
  if (a.label !== b.label || a.words.length !== b.words.length) return false
  return a.words.every(({ hash, isStem }, i) => hash === b.words[i]?.hash && isStem === b.words[i].isStem)
}
