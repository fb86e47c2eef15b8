import type { Evidence, Intent } from '../types.ts'
import { INTENT_LABELS } from './labels.ts'
import { matchSubstringCues, matchWordCues } from './match-cues.ts'
import { matchShapes } from './shapes.ts'
import { tokenize, type Word } from './tokenize.ts'

/** Of a long turn only the opening and the end are read, in characters: that is where people say what they want. */
const OPENING = 600
const ENDING = 400
/** Cues between the first and the last stretch of this length are most likely payload, and count less. */
const INSTRUCTION = 240
const PAYLOAD_SHARE = 0.3
/** A cue that begins this close to the start says what to do, the later ones what with: it counts double. */
const LEAD = 24
const LEAD_SHARE = 2
/** Up to this many words, a greeting or a question is taken for a simple one. */
const SHORT = 12
/** Weight of not knowing: keeps the confidence of a lone hint low. */
const PRIOR = 1
/** A turn this long, in characters, brings its own material; what to do with it is most often reading. */
const MATERIAL = 900
const MATERIAL_WEIGHT = 1

export interface TextContext {
  /** Functions are offered: only then can a request be for them. */
  offersTools: boolean
}

/** Classifies a text by its cues. Without any the label is `general`, with confidence 0. */
export function classifyText(text: string, context: TextContext): Intent {
  const pieces = readable(text)
  const words = pieces.map(({ text: piece, offset }) => tokenize(piece, offset))
  const short = text.length <= OPENING && wordCount(words[0] ?? [], text) <= SHORT
  const found = pieces.flatMap(({ text: piece, offset }, i) => [
    ...matchWordCues(words[i] ?? []),
    ...matchSubstringCues(piece, offset),
    ...matchShapes(piece, offset),
  ])
  const evidence = strongest(
    [...found, ...problem(text, words[0] ?? []), ...material(text)].filter(
      ({ label }) => (label !== 'tools' || context.offersTools) && (label !== 'simple' || short),
    ),
    text.length,
  )
  return verdict(evidence)
}

/** Words of a text; two characters of a script without spaces count as one word. */
export function wordCount(words: readonly Word[], text: string): number {
  const unspaced = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0
  return unspaced > 0 ? Math.ceil(unspaced / 2) : words.length
}

function readable(text: string): { text: string; offset: number }[] {
  if (text.length <= OPENING + ENDING) return [{ text, offset: 0 }]
  const offset = text.length - ENDING
  return [
    { text: text.slice(0, OPENING), offset: 0 },
    { text: text.slice(offset), offset },
  ]
}

/** A word problem: three numbers or more, and a question. */
function problem(text: string, words: readonly Word[]): Evidence[] {
  if (!/\?\s*$/.test(text.slice(-ENDING))) return []
  const numbers = words.filter((word) => /^\d/.test(word.text))
  const [first] = numbers
  const last = numbers[numbers.length - 1]
  if (first === undefined || last === undefined || numbers.length < 3) return []
  return [{ label: 'reasoning', cue: 'numbers and a question', weight: 3, start: first.start, end: last.end }]
}

function material(text: string): Evidence[] {
  if (text.length < MATERIAL) return []
  const end = text.length
  return [{ label: 'summarize_extract', cue: 'long text', weight: MATERIAL_WEIGHT, start: 0, end }]
}

/** Each cue once, where it counts most. */
function strongest(found: readonly Evidence[], length: number): Evidence[] {
  const best = new Map<string, Evidence>()
  for (const item of found) {
    const weighed = { ...item, weight: item.weight * shareOf(item, length) }
    const key = `${item.label} ${item.cue}`
    const known = best.get(key)
    if (known === undefined || known.weight < weighed.weight) best.set(key, weighed)
  }
  return [...best.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}

function shareOf({ start, end }: Evidence, length: number): number {
  if (start < LEAD) return LEAD_SHARE
  return start > INSTRUCTION && end < length - INSTRUCTION ? PAYLOAD_SHARE : 1
}

/** Most weight wins; confidence is its share of the two best and a prior: top / (top + second + prior). */
function verdict(evidence: Evidence[]): Intent {
  const sums = new Map<string, number>()
  for (const { label, weight } of evidence) sums.set(label, (sums.get(label) ?? 0) + weight)
  let top = { label: 'general', sum: 0 }
  let second = 0
  for (const label of INTENT_LABELS) {
    const sum = sums.get(label) ?? 0
    if (sum > top.sum) {
      second = top.sum
      top = { label, sum }
    } else if (sum > second) second = sum
  }
  if (top.sum === 0) return { label: 'general', confidence: 0, evidence: [] }
  return { label: top.label, confidence: top.sum / (top.sum + second + PRIOR), evidence }
}
