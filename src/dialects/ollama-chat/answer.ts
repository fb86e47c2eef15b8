// Reads one document of an answer: a line of a stream, or a whole answer. Both have the same shape.
// Source: ollama/ollama, api/types.go (ChatResponse, Message, ToolCall).
import type { StopReason, Usage } from '../../chat/events.ts'
import type { ToolCallPart } from '../../chat/request.ts'
import { isRecord } from '../../lib/is-record.ts'
import { argumentsText } from './arguments.ts'

export interface Answer {
  model?: string
  thinking: string
  text: string
  calls: ToolCallPart[]
  /** The last document of an answer. */
  done: boolean
  /** Ollama's `done_reason`; '' when it gave none. */
  reason: string
  usage: Usage
}

/** Reads a document; undefined when it has neither a message nor `done`. `callsBefore` counts the calls seen earlier. */
export function readAnswer(body: Record<string, unknown>, callsBefore: number): Answer | undefined {
  const { model, message, done, done_reason: reason, prompt_eval_count: input, eval_count: output } = body
  if (!isRecord(message) && done !== true) return undefined
  const content = isRecord(message) ? message : {}
  return {
    ...(typeof model === 'string' && { model }),
    thinking: readText(content['thinking']),
    text: readText(content['content']),
    calls: readCalls(content['tool_calls'], callsBefore, readText(body['created_at'])),
    done: done === true,
    reason: readText(reason),
    usage: { ...(typeof input === 'number' && { input }), ...(typeof output === 'number' && { output }) },
  }
}

/** Why the model stopped; undefined when it was only loaded or unloaded, or said nothing at all. */
export function readStop(reason: string, seen: { output: boolean; calls: number }): StopReason | undefined {
  if (reason === 'length') return 'length'
  if (!seen.output) return undefined
  return seen.calls > 0 ? 'tool_calls' : 'stop'
}

function readCalls(value: unknown, before: number, created: string): ToolCallPart[] {
  const calls: ToolCallPart[] = []
  for (const item of Array.isArray(value) ? value : []) {
    const call = isRecord(item) ? item['function'] : undefined
    if (!isRecord(item) || !isRecord(call)) continue
    const id = readText(item['id']) || inventId(created, before + calls.length)
    calls.push({ type: 'tool_call', id, name: readText(call['name']), arguments: argumentsText(call['arguments']) })
  }
  return calls
}

/**
 * Id for a call of an older Ollama, which gives none. The time of the answer is part of it, because ids must differ
 * over a whole conversation; at most 40 characters, as the strictest clients want.
 */
function inventId(created: string, index: number): string {
  const time = created.replaceAll(/[^0-9A-Za-z]/g, '').slice(0, 28)
  return time === '' ? `call_${index}` : `call_${time}_${index}`
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
