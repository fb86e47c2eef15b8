import type { UpstreamError } from '../../chat/error.ts'
import type { StopReason, StreamEvent } from '../../chat/events.ts'
import { badAnswer } from '../shared/bad-answer.ts'
import { madeUpCallId } from '../shared/call-ids.ts'
import { asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { decodeErrorBody } from './decode-error.ts'
import { decodeModelPart } from './decode-parts.ts'
import { field, recordsOf } from './fields.ts'
import { decodeFinish } from './finish-reason.ts'
import { readSignature } from './thought-signature.ts'
import { decodeUsage } from './usage.ts'

/**
 * Decodes GenerateContentResponse objects: the one of a whole answer, or the chunks of a stream, which have the same
 * shape. Nothing follows an error. Older servers say `STOP` in every chunk, so a finish does not end the answer, and is
 * said again when it changes.
 */
export class AnswerDecoder {
  #id: string | undefined
  #started = false
  #calls = 0
  #finish: StopReason | undefined
  #failed = false

  push(chunk: unknown): StreamEvent[] {
    if (this.#failed) return []
    const error = decodeErrorBody(chunk)
    if (error !== undefined) return this.#fail(error)
    const record = asRecord(chunk)
    if (record === undefined) return this.#fail(badAnswer('the provider sent something that is not a JSON object'))
    return this.#decode(record)
  }

  #decode(chunk: JsonRecord): StreamEvent[] {
    const candidates = recordsOf(chunk['candidates'])
    const candidate = candidates.find((each) => (each['index'] ?? 0) === 0)
    const blocked = asText(field(asRecord(field(chunk, 'promptFeedback')), 'blockReason'))
    const events: StreamEvent[] = []
    if (candidates.length > 0 || blocked !== undefined) events.push(...this.#start(chunk))
    for (const part of recordsOf(asRecord(candidate?.['content'])?.['parts'])) {
      events.push(...this.#part(part))
      if (this.#failed) return events
    }
    const usage = decodeUsage(field(chunk, 'usageMetadata'))
    if (usage !== undefined) events.push({ type: 'usage', usage })
    const reason = asText(field(candidate, 'finishReason'))
    if (reason !== undefined) events.push(...this.#end(reason, asText(field(candidate, 'finishMessage'))))
    else if (blocked !== undefined && candidate === undefined) events.push(...this.#finishWith('refusal'))
    return events
  }

  #start(chunk: JsonRecord): StreamEvent[] {
    if (this.#started) return []
    this.#started = true
    this.#id = asText(field(chunk, 'responseId'))
    const model = asText(field(chunk, 'modelVersion'))
    return [{ type: 'start', ...(this.#id !== undefined && { id: this.#id }), ...(model !== undefined && { model }) }]
  }

  #part(part: JsonRecord): StreamEvent[] {
    const call = asRecord(field(part, 'functionCall'))
    if (call !== undefined) return this.#call(call, readSignature(field(part, 'thoughtSignature')))
    return decodeModelPart(part).flatMap((piece): StreamEvent[] => {
      if (piece.type === 'text') return [{ type: 'text', text: piece.text }]
      return [
        ...(piece.text === '' ? [] : [{ type: 'thinking' as const, text: piece.text }]),
        ...(piece.signature === undefined ? [] : [{ type: 'thinking_signature' as const, signature: piece.signature }]),
      ]
    })
  }

  /** A call comes whole, in one part; its id may be missing. */
  #call(call: JsonRecord, signature: string | undefined): StreamEvent[] {
    const name = asText(call['name'])
    if (name === undefined) return this.#fail(badAnswer('the provider sent a function call without a name'))
    const index = this.#calls++
    const id = asText(call['id']) ?? madeUpCallId(this.#id, index)
    return [
      { type: 'tool_call_start', index, id, name, ...(signature !== undefined && { signature }) },
      { type: 'tool_call_delta', index, arguments: JSON.stringify(asRecord(call['args']) ?? {}) },
    ]
  }

  #end(reason: string, message: string | undefined): StreamEvent[] {
    const finish = decodeFinish(reason, this.#calls > 0)
    if (finish !== undefined) return this.#finishWith(finish)
    return this.#fail(badAnswer(`the answer ended with ${reason}${message === undefined ? '' : `: ${message}`}`))
  }

  #finishWith(reason: StopReason): StreamEvent[] {
    if (this.#finish === reason) return []
    this.#finish = reason
    return [{ type: 'finish', reason }]
  }

  #fail(error: UpstreamError): StreamEvent[] {
    this.#failed = true
    return [{ type: 'error', error }]
  }
}
