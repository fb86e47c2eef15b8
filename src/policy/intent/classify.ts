import type { Facts, Intent } from '../types.ts'
import { classifyText, wordCount } from './classify-text.ts'
import { findErrand } from './housekeeping.ts'
import { tokenize } from './tokenize.ts'

/** A turn of up to this many words that says nothing by itself goes on with the one before. */
const TERSE = 4
/** Characters beyond which a turn is not terse, whatever its words. */
const TERSE_LENGTH = 80

/**
 * What the last human turn asks for. In an agent loop that turn is still the one that began the loop.
 * System prompts and offered tools do not speak for a class: every agent has them. Linear in the length of the turn.
 */
export function classifyIntent(facts: Facts): Intent {
  if (facts.liveVision) {
    const evidence = [{ label: 'vision', cue: 'image', weight: 1, start: 0, end: 0 }]
    return { label: 'vision', confidence: 1, evidence }
  }
  const errand = findErrand(facts)
  if (errand !== undefined) return { label: errand.label, confidence: 1, evidence: [errand] }
  const context = { offersTools: facts.tools > 0 }
  const own = classifyText(facts.turn, context)
  if (own.evidence.length > 0 || !isTerse(facts.turn) || facts.previousTurn === '') return own
  const before = classifyText(facts.previousTurn, context)
  const evidence = [{ label: before.label, cue: 'follow-up', weight: 1, start: 0, end: facts.turn.length }]
  return { label: before.label, confidence: before.confidence, evidence }
}

function isTerse(turn: string): boolean {
  return turn.length <= TERSE_LENGTH && wordCount(tokenize(turn), turn) <= TERSE
}
