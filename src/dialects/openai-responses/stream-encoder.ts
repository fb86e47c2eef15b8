import type { StopReason, StreamEvent, Usage } from '../../chat/events.ts'
import type { AnswerMeta, ClientError, StreamEncoder } from '../types.ts'
import { askedThinking } from '../shared/asked-thinking.ts'
import { CallStream } from './call-stream.ts'
import { writeFailure } from './encode-error.ts'
import { EventWriter } from './event-writer.ts'
import { MessageStream, type StreamedItem } from './message-stream.ts'
import { itemId } from './output-items.ts'
import { ReasoningStream } from './reasoning-stream.ts'
import { encodeProof } from './reasoning.ts'
import { responseBody } from './response-body.ts'
import { encodeStatus } from './status.ts'
import { originsOf, type ToolOrigin } from './tool-origin.ts'
import { encodeUsage } from './usage.ts'

export function createStreamEncoder(meta: AnswerMeta): StreamEncoder {
  return new ResponseEncoder(meta)
}

/**
 * Writes the full sequence of events: Codex goes by `output_item.done` and `response.completed`, the official SDK by
 * all that comes before. One item follows the other; only calls whose arguments are still coming stay open.
 */
class ResponseEncoder implements StreamEncoder {
  readonly #meta: AnswerMeta
  readonly #writer = new EventWriter()
  readonly #origins: ReadonlyMap<string, ToolOrigin>
  readonly #items: StreamedItem[] = []
  readonly #calls = new Map<number, CallStream>()
  #opened = false
  #finish: StopReason = 'stop'
  #usage: Usage = {}

  constructor(meta: AnswerMeta) {
    this.#meta = meta
    this.#origins = originsOf(meta.request.tools)
  }

  push(event: StreamEvent): string {
    this.#open()
    this.#take(event)
    return this.#writer.flush()
  }

  end(): string {
    this.#open()
    for (const [index, item] of this.#items.entries()) {
      const isCut = this.#finish === 'length' && index === this.#items.length - 1
      item.close(isCut ? 'incomplete' : 'completed')
    }
    const { status, reason } = encodeStatus(this.#finish)
    const response = {
      ...responseBody(this.#meta),
      status,
      incomplete_details: reason === undefined ? null : { reason },
      output: this.#items.map((item) => item.item()),
      usage: encodeUsage(this.#usage),
    }
    this.#writer.write(`response.${status}`, { response })
    return this.#writer.flush()
  }

  fail(error: ClientError): string {
    this.#open()
    writeFailure(this.#writer, responseBody(this.#meta), error)
    return this.#writer.flush()
  }

  #take(event: StreamEvent): void {
    switch (event.type) {
      case 'text':
        if (event.text !== '') this.#message().push(event.text)
        break
      case 'thinking':
        if (event.text !== '') this.#reasoning().push(event.text)
        break
      case 'thinking_signature':
        this.#prove({ signature: event.signature })
        break
      case 'thinking_encrypted':
        this.#prove({ encrypted: event.data })
        break
      case 'tool_call_start':
        this.#addCall(event)
        break
      case 'tool_call_delta':
        this.#calls.get(event.index)?.push(event.arguments)
        break
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage }
        break
      case 'finish':
        this.#finish = event.reason
        break
      case 'start':
      case 'error':
        break
    }
  }

  #open(): void {
    if (this.#opened) return
    this.#opened = true
    const response = responseBody(this.#meta)
    this.#writer.write('response.created', { response })
    this.#writer.write('response.in_progress', { response })
  }

  #message(): MessageStream {
    const last = this.#items.at(-1)
    if (last instanceof MessageStream && last.isOpen) return last
    return this.#add((index) => new MessageStream(this.#writer, itemId('msg', this.#meta.id, index), index))
  }

  #reasoning(): ReasoningStream {
    const last = this.#items.at(-1)
    if (last instanceof ReasoningStream && last.isOpen) return last
    return this.#add((index) => new ReasoningStream(this.#writer, itemId('rs', this.#meta.id, index), index))
  }

  #prove(part: { signature?: string; encrypted?: string }): void {
    const proof = encodeProof(part)
    if (proof !== undefined) this.#reasoning().prove(proof)
  }

  /** The proof of a call goes before it as reasoning without words, which the client sends back. */
  #proveCall(part: { signature: string }): void {
    const proof = encodeProof(part)
    const item = this.#add((index) => new ReasoningStream(this.#writer, itemId('rs', this.#meta.id, index), index))
    if (proof !== undefined) item.prove(proof)
  }

  /** A call that is announced twice stays one call. */
  #addCall({ index: callIndex, id: callId, name, signature }: Extract<StreamEvent, { type: 'tool_call_start' }>): void {
    if (this.#calls.has(callIndex)) return
    if (signature !== undefined && askedThinking(this.#meta)) this.#proveCall({ signature })
    const call = { callId, name, origin: this.#origins.get(name) }
    const prefix = call.origin?.type === 'custom' ? 'ctc' : 'fc'
    const add = (index: number): CallStream => {
      return new CallStream(this.#writer, itemId(prefix, this.#meta.id, index), index, call)
    }
    this.#calls.set(callIndex, this.#add(add))
  }

  /** Starts an item behind the others. They are done, but for calls whose arguments are not whole yet. */
  #add<T extends StreamedItem>(create: (index: number) => T): T {
    for (const item of this.#items) if (!(item instanceof CallStream) || item.isWhole) item.close('completed')
    const item = create(this.#items.length)
    this.#items.push(item)
    return item
  }
}
