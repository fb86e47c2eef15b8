import type { StopReason } from '../../chat/events.ts'

const FROM_WIRE: Readonly<Record<string, StopReason>> = {
  end_turn: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  stop_sequence: 'stop_sequence',
  tool_use: 'tool_calls',
  pause_turn: 'pause',
  refusal: 'refusal',
}

const TO_WIRE: Readonly<Record<StopReason, string>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  stop_sequence: 'stop_sequence',
  tool_calls: 'tool_use',
  pause: 'pause_turn',
  refusal: 'refusal',
}

/** Meaning of a wire `stop_reason`; one that is missing or unknown is told from the content. */
export function fromWireStop(reason: unknown, hasCalls: boolean): StopReason {
  const known = typeof reason === 'string' && Object.hasOwn(FROM_WIRE, reason) ? FROM_WIRE[reason] : undefined
  return known ?? (hasCalls ? 'tool_calls' : 'stop')
}

/**
 * Wire `stop_reason`. `tool_use` is said exactly when there are calls to run: upstreams say `stop` with calls and
 * `tool_calls` without, and clients of this dialect decide by it whether their loop goes on.
 */
export function toWireStop(reason: StopReason, hasCalls: boolean): string {
  if (reason === 'stop' && hasCalls) return TO_WIRE.tool_calls
  if (reason === 'tool_calls' && !hasCalls) return TO_WIRE.stop
  return TO_WIRE[reason]
}
