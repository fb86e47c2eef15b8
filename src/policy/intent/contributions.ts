// What spoke for the label that won, and what for the one behind it.
import type { Evidence } from '../types.ts'
import type { Excerpt } from './excerpt.ts'
import { placeInTurn } from './excerpt.ts'
import { DENSE, DENSE_NAMES, type Features } from './features.ts'
import { TEXT_LABELS } from './labels.ts'
import type { IntentModel } from './model.ts'
import { ngramShare } from './predict.ts'
import { countNumbers } from './shapes.ts'
import { Strongest } from './strongest.ts'

/** Pieces of evidence given; the rest weighs less. */
const MOST = 12
/** Contributions below this say nothing. */
const LEAST = 0.02
/** Names of n-grams: which words they are, the place says. Evidence may be logged, and a log holds no prompts. */
const ONE_WORD = 'word'
const SEVERAL_WORDS = 'words'

const COLUMNS = TEXT_LABELS.length

/** The two labels that are held against each other, as columns. */
export type Pair = readonly [first: number, second: number]

/**
 * Divides the lead of one label over another among the n-grams, cues, shapes and numbers, strongest first. Each is
 * evidence for the label it speaks for, with a weight above 0. Before the weak ones are left out, weights for the
 * first label less those for the second are exactly the difference of their scores.
 */
export function explainLead(features: Features, model: IntentModel, excerpt: Excerpt, pair: Pair): Evidence[] {
  const strongest = new Strongest(MOST, LEAST)
  addNgrams(strongest, features, model, pair)
  addCues(strongest, features, model, pair)
  addNumbers(strongest, features, model, excerpt, pair)
  const [first, second] = pair
  return strongest.list.map(({ cue, lead, start, end }) => ({
    label: TEXT_LABELS[lead > 0 ? first : second] ?? 'general',
    cue: cue === '' ? (/\s/.test(excerpt.text.slice(start, end)) ? SEVERAL_WORDS : ONE_WORD) : cue,
    weight: Math.abs(lead),
    start: placeInTurn(excerpt, start),
    end: placeInTurn(excerpt, end),
  }))
}

/** N-grams that follow each other at the same place count together. They are named at the end. */
function addNgrams(strongest: Strongest, { ngrams }: Features, model: IntentModel, [first, second]: Pair): void {
  const { buckets, starts, ends, count } = ngrams
  const share = ngramShare(count, model)
  let start = -1
  let end = -1
  let sum = 0
  for (let i = 0; i < count; i++) {
    const row = (buckets[i] ?? 0) * COLUMNS
    const lead = (model.hashed[row + first] ?? 0) - (model.hashed[row + second] ?? 0)
    if (starts[i] !== start || ends[i] !== end) {
      if (sum !== 0) strongest.offer('', sum * share, start, end)
      start = starts[i] ?? 0
      end = ends[i] ?? 0
      sum = 0
    }
    sum += lead
  }
  if (sum !== 0) strongest.offer('', sum * share, start, end)
}

/** Each cue has its share of what the sum of its kind contributes. */
function addCues(strongest: Strongest, { cues, dense }: Features, model: IntentModel, pair: Pair): void {
  const sums = new Float64Array(dense.length)
  for (const cue of cues) sums[DENSE.cue(cue)] = (sums[DENSE.cue(cue)] ?? 0) + cue.weight
  for (const hit of cues) {
    const at = DENSE.cue(hit)
    const part = hit.weight / (sums[at] ?? 1)
    strongest.offer(hit.cue.name, part * leadOf(dense, model, at, pair), hit.start, hit.end)
  }
}

function addNumbers(
  strongest: Strongest,
  { dense, shapes, words }: Features,
  model: IntentModel,
  { text }: Excerpt,
  pair: Pair,
): void {
  for (let at = 0; at < dense.length; at++) {
    if (dense[at] === 0 || DENSE.isCue(at)) continue
    const lead = leadOf(dense, model, at, pair)
    const name = DENSE_NAMES[at] ?? ''
    if (at === DENSE.prior || at >= DENSE.payload) strongest.offer(name, lead, 0, 0)
    else if (at === DENSE.numbers || at === DENSE.numbers + 1) {
      const { start, end } = countNumbers(words)
      strongest.offer(name, lead, start, end)
    } else {
      const place = shapes.find(({ shape }) => DENSE.shapes + shape === at)
      strongest.offer(name, lead, place?.start ?? 0, place?.end ?? text.length)
    }
  }
}

function leadOf(dense: Float64Array, model: IntentModel, at: number, [first, second]: Pair): number {
  return (dense[at] ?? 0) * ((model.dense[at * COLUMNS + first] ?? 0) - (model.dense[at * COLUMNS + second] ?? 0))
}
