import type { StopReason } from '../../chat/events.ts'

/**
 * Decodes `finish_reason`. Some providers say `stop` after tool calls, or `tool_calls` without one; agents go by the
 * reason, so it is made to fit. Unknown reasons count as `stop`.
 */
export function decodeFinish(reason: string, calls: boolean, refused: boolean): StopReason {
  switch (reason) {
    case 'length':
      return 'length'
    case 'content_filter':
      return 'refusal'
    default:
      if (calls) return 'tool_calls'
      return refused ? 'refusal' : 'stop'
  }
}

export function encodeFinish(reason: StopReason): string {
  switch (reason) {
    case 'length':
    case 'tool_calls':
      return reason
    case 'refusal':
      return 'content_filter'
    case 'stop':
    case 'stop_sequence':
    case 'pause':
      return 'stop'
  }
}
