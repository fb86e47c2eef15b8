import { BREAK, DIGIT, foldUnit, kindOf, UNSPACED } from './chars.ts'

/**
 * The words of a text in one pass: places in the text and hashes of the folded words, no strings. A run of letters of
 * a script without blanks is one long word. Numbers of the same length are alike.
 */
export interface Words {
  count: number
  /** Place of each word in the text, in UTF-16 units [start, end). */
  starts: number[]
  ends: number[]
  /** See `hashUnits`; a number's hash says how many digits it has, up to four. */
  hashes: number[]
  /** `LETTER`, `DIGIT` or `UNSPACED`, by the first unit. */
  kinds: number[]
  /** The folded units of the text. */
  units: Uint16Array
}

const SEED = 0x811c9dc5 | 0
const PRIME = 0x01000193
const APOSTROPHE = 0x27
const PLUS = 0x2b
const SHARP = 0x23
const ZERO = 0x30

/** Hash of nothing, to be continued with `hashUnit`. */
export const EMPTY_HASH: number = SEED

/** FNV-1a, a unit at a time: http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, PRIME)
}

/** The text in lower case and without accents, unit by unit. */
export function foldedUnits(text: string): Uint16Array {
  const units = new Uint16Array(text.length)
  for (let at = 0; at < text.length; at++) units[at] = foldUnit(text.charCodeAt(at))
  return units
}

/** Splits a text into words. Inner apostrophes belong to a word, and so do the endings of `c++` and `c#`. */
export function tokenize(text: string): Words {
  const { length } = text
  const units = foldedUnits(text)
  const words: Words = { count: 0, starts: [], ends: [], hashes: [], kinds: [], units }
  let at = 0
  while (at < length) {
    const kind = kindOf(units[at] ?? 0)
    if (kind === BREAK) at++
    else at = readWord(words, at, kind)
  }
  return words
}

/** Reads the word that begins at a place; gives the place behind it. */
function readWord(words: Words, start: number, kind: number): number {
  const { units } = words
  const { length } = units
  let at = start
  let hash = SEED
  let digits = 0
  for (; at < length; at++) {
    const unit = units[at] ?? 0
    const own = kindOf(unit)
    if (own === BREAK ? !isInner(units, at, start) : (own === UNSPACED) !== (kind === UNSPACED)) break
    if (own === DIGIT) digits++
    hash = hashUnit(hash, unit)
  }
  if (digits === at - start) {
    hash = SEED
    for (let i = 0; i < Math.min(digits, 4); i++) hash = hashUnit(hash, ZERO)
  } else if (kind !== UNSPACED) {
    for (; at < length && isSuffix(units, at); at++) hash = hashUnit(hash, units[at] ?? 0)
  }
  words.count++
  words.starts.push(start)
  words.ends.push(at)
  words.hashes.push(hash)
  words.kinds.push(kind)
  return at
}

/** An apostrophe between letters, but for the short articles of French and Italian: `l'`, `d'`, `qu'`. */
function isInner(units: Uint16Array, at: number, start: number): boolean {
  return units[at] === APOSTROPHE && at > start + 2 && at + 1 < units.length && kindOf(units[at + 1] ?? 0) !== BREAK
}

/** `+` and `#` right behind a word, `++` at most. */
function isSuffix(units: Uint16Array, at: number): boolean {
  const unit = units[at]
  if (unit === SHARP) return kindOf(units[at - 1] ?? 0) !== BREAK
  if (unit !== PLUS) return false
  return units[at + 1] === PLUS ? kindOf(units[at - 1] ?? 0) !== BREAK : units[at - 1] === PLUS
}
