import type { StopReason } from '../../chat/events.ts'
import { asRecord, type JsonRecord } from '../shared/values.ts'

/** Status of a whole answer, and why it is incomplete. */
export interface AnswerStatus {
  status: 'completed' | 'incomplete'
  reason?: 'max_output_tokens' | 'content_filter'
}

export function encodeStatus(finish: StopReason): AnswerStatus {
  switch (finish) {
    case 'length':
      return { status: 'incomplete', reason: 'max_output_tokens' }
    case 'refusal':
      return { status: 'incomplete', reason: 'content_filter' }
    case 'stop':
    case 'stop_sequence':
    case 'tool_calls':
    case 'pause':
      return { status: 'completed' }
  }
}

/** Why a response stopped. Tool calls and refusals show in its output only. */
export function decodeStop(response: JsonRecord, calls: boolean, refused: boolean): StopReason {
  if (response['status'] === 'incomplete') {
    return asRecord(response['incomplete_details'])?.['reason'] === 'content_filter' ? 'refusal' : 'length'
  }
  if (calls) return 'tool_calls'
  return refused ? 'refusal' : 'stop'
}
