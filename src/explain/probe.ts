import type { Facts } from '../policy/types.ts'
import type { Question } from './state.ts'

/** A request that asks as little of a model as any can: whatever may answer some request may answer this one. */
export function leastRequest(model: string): Question {
  const facts: Facts = {
    dialect: 'openai-chat',
    client: '',
    headers: {},
    model,
    stream: false,
    turn: '',
    previousTurn: '',
    firstTurn: '',
    system: '',
    inToolLoop: false,
    tools: 0,
    toolForced: false,
    toolsBytes: 0,
    vision: false,
    liveVision: false,
    documents: false,
    json: 'none',
    thinking: 'unset',
    inputTokens: 0,
    maxOutputTokens: 0,
    session: '',
    intent: { label: 'general', confidence: 0, evidence: [] },
  }
  return { facts, world: { now: 0, seed: 0 } }
}
