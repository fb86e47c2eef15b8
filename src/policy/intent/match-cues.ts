import type { Evidence } from '../types.ts'
import { CUES_ANYWHERE, CUES_BY_WORD, type Cue } from './cue-index.ts'
import { hasCjk, type Word } from './tokenize.ts'

/** Cues among the words: at each place the longest phrase, which takes its words with it. */
export function matchWordCues(words: readonly Word[]): Evidence[] {
  const found: Evidence[] = []
  for (let i = 0; i < words.length;) {
    const first = words[i]
    const cues = first && CUES_BY_WORD.get(first.text)?.filter((cue) => standsAt(cue, words, i))
    const length = cues?.[0]?.words.length
    const last = length && words[i + length - 1]
    if (!first || !cues || !last) {
      i++
      continue
    }
    for (const { label, name, weight, words: own } of cues) {
      if (own.length === length) found.push({ label, cue: name, weight, start: first.start, end: last.end })
    }
    i += length
  }
  return found
}

/** Cues of the scripts without word boundaries. */
export function matchSubstringCues(text: string, offset: number): Evidence[] {
  if (!hasCjk(text)) return []
  return CUES_ANYWHERE.flatMap(({ label, name, weight }): Evidence[] => {
    const start = text.indexOf(name)
    return start === -1 ? [] : [{ label, cue: name, weight, start: offset + start, end: offset + start + name.length }]
  })
}

function standsAt(cue: Cue, words: readonly Word[], at: number): boolean {
  return cue.words.every((word, i) => words[at + i]?.text === word)
}
