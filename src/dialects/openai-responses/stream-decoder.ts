import type { UpstreamError } from '../../chat/error.ts'
import type { StreamEvent } from '../../chat/events.ts'
import { badAnswer } from '../shared/bad-answer.ts'
import { madeUpCallId } from '../shared/call-ids.ts'
import { decodeErrorBody, errorFrom } from '../shared/decode-openai-error.ts'
import { type JsonRecord, asArray, asRecord, asText, parseJson } from '../shared/values.ts'
import type { Frame, StreamDecoder } from '../types.ts'
import { CallDecoder } from './call-decoder.ts'
import { ItemDecoder, type StartCall } from './item-decoder.ts'
import { decodeStop } from './status.ts'
import { decodeUsage } from './usage.ts'

export function createStreamDecoder(): StreamDecoder {
  return new ResponseDecoder()
}

/** Decodes the events of a response. The first finish and the first error count; nothing follows either. */
class ResponseDecoder implements StreamDecoder {
  readonly #items = new Map<unknown, ItemDecoder>()
  #id: string | undefined
  #calls = 0
  #started = false
  #ended = false

  get ended(): boolean {
    return this.#ended
  }

  push(frame: Frame): StreamEvent[] {
    const data = frame.data.trim()
    if (this.#ended || data === '' || data === '[DONE]') return []
    const event = asRecord(parseJson(data))
    if (event === undefined) return this.#fail(badAnswer('the provider sent a stream event that is not a JSON object'))
    const type = asText(event['type']) ?? frame.event
    const error = decodeErrorBody(event) ?? (type === 'error' ? errorFrom(200, event) : undefined)
    if (error !== undefined) return this.#fail(error)
    const events = this.#decode(type, event)
    return events.length === 0 ? [] : [...this.#start(undefined), ...events]
  }

  #decode(type: string, event: JsonRecord): StreamEvent[] {
    const delta = asText(event['delta']) ?? ''
    const part = event['content_index']
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        return this.#start(asRecord(event['response']))
      case 'response.output_item.added':
        return this.#addItem(event)
      case 'response.output_item.done':
        return this.#item(event).settle(asRecord(event['item']) ?? {})
      case 'response.output_text.delta':
        return this.#item(event).text(part, delta)
      case 'response.output_text.done':
        return this.#item(event).text(part, '', asText(event['text']))
      case 'response.refusal.delta':
        return this.#item(event).refusal(part, delta)
      case 'response.refusal.done':
        return this.#item(event).refusal(part, '', asText(event['refusal']))
      case 'response.reasoning_summary_text.delta':
        return this.#item(event).thinking('summary', event['summary_index'], delta)
      case 'response.reasoning_summary_text.done':
        return this.#item(event).thinking('summary', event['summary_index'], '', asText(event['text']))
      case 'response.reasoning_text.delta':
        return this.#item(event).thinking('content', part, delta)
      case 'response.reasoning_text.done':
        return this.#item(event).thinking('content', part, '', asText(event['text']))
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta':
        return this.#item(event).arguments(delta)
      case 'response.function_call_arguments.done':
      case 'response.custom_tool_call_input.done':
        return this.#item(event).settleArguments(event)
      case 'response.completed':
      case 'response.incomplete':
        return this.#finish(type, asRecord(event['response']) ?? {})
      case 'response.failed':
      case 'response.cancelled':
        return this.#failed(type, asRecord(event['response']))
      default:
        return []
    }
  }

  #start(response: JsonRecord | undefined): StreamEvent[] {
    if (this.#started) return []
    this.#started = true
    this.#id = asText(response?.['id'])
    const model = asText(response?.['model'])
    return [{ type: 'start', ...(this.#id !== undefined && { id: this.#id }), ...(model !== undefined && { model }) }]
  }

  /** Later events name the item by its place or by its id. */
  #addItem(event: JsonRecord): StreamEvent[] {
    const record = asRecord(event['item']) ?? {}
    const item = this.#item(event)
    const id = asText(record['id'])
    if (id !== undefined) this.#items.set(id, item)
    return item.add(record)
  }

  /** The item that an event speaks of. */
  #item(event: JsonRecord): ItemDecoder {
    return this.#itemAt(event['output_index'] ?? event['item_id'])
  }

  #itemAt(key: unknown): ItemDecoder {
    const item = this.#items.get(key) ?? new ItemDecoder(this.#startCall)
    this.#items.set(key, item)
    return item
  }

  readonly #startCall: StartCall = (item, name) => {
    const index = this.#calls++
    const id = asText(item['call_id']) ?? madeUpCallId(this.#id, index)
    const call = new CallDecoder(index, item['type'] === 'custom_tool_call')
    return { call, start: { type: 'tool_call_start', index, id, name } }
  }

  #finish(type: string, response: JsonRecord): StreamEvent[] {
    const events = this.#start(response)
    // Some servers send nothing before the whole response.
    if (this.#items.size === 0) {
      for (const [index, item] of (asArray(response['output']) ?? []).entries()) {
        events.push(...this.#itemAt(index).settle(asRecord(item) ?? {}))
      }
    }
    const items = [...new Set(this.#items.values())]
    for (const item of items) events.push(...item.end())
    const usage = decodeUsage(response['usage'])
    if (usage !== undefined && Object.keys(usage).length > 0) events.push({ type: 'usage', usage })
    const refused = items.some((item) => item.refused)
    const stopped = type === 'response.incomplete' ? { ...response, status: 'incomplete' } : response
    events.push({ type: 'finish', reason: decodeStop(stopped, this.#calls > 0, refused) })
    this.#ended = true
    return events
  }

  #failed(type: string, response: JsonRecord | undefined): StreamEvent[] {
    const error = asRecord(response?.['error'])
    return this.#fail(
      error === undefined
        ? { kind: 'server', status: 200, message: `the provider ended the answer with ${type}` }
        : errorFrom(200, { error }),
    )
  }

  #fail(error: UpstreamError): StreamEvent[] {
    this.#ended = true
    return [{ type: 'error', error }]
  }
}
