import type { UpstreamError } from '../../chat/error.ts'
import type { StreamEvent } from '../../chat/events.ts'
import { badAnswer } from '../shared/bad-answer.ts'
import { decodeErrorBody, errorFrom } from '../shared/decode-openai-error.ts'
import { type JsonRecord, asArray, asRecord, asText, parseJson } from '../shared/values.ts'
import type { Frame, StreamDecoder } from '../types.ts'
import { readSpoken } from './delta.ts'
import { decodeFinish } from './finish-reason.ts'
import { ToolCallAssembler } from './tool-call-assembler.ts'
import { decodeUsage } from './usage.ts'

export function createStreamDecoder(): StreamDecoder {
  return new ChunkDecoder()
}

/** Decodes `chat.completion.chunk` events. The first finish and the first error count; nothing follows an error. */
class ChunkDecoder implements StreamDecoder {
  readonly #calls = new ToolCallAssembler()
  #id: string | undefined
  #started = false
  #refused = false
  #finished = false
  #failed = false
  #ended = false

  get ended(): boolean {
    return this.#ended
  }

  missingEnd(): string {
    return this.#ended ? '' : 'data: [DONE]\n\n'
  }

  push(frame: Frame): StreamEvent[] {
    const data = frame.data.trim()
    if (data === '[DONE]') this.#ended = true
    if (this.#failed || this.#ended || data === '') return []
    const chunk = asRecord(parseJson(data))
    if (chunk === undefined) return this.#fail(badAnswer('the provider sent a stream event that is not a JSON object'))
    const error = decodeErrorBody(chunk) ?? (frame.event === 'error' ? errorFrom(200, chunk) : undefined)
    if (error === undefined) return this.#decode(chunk)
    // The chunk that carries an error may carry the last words, too, but it finishes nothing.
    return [...this.#decode(chunk).filter(({ type }) => type !== 'finish'), ...this.#fail(error)]
  }

  #decode(chunk: JsonRecord): StreamEvent[] {
    const events: StreamEvent[] = []
    const choices = asArray(chunk['choices'])?.map(asRecord)
    const choice = choices?.find((each) => (each?.['index'] ?? 0) === 0) ?? undefined
    if (choices !== undefined) events.push(...this.#start(chunk))
    const delta = asRecord(choice?.['delta']) ?? asRecord(choice?.['message'])
    if (delta !== undefined) events.push(...this.#decodeDelta(delta))
    // Groq has usage in x_groq, Moonshot in the choice.
    const usage = decodeUsage(chunk['usage'] ?? asRecord(chunk['x_groq'])?.['usage'] ?? choice?.['usage'])
    if (usage !== undefined && Object.keys(usage).length > 0) events.push({ type: 'usage', usage })
    const reason = asText(choice?.['finish_reason'])
    if (reason !== undefined) events.push(...this.#finish(reason))
    return events
  }

  #start(chunk: JsonRecord): StreamEvent[] {
    if (this.#started) return []
    this.#started = true
    this.#id = asText(chunk['id'])
    const model = asText(chunk['model'])
    return [{ type: 'start', ...(this.#id !== undefined && { id: this.#id }), ...(model !== undefined && { model }) }]
  }

  #decodeDelta(delta: JsonRecord): StreamEvent[] {
    const events: StreamEvent[] = []
    const { thinking, text, refusal } = readSpoken(delta)
    if (thinking !== '') events.push({ type: 'thinking', text: thinking })
    if (text !== '') events.push({ type: 'text', text })
    if (refusal !== '') {
      this.#refused = true
      events.push({ type: 'text', text: refusal })
    }
    for (const call of asArray(delta['tool_calls']) ?? []) events.push(...this.#calls.push(call, this.#id))
    const single = asRecord(delta['function_call'])
    if (single !== undefined) events.push(...this.#calls.push({ index: 0, function: single }, this.#id))
    return events
  }

  /** `error` is no finish: the error itself says what happened, or its absence is the error. */
  #finish(reason: string): StreamEvent[] {
    if (this.#finished || reason === 'error') return []
    if (this.#calls.unnamed) return this.#fail(badAnswer('the provider sent a tool call without a name'))
    this.#finished = true
    return [{ type: 'finish', reason: decodeFinish(reason, this.#calls.size > 0, this.#refused) }]
  }

  #fail(error: UpstreamError): StreamEvent[] {
    if (this.#failed) return []
    this.#failed = true
    return [{ type: 'error', error }]
  }
}
