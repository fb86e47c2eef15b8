import { UNSPACED } from './chars.ts'
import type { Cue } from './cue.ts'
import type { Cues } from './cue-index.ts'
import { mayBegin } from './cue-index.ts'
import { EMPTY_HASH, hashUnit, type Words } from './tokenize.ts'

/** A cue that stands in a text, characters [start, end). */
export interface CueHit {
  cue: Cue
  start: number
  end: number
}

const NONE: readonly Cue[] = []

/** Cues in a text, in order of place. At each place the longest phrase counts, and takes its words with it. */
export function matchCues(words: Words, cues: Cues): CueHit[] {
  const hits: CueHit[] = []
  let at = 0
  while (at < words.count)
    at = words.kinds[at] === UNSPACED ? searchRun(words, at, cues, hits) : matchAt(words, at, cues, hits)
  return hits
}

/** Cues that begin with this word; gives the first word behind them. */
function matchAt(words: Words, at: number, { words: whole, stems }: Cues, hits: CueHit[]): number {
  const { units, starts, ends, hashes } = words
  const start = starts[at] ?? 0
  const end = ends[at] ?? 0
  let best: readonly Cue[] = NONE
  const own = hashes[at] ?? 0
  if (mayBegin(whole, own)) best = longer(best, whole.find(own) ?? NONE, words, at)
  if (end - start >= stems.shortest) {
    let hash = EMPTY_HASH
    const last = Math.min(end, start + stems.longest)
    for (let i = start; i < last; i++) {
      hash = hashUnit(hash, units[i] ?? 0)
      if (mayBegin(stems, hash)) best = longer(best, stems.find(hash) ?? NONE, words, at)
    }
  }
  const length = best[0]?.words.length ?? 1
  for (const cue of best) hits.push({ cue, start, end: ends[at + length - 1] ?? end })
  return at + length
}

/** The cues of a list that stand here, when their phrase is not shorter than the best so far. */
function longer(best: readonly Cue[], list: readonly Cue[], words: Words, at: number): readonly Cue[] {
  let found = best
  for (const cue of list) {
    const length = cue.words.length
    if (length < (found[0]?.words.length ?? 0)) break
    if (!goesOn(cue, words, at)) continue
    found = length > (found[0]?.words.length ?? 0) ? [cue] : [...found, cue]
  }
  return found
}

/** Whether the words behind the first one stand there too. */
function goesOn({ words: own }: Cue, words: Words, at: number): boolean {
  for (let i = 1; i < own.length; i++) {
    const word = own[i]
    if (word === undefined || at + i >= words.count) return false
    const start = words.starts[at + i] ?? 0
    const end = words.ends[at + i] ?? 0
    if (!word.isStem) {
      if (words.hashes[at + i] !== word.hash) return false
    } else if (end - start < word.length || hashRange(words.units, start, start + word.length) !== word.hash)
      return false
  }
  return true
}

/** Cues anywhere in a run of letters without blanks; they may reach beyond it. Gives the next word. */
function searchRun(words: Words, at: number, { anywhere: index }: Cues, hits: CueHit[]): number {
  const { units } = words
  const end = words.ends[at] ?? 0
  let place = words.starts[at] ?? 0
  while (place < end) {
    let hash = EMPTY_HASH
    let best: readonly Cue[] = []
    let bestEnd = place + 1
    const last = Math.min(units.length, place + index.longest)
    for (let i = place; i < last; i++) {
      hash = hashUnit(hash, units[i] ?? 0)
      if (!mayBegin(index, hash)) continue
      const list = index.find(hash)
      if (list === undefined) continue
      best = list
      bestEnd = i + 1
    }
    for (const cue of best) hits.push({ cue, start: place, end: bestEnd })
    place = bestEnd
  }
  return at + 1
}

function hashRange(units: Uint16Array, start: number, end: number): number {
  let hash = EMPTY_HASH
  for (let i = start; i < end; i++) hash = hashUnit(hash, units[i] ?? 0)
  return hash
}
