import type { Features } from './features.ts'
import { TEXT_LABELS } from './labels.ts'
import type { IntentModel } from './model.ts'

const COLUMNS = TEXT_LABELS.length

/** Scores of the labels, one for each of `TEXT_LABELS`. Sums of integers and of numbers in a fixed order. */
export function scoreLabels({ ngrams, dense }: Features, model: IntentModel): Float64Array {
  const sums = new Int32Array(COLUMNS)
  const { hashed } = model
  for (let i = 0; i < ngrams.count; i++) {
    const row = (ngrams.buckets[i] ?? 0) * COLUMNS
    for (let l = 0; l < COLUMNS; l++) sums[l] = (sums[l] ?? 0) + (hashed[row + l] ?? 0)
  }
  const share = ngramShare(ngrams.count, model)
  const scores = new Float64Array(COLUMNS)
  for (let l = 0; l < COLUMNS; l++) scores[l] = (sums[l] ?? 0) * share
  for (let d = 0; d < dense.length; d++) {
    const value = dense[d] ?? 0
    if (value === 0) continue
    for (let l = 0; l < COLUMNS; l++) scores[l] = (scores[l] ?? 0) + value * (model.dense[d * COLUMNS + l] ?? 0)
  }
  return scores
}

/** What a unit of a stored weight counts in a text of so many n-grams: long texts must not shout. */
export function ngramShare(count: number, { scale }: IntentModel): number {
  return scale / Math.sqrt(Math.max(1, count))
}

/** Probabilities of the labels. One that is not possible has none. */
export function toProbabilities(scores: Float64Array, temperature: number, possible: Uint8Array): Float64Array {
  const probabilities = new Float64Array(COLUMNS)
  let most = -Infinity
  for (let l = 0; l < COLUMNS; l++) if (possible[l] === 1) most = Math.max(most, scores[l] ?? 0)
  let sum = 0
  for (let l = 0; l < COLUMNS; l++) {
    if (possible[l] !== 1) continue
    const value = Math.exp(((scores[l] ?? 0) - most) / temperature)
    probabilities[l] = value
    sum += value
  }
  for (let l = 0; l < COLUMNS; l++) probabilities[l] = (probabilities[l] ?? 0) / sum
  return probabilities
}

/** Columns of the two most probable labels; the earlier one of equals. */
export function topTwo(probabilities: Float64Array): [first: number, second: number] {
  let first = 0
  let second = -1
  for (let l = 1; l < COLUMNS; l++) {
    const value = probabilities[l] ?? 0
    if (value > (probabilities[first] ?? 0)) {
      second = first
      first = l
    } else if (second === -1 || value > (probabilities[second] ?? 0)) second = l
  }
  return [first, second]
}
