import type { DecisionInputs } from '../policy/recheck.ts'
import type { RequestBody } from './read-request.ts'

/**
 * Lets go of what an answer that has begun needs no more: thousands of streams may be open at a time, each for minutes, and
 * what led to them is many times larger than what they need. Not for answers that another target may go on with.
 * `isRecorded`: the decision will be written down with all it was made from.
 */
export function letGo(request: RequestBody, inputs: DecisionInputs, isRecorded: boolean): void {
  request.forget()
  if (isRecorded) return
  const { facts, decision } = inputs
  // Everybody who waits for the answer holds these objects, so they are emptied rather than replaced.
  facts.turn = ''
  facts.previousTurn = ''
  facts.firstTurn = ''
  facts.system = ''
  facts.headers = {}
  request.headers = {}
  decision.candidates = []
  const { label, confidence, errand } = decision.intent
  decision.intent = { label, confidence, evidence: [], ...(errand !== undefined && { errand }) }
}
