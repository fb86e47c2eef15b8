import type { StreamEvent, Usage } from '../../chat/events.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta, ClientError, StreamEncoder } from '../types.ts'
import { askedThinking } from '../shared/asked-thinking.ts'
import { BlockQueue } from './block-queue.ts'
import type { CallBlock } from './block-queue.ts'
import { encodeStreamError } from './encode-error.ts'
import { messageHead } from './encode-response.ts'
import { claim, toToolId } from './names.ts'
import { toWireStop } from './stop-reason.ts'
import { toWireUsage } from './usage.ts'

/**
 * Encodes one answer as Messages events. `message_start` waits for the first content, so that it can tell the input
 * tokens when the upstream gave them early.
 */
export function createStreamEncoder(meta: AnswerMeta): StreamEncoder {
  return new MessagesEncoder(meta)
}

class MessagesEncoder implements StreamEncoder {
  readonly #meta: AnswerMeta
  readonly #calls = new Map<number, CallBlock>()
  readonly #ids = new Set<string>()
  readonly #blocks: BlockQueue = new BlockQueue((event, data) => this.#write(event, data))
  #out = ''
  #started = false
  #usage: Usage = {}
  #finish: Extract<StreamEvent, { type: 'finish' }> = { type: 'finish', reason: 'stop' }

  constructor(meta: AnswerMeta) {
    this.#meta = meta
  }

  push(event: StreamEvent): string {
    switch (event.type) {
      case 'text':
        if (event.text !== '') this.#blocks.addText(event.text)
        break
      case 'thinking':
        if (event.text !== '') this.#blocks.addThinking(event.text)
        break
      case 'thinking_signature':
        this.#blocks.addSignature(event.signature)
        break
      case 'thinking_encrypted':
        this.#blocks.addEncrypted(event.data)
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
        this.#finish = event
        break
      case 'start':
      case 'error':
        break
    }
    return this.#flush()
  }

  end(): string {
    this.#blocks.close()
    this.#start()
    const delta = {
      stop_reason: toWireStop(this.#finish.reason, this.#calls.size > 0),
      stop_sequence: this.#finish.stopSequence ?? null,
    }
    // The official SDK throws when `usage` is missing here.
    this.#write('message_delta', { delta, usage: toWireUsage(this.#usage) })
    this.#write('message_stop', {})
    return this.#flush()
  }

  fail(error: ClientError): string {
    return encodeStreamError(error)
  }

  /** A call that is announced twice stays one call. */
  #addCall(event: Extract<StreamEvent, { type: 'tool_call_start' }>): void {
    if (this.#calls.has(event.index)) return
    // The proof of a call goes before it as reasoning without words, which the client sends back.
    if (event.signature !== undefined && askedThinking(this.#meta)) this.#blocks.addSignature(event.signature, true)
    const id = claim(toToolId(event.id), this.#ids)
    this.#calls.set(event.index, this.#blocks.addCall(id, event.name))
  }

  #start(): void {
    if (this.#started) return
    this.#started = true
    const usage = { ...toWireUsage(this.#usage), output_tokens: 0 }
    const message = { ...messageHead(this.#meta), content: [], stop_reason: null, stop_sequence: null, usage }
    this.#write('message_start', { message })
  }

  #write(event: string, data: JsonRecord): void {
    this.#start()
    this.#out += `event: ${event}\ndata: ${JSON.stringify({ type: event, ...data })}\n\n`
  }

  #flush(): string {
    const out = this.#out
    this.#out = ''
    return out
  }
}
