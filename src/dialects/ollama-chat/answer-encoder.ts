// Writes answers. /api/chat and /api/generate differ only in where the text stands.
// Source: ollama/ollama, api/types.go (ChatResponse, GenerateResponse, Metrics).
import type { StopReason, StreamEvent, Usage } from '../../chat/events.ts'
import type { ToolCallPart } from '../../chat/request.ts'
import type { ChatResponse } from '../../chat/response.ts'
import { createJsonProgress, type JsonProgress } from '../shared/json-progress.ts'
import { toToolInput } from '../shared/tool-input.ts'
import type { AnswerMeta, ClientError, StreamEncoder } from '../types.ts'
import { encodeStreamError } from './encode-error.ts'

/** A tool call on the wire. The id is newer than most clients: they may return it or not. */
export interface WireCall {
  id: string
  function: { index: number; name: string; arguments: Record<string, unknown> }
}

/** What one document of an answer says. */
export interface Said {
  text: string
  thinking: string
  calls: WireCall[]
}

/** The members that carry what was said. */
export type AnswerShape = (said: Said) => Record<string, unknown>

/** Encodes a whole answer. */
export function encodeAnswer(shape: AnswerShape, response: ChatResponse, meta: AnswerMeta): Record<string, unknown> {
  const said: Said = { text: '', thinking: '', calls: [] }
  for (const part of response.content) {
    if (part.type === 'text') said.text += part.text
    else if (part.type === 'thinking') said.thinking += part.text
    else said.calls.push(encodeCall(part, said.calls.length))
  }
  return { ...head(meta), ...shape(said), ...ending(response.finish, response.usage) }
}

/** Encodes the lines of a streamed answer. A tool call goes out whole, in one line, once its arguments are complete. */
export function createAnswerEncoder(shape: AnswerShape, meta: AnswerMeta): StreamEncoder {
  return new LineEncoder(shape, meta)
}

interface PendingCall extends ToolCallPart {
  progress: JsonProgress
}

class LineEncoder implements StreamEncoder {
  readonly #shape: AnswerShape
  readonly #head: Record<string, unknown>
  /** Calls by the index of their events, in order of appearance. */
  readonly #calls = new Map<number, PendingCall>()
  #written = 0
  #finish: StopReason = 'stop'
  #usage: Usage = {}

  constructor(shape: AnswerShape, meta: AnswerMeta) {
    this.#shape = shape
    this.#head = head(meta)
  }

  push(event: StreamEvent): string {
    switch (event.type) {
      case 'text':
        return event.text === '' ? '' : this.#line({ text: event.text })
      case 'thinking':
        return event.text === '' ? '' : this.#line({ thinking: event.text })
      case 'tool_call_start':
        this.#open(event)
        return ''
      case 'tool_call_delta':
        return this.#extend(event.index, event.arguments)
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage }
        return ''
      case 'finish':
        this.#finish = event.reason
        return ''
      case 'start':
      case 'thinking_signature':
      case 'thinking_encrypted':
      case 'error':
        return ''
    }
  }

  end(): string {
    const calls = this.#writeCalls(() => true)
    const last = { ...this.#head, ...this.#shape(NOTHING), ...ending(this.#finish, this.#usage) }
    return `${calls}${JSON.stringify(last)}\n`
  }

  fail(error: ClientError): string {
    return encodeStreamError(error)
  }

  /** A call that is announced twice stays one call. */
  #open({ index, id, name }: Extract<StreamEvent, { type: 'tool_call_start' }>): void {
    if (this.#calls.has(index)) return
    this.#calls.set(index, { type: 'tool_call', id, name, arguments: '', progress: createJsonProgress() })
  }

  /** Text behind a complete object is dropped. */
  #extend(index: number, text: string): string {
    const call = this.#calls.get(index)
    if (call === undefined || call.progress.complete()) return ''
    call.arguments += text
    call.progress.push(text)
    return this.#writeCalls(({ progress }) => progress.complete())
  }

  /** Lines of the calls that are next in order, as far as they are ready. */
  #writeCalls(isReady: (call: PendingCall) => boolean): string {
    let lines = ''
    for (const call of [...this.#calls.values()].slice(this.#written)) {
      if (!isReady(call)) break
      lines += this.#line({ calls: [encodeCall(call, this.#written++)] })
    }
    return lines
  }

  #line(said: Partial<Said>): string {
    return `${JSON.stringify({ ...this.#head, ...this.#shape({ ...NOTHING, ...said }), done: false })}\n`
  }
}

const NOTHING: Said = { text: '', thinking: '', calls: [] }

function encodeCall(call: ToolCallPart, index: number): WireCall {
  return { id: call.id, function: { index, name: call.name, arguments: toToolInput(call.arguments) } }
}

function head(meta: AnswerMeta): Record<string, unknown> {
  return { model: meta.model, created_at: new Date(meta.created * 1000).toISOString() }
}

/**
 * The end of an answer. Ollama knows `stop` and `length`, and says `stop` with tool calls too. Clients add the counts
 * up, so unknown ones are 0. Durations are in ns; nobody measures them here, so they are 0, as after a cached load.
 */
function ending(finish: StopReason, usage: Usage): Record<string, unknown> {
  return {
    done: true,
    done_reason: finish === 'length' ? 'length' : 'stop',
    total_duration: 0,
    load_duration: 0,
    prompt_eval_count: usage.input ?? 0,
    prompt_eval_duration: 0,
    eval_count: usage.output ?? 0,
    eval_duration: 0,
  }
}
