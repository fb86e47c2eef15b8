// What a classification is worth: accuracy, F1 and how honest its confidence is.
import type { Judged } from './cross-validate.ts'

/** Estimated input from which on a request counts as long, in tokens: what the labels of the set go by. */
const LONG = 15_500
const BINS = 10

/** The label with what the payload adds: an input of 15,500 tokens is `long_context` there, in production a bound. */
export function predictedLabel({ sample, intent }: Judged): string {
  return sample.facts.inputTokens >= LONG ? 'long_context' : intent.label
}

export function isRight(judged: Judged): boolean {
  return predictedLabel(judged) === judged.sample.label
}

export function accuracy(judged: readonly Judged[]): number {
  return judged.filter(isRight).length / Math.max(1, judged.length)
}

export interface LabelScore {
  label: string
  count: number
  precision: number
  recall: number
  f1: number
}

/** One row for each label that occurs. */
export function scoreByLabel(judged: readonly Judged[]): LabelScore[] {
  const labels = [...new Set(judged.map(({ sample }) => sample.label))].sort()
  return labels.map((label) => {
    const own = judged.filter(({ sample }) => sample.label === label)
    const hits = own.filter(isRight).length
    const said = judged.filter((each) => predictedLabel(each) === label).length
    const precision = hits / Math.max(1, said)
    const recall = hits / Math.max(1, own.length)
    return { label, count: own.length, precision, recall, f1: (2 * hits) / Math.max(1, said + own.length) }
  })
}

/** Mean distance of confidence and accuracy over ten bins of confidence (expected calibration error). */
export function calibrationError(judged: readonly Judged[]): number {
  let error = 0
  for (let bin = 0; bin < BINS; bin++) {
    const own = judged.filter(({ intent }) => Math.min(BINS - 1, Math.floor(intent.confidence * BINS)) === bin)
    if (own.length === 0) continue
    const confidence = own.reduce((sum, { intent }) => sum + intent.confidence, 0) / own.length
    error += (own.length / judged.length) * Math.abs(confidence - accuracy(own))
  }
  return error
}
