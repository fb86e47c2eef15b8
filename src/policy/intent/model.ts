import { DENSE_NAMES } from './features.ts'
import { TEXT_LABELS } from './labels.ts'

/**
 * A linear model: scores of the labels are sums over the n-grams and the named numbers of a turn. Trained by
 * `npm run train:intent`.
 */
export interface IntentModel {
  /** There are 2^bits buckets for n-grams. */
  bits: number
  /** Buckets × labels, one signed byte each; times `scale` it is a weight. */
  hashed: Int8Array
  scale: number
  /** Numbers × labels, in the order of `DENSE_NAMES`. */
  dense: Float64Array
  /** Scores are divided by it before they become probabilities: fitted on requests the model was not trained on. */
  temperature: number
}

/** The model as it is stored. */
export interface EncodedModel {
  bits: number
  scale: number
  temperature: number
  labels: readonly string[]
  dense: readonly (readonly [name: string, ...weights: number[]])[]
  /** Base64 of `hashed`. */
  hashed: string
}

const COLUMNS = TEXT_LABELS.length

/** Throws when the model was trained for other features than this program has. */
export function decodeModel({ bits, scale, temperature, labels, dense, hashed }: EncodedModel): IntentModel {
  const names = dense.map(([name]) => name)
  if (labels.join() !== TEXT_LABELS.join() || names.join() !== DENSE_NAMES.join()) {
    throw new Error('the intent model does not fit this version: run `npm run train:intent`')
  }
  const bytes = Buffer.from(hashed, 'base64')
  if (bytes.length !== COLUMNS << bits) throw new Error('the intent model is cut off')
  return {
    bits,
    scale,
    temperature,
    hashed: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length),
    dense: Float64Array.from(dense.flatMap(([, ...weights]) => weights)),
  }
}
