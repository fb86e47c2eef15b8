import type { UpstreamError } from './error.ts'

// The canonical stream: what every dialect's stream decodes to and encodes from.

/** Token counts. `input` includes cached tokens, `output` includes reasoning, in every dialect. */
export interface Usage {
  input?: number
  output?: number
  /** Part of `input` read from a prompt cache. */
  cacheRead?: number
  /** Part of `input` written to a prompt cache. */
  cacheWrite?: number
  /** Part of `output` spent on reasoning. */
  reasoning?: number
}

/** Why the model stopped. `refusal` covers content filters and policy refusals. */
export type StopReason = 'stop' | 'length' | 'tool_calls' | 'stop_sequence' | 'refusal' | 'pause'

export type StreamEvent =
  /** First event; opens the answer and does not count as output. */
  | { type: 'start'; id?: string; model?: string }
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  /** Closes the current thinking block with its opaque proof. */
  | { type: 'thinking_signature'; signature: string }
  /** A whole block of reasoning that only its own model can read. */
  | { type: 'thinking_encrypted'; data: string }
  /**
   * `index` counts tool calls from 0 in order of appearance. `signature` is an opaque proof that belongs to the call:
   * Gemini's thoughtSignature.
   */
  | { type: 'tool_call_start'; index: number; id: string; name: string; signature?: string }
  | { type: 'tool_call_delta'; index: number; arguments: string }
  /** Later values replace earlier ones, field by field. */
  | { type: 'usage'; usage: Usage }
  /** The dialect's own end of answer; a stream without it was cut. */
  | { type: 'finish'; reason: StopReason; stopSequence?: string }
  /** Failures in a stream are events, never throws. */
  | { type: 'error'; error: UpstreamError }

/** True for the events that commit an answer: text, reasoning or a tool call. */
export function isOutput(event: StreamEvent): boolean {
  switch (event.type) {
    case 'text':
    case 'thinking':
      return event.text !== ''
    case 'thinking_signature':
    case 'thinking_encrypted':
    case 'tool_call_start':
    case 'tool_call_delta':
      return true
    default:
      return false
  }
}
