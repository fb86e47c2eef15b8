import type { Evidence } from '../types.ts'
import { CUES_ANYWHERE, CUES_BY_WORD, type Cue } from './cue-index.ts'
import { hasCjk, type Word } from './tokenize.ts'

/** Cues among the words: at each place the longest phrase, which takes its words with it. */
export function matchWordCues(words: readonly Word[]): Evidence[] {
  const found: Evidence[] = []
  let at = 0
  while (at < words.length) {
    const cues = cuesAt(words, at)
    const length = cues?.[0]?.words.length ?? 1
    const start = words[at]?.start ?? 0
    const end = words[at + length - 1]?.end ?? start
    for (const { label, name, weight } of cues ?? []) found.push({ label, cue: name, weight, start, end })
    at += length
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

/** The cues on the longest phrase that stands at this word; several when it speaks for several labels. */
function cuesAt(words: readonly Word[], at: number): readonly Cue[] | undefined {
  const phrases = CUES_BY_WORD.get(words[at]?.text ?? '')
  return phrases?.find(([cue]) => cue !== undefined && standsAt(cue, words, at))
}

function standsAt({ words: own }: Cue, words: readonly Word[], at: number): boolean {
  for (let i = 1; i < own.length; i++) {
    if (words[at + i]?.text !== own[i]) return false
  }
  return true
}
