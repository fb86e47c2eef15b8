// Every group of sources is judged by a model that has seen nothing of it.
import { classifyIntent, contextOf } from '../../src/policy/intent/classify.ts'
import { excerptOf } from '../../src/policy/intent/excerpt.ts'
import { extractFeatures } from '../../src/policy/intent/features.ts'
import { columnOf } from '../../src/policy/intent/labels.ts'
import { decodeModel, type IntentModel } from '../../src/policy/intent/model.ts'
import { scoreLabels } from '../../src/policy/intent/predict.ts'
import type { Intent } from '../../src/policy/types.ts'
import { fitTemperature, type HeldOut } from './calibrate.ts'
import { encodeModel } from './encode.ts'
import { createExamples, isForModel } from './examples.ts'
import { createRandom } from './random.ts'
import type { Sample } from './records.ts'
import { train } from './train.ts'

export const BITS = 14
const SEED = 7

export interface Judged {
  sample: Sample
  intent: Intent
}

export interface CrossValidation {
  judged: Judged[]
  /** Fitted on all held-out requests: the temperature of the model that is shipped. */
  temperature: number
}

/** Trains one model on all samples. */
export function trainOn(samples: readonly Sample[], temperature = 1): IntentModel {
  return decodeModel(encodedModel(samples, temperature))
}

export function encodedModel(samples: readonly Sample[], temperature: number): ReturnType<typeof encodeModel> {
  const examples = createExamples(samples, BITS, createRandom(SEED))
  return encodeModel(train(examples, BITS, SEED), BITS, temperature)
}

/**
 * Leaves out one group after the other. A group's temperature is fitted on the held-out requests of the other groups,
 * and its requests go the way of production, through the quantized model.
 */
export function crossValidate(samples: readonly Sample[]): CrossValidation {
  const groups = [...new Set(samples.map(({ group }) => group))]
  const models = new Map(groups.map((group) => [group, trainOn(samples.filter((each) => each.group !== group))]))
  const heldOut = samples.filter(isForModel).flatMap((sample) => {
    const model = models.get(sample.group)
    return model === undefined ? [] : [holdOut(sample, model)]
  })
  const judged = groups.flatMap((group) => {
    const model = models.get(group)
    if (model === undefined) return []
    const temperature = fitTemperature(heldOut.filter((each) => each.group !== group))
    const options = { model: { ...model, temperature } }
    const own = samples.filter((each) => each.group === group)
    return own.map((sample) => ({ sample, intent: classifyIntent(sample.facts, options) }))
  })
  return { judged, temperature: fitTemperature(heldOut) }
}

function holdOut({ group, facts, textLabel }: Sample, model: IntentModel): HeldOut {
  const features = extractFeatures(excerptOf(facts.turn), model.bits, contextOf(facts))
  return { group, scores: scoreLabels(features, model), possible: features.possible, label: columnOf(textLabel) }
}
