import type { Intent } from '../types.ts'
import { explainLead } from './contributions.ts'
import { excerptOf } from './excerpt.ts'
import { extractFeatures, type TextContext, wordCount } from './features.ts'
import { TEXT_LABELS } from './labels.ts'
import type { IntentModel } from './model.ts'
import { lazyIntent } from './lazy-intent.ts'
import { scoreLabels, topTwo, toProbabilities } from './predict.ts'
import { matchUserIntents, type UserIntents } from './user-intents.ts'

/** What a turn is read with. */
export interface Reader {
  model: IntentModel
  context: TextContext
  intents?: UserIntents
}

/** A turn of up to this many words may go on with the one before. */
const TERSE = 8
/** Share of the turn before in what a terse turn means, when it names no task itself. */
const INHERITED = 0.7
/** A cue of this weight names a task. */
const NAMES_TASK = 4

/** What a turn asks for; a terse one that names no task goes on with the turn before. */
export function classifyTurn(turn: string, previousTurn: string, reader: Reader): Intent {
  const own = readTurn(turn, reader)
  if (previousTurn === '' || !own.isTerse) return own.intent
  const before = readTurn(previousTurn, reader).intent
  if (INHERITED * before.confidence < (1 - INHERITED) * own.intent.confidence) return own.intent
  if (before.label === own.intent.label && before.confidence < own.intent.confidence) return own.intent
  const evidence = [{ label: before.label, cue: 'follow-up', weight: 1, start: 0, end: turn.length }]
  return { label: before.label, confidence: before.confidence, evidence }
}

/** Classifies a turn by itself. */
function readTurn(turn: string, { model, context, intents }: Reader): { intent: Intent; isTerse: boolean } {
  const excerpt = excerptOf(turn)
  const features = extractFeatures(excerpt, model.bits, context)
  if (features.words.count === 0) return { intent: { label: 'general', confidence: 0, evidence: [] }, isTerse: true }
  const match = intents === undefined ? undefined : matchUserIntents(intents, excerpt, features.words)
  if (match !== undefined) {
    return { intent: { label: match.label, confidence: match.weight, evidence: [match] }, isTerse: false }
  }
  const probabilities = toProbabilities(scoreLabels(features, model), model.temperature, features.possible)
  const top = topTwo(probabilities)
  const isTerse = wordCount(features.words) <= TERSE && !features.cues.some(({ cue }) => cue.weight >= NAMES_TASK)
  const intent = lazyIntent(TEXT_LABELS[top[0]] ?? 'general', probabilities[top[0]] ?? 0, () =>
    explainLead(features, model, excerpt, top),
  )
  return { intent, isTerse }
}
