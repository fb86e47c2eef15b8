// A turn as the model sees it: hashed n-grams, and a few named numbers.
import { DIGIT, UNSPACED } from './chars.ts'
import { builtInCues } from './built-in-cues.ts'
import type { Excerpt } from './excerpt.ts'
import { columnOf, TEXT_LABELS } from './labels.ts'
import { matchCues } from './match-cues.ts'
import { hashNgrams, type Ngrams } from './ngrams.ts'
import { countNumbers, matchShapes, type ShapeHit, SHAPES } from './shapes.ts'
import { tokenize, type Words } from './tokenize.ts'
import { weighCues, type WeighedCue } from './weigh-cues.ts'

/** What the payload says, next to the text. */
export interface TextContext {
  /** Functions are offered: only then can a request be for them. */
  offersTools: boolean
  /** The system prompt is that of a coding agent, whose tools are for its own work. */
  isCodingAgent: boolean
}

export interface Features {
  words: Words
  ngrams: Ngrams
  cues: WeighedCue[]
  shapes: ShapeHit[]
  /** One number for each of `DENSE_NAMES`, mostly between 0 and 1. */
  dense: Float64Array
  /** 1 for each of `TEXT_LABELS` that the request can have, 0 for the others. */
  possible: Uint8Array
}

const LENGTHS = ['15-30 words', '31-80 words', 'over 80 words']

/** Names of the numbers, in order. They are part of the model's format: a change needs a new model. */
export const DENSE_NAMES: readonly string[] = [
  'prior',
  ...TEXT_LABELS.map((label) => `opening cues: ${label}`),
  ...TEXT_LABELS.map((label) => `cues: ${label}`),
  ...SHAPES.map(({ name }) => name),
  ...LENGTHS,
  'no cues',
  'numbers',
  'numbers and a question',
  'question',
  'lines',
  'several scripts',
  'text after a colon',
  'long text',
  'functions offered',
  'coding agent',
]

const TOOLS = columnOf('tools')
const SIMPLE = columnOf('simple')

const OPENING_CUES = 1
const CUES_AT = OPENING_CUES + TEXT_LABELS.length
const SHAPES_AT = CUES_AT + TEXT_LABELS.length
const LENGTHS_AT = SHAPES_AT + SHAPES.length
const REST_AT = LENGTHS_AT + LENGTHS.length

/** Places of the numbers, for those who explain them. */
export const DENSE: {
  prior: number
  openingCues: number
  cues: number
  shapes: number
  numbers: number
  /** From here on they are not about the text. */
  payload: number
  isCue: (at: number) => boolean
  /** The number that a cue adds to. */
  cue: (cue: WeighedCue) => number
} = {
  prior: 0,
  openingCues: OPENING_CUES,
  cues: CUES_AT,
  shapes: SHAPES_AT,
  numbers: REST_AT + 1,
  payload: REST_AT + 8,
  isCue: (at) => at >= OPENING_CUES && at < SHAPES_AT,
  cue: ({ cue, isOpening }) => (isOpening ? OPENING_CUES : CUES_AT) + cue.column,
}

/** Words from which on the length of a turn counts: that one is short says nothing of what it asks. */
const SHORT = 15
/** Weights of cues add up to this at most. */
const MOST_CUES = 8
/** A turn this long, in characters, brings its own material. */
const MATERIAL = 900

export function extractFeatures(excerpt: Excerpt, bits: number, context: TextContext): Features {
  const { text } = excerpt
  const words = tokenize(text)
  const cues = weighCues(matchCues(words, builtInCues()), text)
  const shapes = matchShapes(text)
  const dense = new Float64Array(DENSE_NAMES.length)
  dense[0] = 1
  addCues(dense, cues)
  for (const { shape } of shapes) dense[SHAPES_AT + shape] = 1
  const size = wordCount(words)
  if (size >= SHORT) dense[LENGTHS_AT + lengthClass(size)] = 1
  const numbers = countNumbers(words).count
  const isQuestion = /[?？؟][\s"'”)]*$/.test(text.slice(-12))
  const rest = [
    cues.length === 0 ? 1 : 0,
    Math.min(numbers, 6) / 6,
    numbers >= 3 && isQuestion ? 1 : 0,
    isQuestion ? 1 : 0,
    Math.min(countLines(text), 10) / 10,
    hasSeveralScripts(words) ? 1 : 0,
    /^[^\n:]{4,120}[:：]\s*\S/.test(text) ? 1 : 0,
    excerpt.length >= MATERIAL ? 1 : 0,
    context.offersTools && !context.isCodingAgent ? 1 : 0,
    context.isCodingAgent ? 1 : 0,
  ]
  dense.set(rest, REST_AT)
  return {
    words,
    ngrams: hashNgrams(words, bits, excerpt),
    cues,
    shapes,
    dense,
    possible: possibleLabels(cues, context),
  }
}

/**
 * `tools` needs offered functions; those of a coding agent are for its own work. `simple` needs a word that says so, a
 * greeting or a question word: that a turn is short says nothing.
 */
function possibleLabels(cues: readonly WeighedCue[], { offersTools, isCodingAgent }: TextContext): Uint8Array {
  const possible = new Uint8Array(TEXT_LABELS.length).fill(1)
  if (!offersTools || isCodingAgent) possible[TOOLS] = 0
  if (!cues.some(({ cue }) => cue.column === SIMPLE)) possible[SIMPLE] = 0
  return possible
}

function addCues(dense: Float64Array, cues: readonly WeighedCue[]): void {
  for (const hit of cues) {
    const at = DENSE.cue(hit)
    dense[at] = Math.min(MOST_CUES, (dense[at] ?? 0) + hit.weight)
  }
  for (let at = OPENING_CUES; at < SHAPES_AT; at++) dense[at] = (dense[at] ?? 0) / 4
}

/** Words of a text; two letters of a script without blanks count as one word. */
export function wordCount(words: Words): number {
  let count = 0
  for (let i = 0; i < words.count; i++) {
    const isRun = words.kinds[i] === UNSPACED
    count += isRun ? Math.ceil(((words.ends[i] ?? 0) - (words.starts[i] ?? 0)) / 2) : 1
  }
  return count
}

function lengthClass(size: number): number {
  const limits = [30, 80]
  const at = limits.findIndex((limit) => size <= limit)
  return at === -1 ? limits.length : at
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

/** Letters of the first 128 units and of others, three words of each at least. */
function hasSeveralScripts(words: Words): boolean {
  let ascii = 0
  let other = 0
  for (let i = 0; i < words.count; i++) {
    if (words.kinds[i] === DIGIT) continue
    const unit = words.units[words.starts[i] ?? 0] ?? 0
    if (unit < 128) ascii++
    else if (unit >= 0x370) other += words.kinds[i] === UNSPACED ? 3 : 1
  }
  return ascii >= 2 && other >= 3
}
