/** A word of a text: lower case, with its place, characters [start, end). */
export interface Word {
  text: string
  start: number
  end: number
}

// Letters, marks and digits of any script; inner apostrophes; the endings of `c++` and `c#`.
const WORD = /[\p{L}\p{M}\p{N}_]+(?:['’]\p{L}+)*(?:\+\+|#)?/gu

/** Splits a text into words. Scripts without spaces give long ones: see `hasCjk`. */
export function tokenize(text: string, offset = 0): Word[] {
  const words: Word[] = []
  for (const match of text.matchAll(WORD)) {
    const start = match.index + offset
    const word = match[0].toLowerCase().replace('’', "'")
    words.push({ text: word, start, end: start + match[0].length })
  }
  return words
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

/** Whether the text has Chinese, Japanese or Korean in it, where words have no boundaries to look for. */
export function hasCjk(text: string): boolean {
  return CJK.test(text)
}
