// What a UTF-16 unit is to the tokenizer, and how it is compared. Tables of 256 units, made when a text needs them.

/** Neither letter nor digit: ends a word. */
export const BREAK = 0
/** Letter or mark of a script that puts blanks between words. */
export const LETTER = 1
export const DIGIT = 2
/** Letter of a script without blanks, or with long compounds of particles: Chinese, Japanese, Korean, Thai. */
export const UNSPACED = 3

interface Page {
  kinds: Uint8Array
  folded: Uint16Array
}

const PAGES: (Page | undefined)[] = []

const IS_UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}ー]/u
const IS_HALF = /[\ud800-\udfff]/
const IS_DIGIT = /\p{N}/u
const IS_LETTER = /[\p{L}\p{M}_]/u
/** Where an accent is left out by many who type: Latin, Cyrillic, Arabic. Elsewhere a mark is a letter of its own. */
const LOSES_MARKS = /[\u00c0-\u024f\u0400-\u045f\u0622-\u0626\u1e00-\u1eff]/

/** Kind of a UTF-16 unit. Halves of a pair count as letters without blanks: they are rare ideographs, or emoji. */
export function kindOf(unit: number): number {
  return (PAGES[unit >> 8] ?? createPage(unit >> 8)).kinds[unit & 255] ?? BREAK
}

/** The unit in lower case, without accent where people leave them out. Always one unit, so that places stay. */
export function foldUnit(unit: number): number {
  return (PAGES[unit >> 8] ?? createPage(unit >> 8)).folded[unit & 255] ?? unit
}

function createPage(index: number): Page {
  const page = { kinds: new Uint8Array(256), folded: new Uint16Array(256) }
  for (let low = 0; low < 256; low++) {
    const unit = (index << 8) | low
    const text = String.fromCharCode(unit)
    page.kinds[low] = classify(text)
    page.folded[low] = fold(text).charCodeAt(0)
  }
  PAGES[index] = page
  return page
}

function classify(text: string): number {
  if (IS_UNSPACED.test(text) || IS_HALF.test(text)) return UNSPACED
  if (IS_LETTER.test(text)) return LETTER
  return IS_DIGIT.test(text) ? DIGIT : BREAK
}

function fold(text: string): string {
  if (text === '’') return "'"
  const lower = text.toLowerCase()
  const bare = LOSES_MARKS.test(lower) ? lower.normalize('NFD').slice(0, 1) : lower
  return bare.length === 1 ? bare : text
}
