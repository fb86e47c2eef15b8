// Multinomial logistic regression over hashed n-grams and named numbers, by Adagrad in a fixed order.
import { DENSE, DENSE_NAMES } from '../../src/policy/intent/features.ts'
import { TEXT_LABELS } from '../../src/policy/intent/labels.ts'
import { SHAPES } from '../../src/policy/intent/shapes.ts'
import type { Example } from './examples.ts'
import { createRandom, shuffle } from './random.ts'

export interface Weights {
  /** Buckets × labels. */
  hashed: Float32Array
  /** Named numbers × labels. */
  dense: Float32Array
}

const EPOCHS = 12
const RATE = 0.15
/** What weights lose in an epoch: those of n-grams towards 0, those of numbers towards what they began with. */
const DECAY_HASHED = 0.02
const DECAY_DENSE = 0.05
/** Share of the examples seen without their n-grams: cues and shapes must be able to decide alone. */
const WITHOUT_NGRAMS = 0.2
/** What a cue at the opening, a cue elsewhere and a shape are worth for their label before anything is learned. */
const PRIOR = { opening: 1.5, cue: 0.7, shape: 1.5 }
/** To translate wins over whatever the text to be translated asks. */
const TRANSLATE_PRIOR = 2.5

const LABELS = TEXT_LABELS.length
const NO_BUCKETS = new Int32Array(0)

/** Trains a model. The same examples and seed give the same weights. */
export function train(examples: readonly Example[], bits: number, seed: number): Weights {
  const prior = priorOf()
  const size = LABELS << bits
  const weights = { hashed: new Float32Array(size), dense: prior.slice() }
  const past = { hashed: new Float32Array(size).fill(1e-3), dense: new Float32Array(prior.length).fill(1e-3) }
  const random = createRandom(seed)
  const order = examples.map((_, i) => i)
  const scores = new Float64Array(LABELS)
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random)
    const rate = RATE * (1 - epoch / EPOCHS)
    for (const index of order) {
      const example = examples[index]
      if (example === undefined) continue
      const { dense, possible, label, weight } = example
      const buckets = random() < WITHOUT_NGRAMS ? NO_BUCKETS : example.buckets
      score(weights, buckets, dense, scores)
      softmax(scores, possible)
      const share = 1 / Math.sqrt(buckets.length || 1)
      for (let l = 0; l < LABELS; l++) {
        const error = ((scores[l] ?? 0) - (l === label ? 1 : 0)) * weight
        if (error === 0) continue
        for (const bucket of buckets) step(weights.hashed, past.hashed, bucket * LABELS + l, error * share, rate)
        for (let d = 0; d < dense.length; d++) {
          const value = dense[d] ?? 0
          if (value !== 0) step(weights.dense, past.dense, d * LABELS + l, error * value, rate)
        }
      }
    }
    decay(weights, prior)
  }
  return weights
}

/** Cues and shapes speak for their labels from the start. */
function priorOf(): Float32Array {
  const prior = new Float32Array(DENSE_NAMES.length * LABELS)
  for (let l = 0; l < LABELS; l++) {
    prior[(DENSE.openingCues + l) * LABELS + l] = TEXT_LABELS[l] === 'translate' ? TRANSLATE_PRIOR : PRIOR.opening
    prior[(DENSE.cues + l) * LABELS + l] = PRIOR.cue
  }
  for (const [i, { label }] of SHAPES.entries()) {
    prior[(DENSE.shapes + i) * LABELS + TEXT_LABELS.indexOf(label)] = PRIOR.shape
  }
  return prior
}

function score(weights: Weights, buckets: Int32Array, dense: Float64Array, into: Float64Array): void {
  const share = 1 / Math.sqrt(buckets.length || 1)
  for (let l = 0; l < LABELS; l++) {
    let sum = 0
    for (const bucket of buckets) sum += weights.hashed[bucket * LABELS + l] ?? 0
    sum *= share
    for (let d = 0; d < dense.length; d++) sum += (dense[d] ?? 0) * (weights.dense[d * LABELS + l] ?? 0)
    into[l] = sum
  }
}

function softmax(scores: Float64Array, possible: Uint8Array): void {
  let most = -Infinity
  for (let l = 0; l < LABELS; l++) if (possible[l] === 1) most = Math.max(most, scores[l] ?? 0)
  let sum = 0
  for (let l = 0; l < LABELS; l++) {
    const value = possible[l] !== 1 ? 0 : Math.exp((scores[l] ?? 0) - most)
    scores[l] = value
    sum += value
  }
  for (let l = 0; l < LABELS; l++) scores[l] = (scores[l] ?? 0) / sum
}

function step(weights: Float32Array, past: Float32Array, at: number, slope: number, rate: number): void {
  const sum = (past[at] ?? 0) + slope * slope
  past[at] = sum
  weights[at] = (weights[at] ?? 0) - (rate * slope) / Math.sqrt(sum)
}

function decay({ hashed, dense }: Weights, prior: Float32Array): void {
  for (let at = 0; at < hashed.length; at++) hashed[at] = (hashed[at] ?? 0) * (1 - DECAY_HASHED)
  for (let at = 0; at < dense.length; at++) {
    const usual = prior[at] ?? 0
    dense[at] = usual + ((dense[at] ?? 0) - usual) * (1 - DECAY_DENSE)
  }
}
