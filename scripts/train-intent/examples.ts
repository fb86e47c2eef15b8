// What the model learns from: the features of a request, as the server would extract them.
import { contextOf } from '../../src/policy/intent/classify.ts'
import { excerptOf } from '../../src/policy/intent/excerpt.ts'
import { extractFeatures, type TextContext } from '../../src/policy/intent/features.ts'
import { findErrand } from '../../src/policy/intent/housekeeping.ts'
import { columnOf } from '../../src/policy/intent/labels.ts'
import type { Sample } from './records.ts'

/** One request to learn from. */
export interface Example {
  group: string
  /** Column of the label. */
  label: number
  weight: number
  buckets: Int32Array
  dense: Float64Array
  possible: Uint8Array
}

/** Share of requests that are learned once more as if functions had been offered with them, or by a coding agent. */
const OFFERED = 0.05
const WRAPPED = 0.15
/** So much less does such a copy count. */
const WRAPPED_WEIGHT = 0.5
/** A label of a source with this many requests has weight 1; larger ones count less, smaller ones at most 2. */
const USUAL = 50
const MOST_WEIGHT = 2

/** Examples of all samples that come as far as the model. A follow-up's own words are no example of its label. */
export function createExamples(samples: readonly Sample[], bits: number, random: () => number): Example[] {
  const counts = new Map<string, number>()
  for (const sample of samples) counts.set(keyOf(sample), (counts.get(keyOf(sample)) ?? 0) + 1)
  return samples.filter(isForModel).flatMap((sample) => {
    const weight = Math.min(MOST_WEIGHT, Math.sqrt(USUAL / (counts.get(keyOf(sample)) ?? 1)))
    const context = contextOf(sample.facts)
    const make = (given: TextContext, share: number): Example => createExample(sample, bits, given, weight * share)
    const examples = [make(context, 1)]
    const plain = { offersTools: false, isCodingAgent: false }
    if (!context.isCodingAgent && random() < WRAPPED) {
      examples.push(make({ ...plain, isCodingAgent: true }, WRAPPED_WEIGHT))
    }
    if (!context.offersTools && random() < OFFERED) examples.push(make({ ...plain, offersTools: true }, 1))
    // what cannot be said cannot be learned
    return examples.filter(({ label, possible }) => possible[label] === 1)
  })
}

function createExample(
  { facts, group, textLabel }: Sample,
  bits: number,
  context: TextContext,
  weight: number,
): Example {
  const { ngrams, dense, possible } = extractFeatures(excerptOf(facts.turn), bits, context)
  const label = columnOf(textLabel)
  return { group, label, weight, buckets: Int32Array.from(ngrams.buckets), dense, possible }
}

/** Whether the model is asked about a request, and not its payload or its harness. */
export function isForModel({ facts, kind, textLabel }: Sample): boolean {
  if (facts.liveVision || kind === 'followup' || columnOf(textLabel) === -1) return false
  return findErrand(facts) === undefined
}

function keyOf({ group, textLabel }: Sample): string {
  return `${group} ${textLabel}`
}
