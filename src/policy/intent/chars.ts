// What a UTF-16 unit is to the tokenizer, and how it is compared.

/** Neither letter nor digit: ends a word. */
export const BREAK = 0
/** Letter or mark of a script that puts blanks between words. */
export const LETTER = 1
export const DIGIT = 2
/** Letter of a script without blanks, or with long compounds of particles: Chinese, Japanese, Korean, Thai. */
export const UNSPACED = 3

/** Ranges of such letters: Thai, Jamo, kana, ideographs, Hangul. Halves of pairs too: rare ideographs, or emoji. */
const UNSPACED_RANGES: readonly (readonly [number, number])[] = [
  [0x0e01, 0x0e4e],
  [0x1100, 0x11ff],
  [0x3005, 0x3007],
  [0x3041, 0x3096],
  [0x3099, 0x309f],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30ff],
  [0x3105, 0x318e],
  [0x31a0, 0x31bf],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xdfff],
  [0xf900, 0xfaff],
  [0xff66, 0xffdc],
]

/** Kind of every UTF-16 unit and its folded form, filled in 256 at a time when a text needs them. */
const UNKNOWN = 255
const KINDS = new Uint8Array(65_536).fill(UNKNOWN)
const FOLDED = new Uint16Array(65_536)

const IS_DIGIT = /\p{N}/u
const IS_LETTER = /[\p{L}\p{M}_]/u
/** Where an accent is left out by many who type: Latin, Cyrillic, Arabic. Elsewhere a mark is a letter of its own. */
const LOSES_MARKS = /[\u00c0-\u024f\u0400-\u045f\u0622-\u0626\u1e00-\u1eff]/

/** Kind of a UTF-16 unit. */
export function kindOf(unit: number): number {
  const kind = KINDS[unit] ?? BREAK
  return kind === UNKNOWN ? fillPage(unit) : kind
}

/** The unit in lower case, without accent where people leave them out. Always one unit, so that places stay. */
export function foldUnit(unit: number): number {
  if (KINDS[unit] === UNKNOWN) fillPage(unit)
  return FOLDED[unit] ?? unit
}

/** Fills the 256 units around one; gives its kind. */
function fillPage(unit: number): number {
  const first = unit & ~255
  const behind = first + 256
  for (const [low, high] of UNSPACED_RANGES) {
    if (low < behind && high >= first) KINDS.fill(UNSPACED, Math.max(low, first), Math.min(high + 1, behind))
  }
  for (let each = first; each < behind; each++) {
    FOLDED[each] = each
    if (KINDS[each] !== UNKNOWN) continue
    const text = String.fromCharCode(each)
    KINDS[each] = IS_LETTER.test(text) ? LETTER : IS_DIGIT.test(text) ? DIGIT : BREAK
    FOLDED[each] = fold(text).charCodeAt(0)
  }
  return KINDS[unit] ?? BREAK
}

function fold(text: string): string {
  if (text === '’') return "'"
  // In lower case it would be two units.
  if (text === 'İ') return 'i'
  const lower = text.toLowerCase()
  const bare = LOSES_MARKS.test(lower) ? lower.normalize('NFD').slice(0, 1) : lower
  return bare.length === 1 ? bare : text
}
