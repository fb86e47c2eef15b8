import { DIGIT, UNSPACED } from './chars.ts'
import type { Excerpt } from './excerpt.ts'
import { EMPTY_HASH, hashUnit, type Words } from './tokenize.ts'

/** Hashed n-grams of a text, each bucket once, in order of place. */
export interface Ngrams {
  count: number
  buckets: number[]
  /** Where the n-gram stands for the first time, [start, end). */
  starts: number[]
  ends: number[]
}

/** Sorts of n-grams: the same words hash apart in each. */
const WORD = 0x1000193
const PAIR = 0x5bd1e995
const OPENING = 0x27d4eb2f
const BEGINNING = 0x165667b1
const ENDING = 0x1b873593
const UNITS = 0x3c6ef372

/** Words between the first and the last stretch of this length, in characters, are payload: they give no n-grams. */
const INSTRUCTION = 240
/** Words at the start that count as an opening of their own. */
const OPENING_WORDS = 3
/** Longer words are also known by their beginning and their end: inflection, compounds. */
const LONG_WORD = 6
const BEGINNING_LENGTH = 5
const ENDING_LENGTH = 3

/** Letters of a script without blanks that are taken together at most. */
const MOST_UNITS = 3

export function hashNgrams(words: Words, bits: number, { cut, text }: Excerpt): Ngrams {
  const found: Collector = {
    ngrams: { count: 0, buckets: [], starts: [], ends: [] },
    seen: noneSeen(bits),
    shift: 32 - bits,
  }
  const ending = Math.max(text.length - INSTRUCTION, cut < text.length ? cut : 0)
  for (let i = 0; i < words.count; i++) {
    const start = words.starts[i] ?? 0
    if (start >= INSTRUCTION && (words.ends[i] ?? 0) < ending) continue
    if (words.kinds[i] === UNSPACED) addUnits(found, words, i)
    else addWord(found, words, i)
  }
  for (const bucket of found.ngrams.buckets) found.seen[bucket >> 3] = 0
  return found.ngrams
}

/** A bit for each bucket, none set. Used again: making one costs more than all the rest. A scratch pad, not a state. */
function noneSeen(bits: number): Uint8Array {
  const known = pads[bits]
  if (known !== undefined) return known
  const made = new Uint8Array(1 << Math.max(0, bits - 3))
  pads[bits] = made
  return made
}

const pads: Uint8Array[] = []

interface Collector {
  ngrams: Ngrams
  /** A bit for each bucket. */
  seen: Uint8Array
  shift: number
}

function addWord(found: Collector, words: Words, i: number): void {
  const { starts, ends, hashes, kinds, units } = words
  const start = starts[i] ?? 0
  const end = ends[i] ?? 0
  const hash = hashes[i] ?? 0
  add(found, hash, WORD, start, end)
  if (end - start >= LONG_WORD && kinds[i] !== DIGIT) {
    add(found, hashRange(units, start, start + BEGINNING_LENGTH), BEGINNING, start, end)
    add(found, hashRange(units, end - ENDING_LENGTH, end), ENDING, start, end)
  }
  if (i < OPENING_WORDS) {
    let opening = 0
    for (let at = 0; at <= i; at++) opening = join(opening, hashes[at] ?? 0)
    add(found, opening, OPENING, starts[0] ?? 0, end)
  }
  if (i + 1 < words.count && kinds[i + 1] !== UNSPACED) {
    add(found, join(hash, hashes[i + 1] ?? 0), PAIR, start, ends[i + 1] ?? end)
  }
}

/** One, two and three letters of a run without blanks. */
function addUnits(found: Collector, words: Words, i: number): void {
  const end = words.ends[i] ?? 0
  for (let start = words.starts[i] ?? 0; start < end; start++) {
    let hash = EMPTY_HASH
    for (let at = start; at < Math.min(end, start + MOST_UNITS); at++) {
      hash = hashUnit(hash, words.units[at] ?? 0)
      add(found, hash, UNITS, start, at + 1)
    }
  }
}

function join(hash: number, next: number): number {
  return Math.imul(hash ^ (next >>> 7), PAIR) ^ next
}

function hashRange(units: Uint16Array, start: number, end: number): number {
  let hash = EMPTY_HASH
  for (let at = start; at < end; at++) hash = hashUnit(hash, units[at] ?? 0)
  return hash
}

function add({ ngrams, seen, shift }: Collector, hash: number, sort: number, start: number, end: number): void {
  const bucket = mix(hash ^ sort) >>> shift
  const bit = 1 << (bucket & 7)
  const byte = seen[bucket >> 3] ?? 0
  if ((byte & bit) !== 0) return
  seen[bucket >> 3] = byte | bit
  ngrams.count++
  ngrams.buckets.push(bucket)
  ngrams.starts.push(start)
  ngrams.ends.push(end)
}

/** Spreads a hash over all bits: the finalizer of MurmurHash3. */
function mix(hash: number): number {
  const a = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const b = Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
  return b ^ (b >>> 16)
}
