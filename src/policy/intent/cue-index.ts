import type { CueRow } from './cues.ts'
import { CUES } from './cues.ts'
import { SUBSTRING_CUES, WORD_CUES } from './cues-multilingual.ts'
import type { IntentLabel } from './labels.ts'
import { tokenize } from './tokenize.ts'

export interface Cue {
  label: IntentLabel
  /** The phrase: it names the cue in evidence. */
  name: string
  weight: number
  words: string[]
}

/** Cues on whole words by their first word: a list for each phrase, longest phrase first. */
export const CUES_BY_WORD: ReadonlyMap<string, readonly (readonly Cue[])[]> = indexByWord(
  [...CUES, ...WORD_CUES].flatMap(toCues),
)

/** Cues found anywhere in a text. */
export const CUES_ANYWHERE: readonly Cue[] = SUBSTRING_CUES.flatMap(toCues)

function toCues({ label, weight, phrases }: CueRow): Cue[] {
  return phrases.split(',').map((phrase) => {
    const words = tokenize(phrase).map(({ text }) => text)
    return { label, name: phrase.trim().replace(/\s+/g, ' '), weight, words }
  })
}

function indexByWord(cues: readonly Cue[]): Map<string, Cue[][]> {
  const phrases = new Map<string, Cue[]>()
  for (const cue of cues) {
    const phrase = cue.words.join(' ')
    phrases.set(phrase, [...(phrases.get(phrase) ?? []), cue])
  }
  const longestFirst = [...phrases.values()].sort((a, b) => (b[0]?.words.length ?? 0) - (a[0]?.words.length ?? 0))
  const index = new Map<string, Cue[][]>()
  for (const list of longestFirst) {
    const first = list[0]?.words[0]
    if (first !== undefined) index.set(first, [...(index.get(first) ?? []), list])
  }
  return index
}
