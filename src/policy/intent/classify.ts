import type { Profile } from '../../profile/types.ts'
import type { Evidence, Facts, Intent } from '../types.ts'
import { builtInModel } from './built-in-model.ts'
import { classifyTurn, type Reader } from './classify-turn.ts'
import type { TextContext } from './features.ts'
import { findErrand } from './housekeeping.ts'
import type { IntentModel } from './model.ts'
import { type UserIntents, userIntentsOf } from './user-intents.ts'

/** Below this confidence the answer is `general`, unless the profile says otherwise. */
const MIN_CONFIDENCE = 0.3
/** How far into the system prompt a coding agent says what it is, in characters. */
const AGENT_OPENING = 600
const CODING_AGENT =
  /\b(?:cod(?:e|ing)|software engineer(?:ing)?|programm(?:er|ing)|repositor(?:y|ies)|command line)\b/i

export interface ClassifyOptions {
  /** The profile's own intents, compiled. */
  intents?: UserIntents
  /** Confidence, 0 to 1, below which the answer is `general`. */
  minConfidence?: number
  model?: IntentModel
}

/**
 * What the last human turn asks for. In an agent loop that turn is still the one that began the loop.
 * An image in the turn settles it; then what a harness asks on its own behalf; then the profile's own intents; then
 * the model. Neither the system prompt nor the offered tools speak for a class: every agent has them. Linear in the
 * length of the turn, of which only the opening and the end are read. `errand` is what `findErrand` gives.
 */
export function classifyIntent(
  facts: Facts,
  options: ClassifyOptions = {},
  errand: Evidence | undefined = findErrand(facts),
): Intent {
  if (facts.liveVision) {
    const evidence = [{ label: 'vision', cue: 'image', weight: 1, start: 0, end: 0 }]
    return { label: 'vision', confidence: 1, evidence }
  }
  if (errand !== undefined) return { label: errand.label, confidence: 1, evidence: [errand] }
  const { intents, minConfidence = MIN_CONFIDENCE, model = builtInModel() } = options
  const reader: Reader = { model, context: contextOf(facts), ...(intents === undefined ? {} : { intents }) }
  const intent = classifyTurn(facts.turn, facts.previousTurn, reader)
  if (intent.confidence >= minConfidence) return intent
  return Object.assign(intent, { label: 'general', lowConfidence: true })
}

/** How the requests of a profile are classified. */
export function classifyOptions(profile: Profile | undefined): ClassifyOptions {
  const intents = userIntentsOf(profile?.intents)
  const minConfidence = profile?.min_intent_confidence
  return {
    ...(intents === undefined ? {} : { intents }),
    ...(minConfidence === undefined ? {} : { minConfidence }),
  }
}

/** What the payload says of a request, for the model. */
export function contextOf({ system, tools }: Facts): TextContext {
  return { offersTools: tools > 0, isCodingAgent: CODING_AGENT.test(system.slice(0, AGENT_OPENING)) }
}
