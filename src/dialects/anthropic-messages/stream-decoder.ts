import type { StreamEvent } from '../../chat/events.ts'
import { isRecord } from '../../lib/is-record.ts'
import { toArguments } from '../shared/tool-input.ts'
import { parseJson, toRecord, toText, type JsonRecord } from '../shared/values.ts'
import type { Frame, StreamDecoder } from '../types.ts'
import { decodeError, decodeErrorBody } from './decode-error.ts'
import { fromWireStop } from './stop-reason.ts'
import { createUsageTally } from './usage.ts'

/**
 * Decodes the events of one Messages stream. The stop reason finishes the answer, `message_stop` only its stream; after
 * that or an error nothing more is said.
 */
export function createStreamDecoder(): StreamDecoder {
  return new MessagesDecoder()
}

/** The content block that is open on the wire. */
interface OpenBlock {
  type: string
  /** Index of the tool call; -1 for other blocks. */
  call: number
  /** `input` of the block's start: used when no piece of arguments follows. */
  input: unknown
  hasArguments: boolean
  signature: string
}

class MessagesDecoder implements StreamDecoder {
  readonly #usage = createUsageTally()
  #block: OpenBlock | undefined
  #calls = 0
  /** Index of the block that was not closed on the wire. */
  #unclosed: unknown
  #finished = false
  #stopped = false
  #done = false

  get ended(): boolean {
    return this.#done
  }

  missingEnd(): string {
    const close = this.#unclosed === undefined ? '' : wireEvent('content_block_stop', { index: this.#unclosed })
    return this.#stopped ? '' : close + wireEvent('message_stop', {})
  }

  push(frame: Frame): StreamEvent[] {
    if (this.#done || frame.data === '' || frame.data === '[DONE]') return []
    const data = parseJson(frame.data)
    if (frame.event === 'error' || toRecord(data)['type'] === 'error') return this.#fail(frame.data)
    if (!isRecord(data)) {
      this.#done = true
      return [{ type: 'error', error: { kind: 'bad_answer', status: 200, message: 'a stream event is not JSON' } }]
    }
    return this.#event(data)
  }

  #event(data: JsonRecord): StreamEvent[] {
    switch (data['type']) {
      case 'message_start':
        return this.#start(toRecord(data['message']))
      case 'content_block_start':
        this.#unclosed = data['index']
        return [...this.#closeBlock(), ...this.#openBlock(toRecord(data['content_block']))]
      case 'content_block_delta':
        return this.#delta(toRecord(data['delta']))
      case 'content_block_stop':
        this.#unclosed = undefined
        return this.#closeBlock()
      case 'message_delta':
        return [...this.#closeBlock(), ...this.#messageDelta(data)]
      case 'message_stop':
        return [...this.#closeBlock(), ...this.#stop()]
      case undefined:
        return decodeErrorBody(data) === undefined ? [] : this.#fail(JSON.stringify(data))
      default:
        return []
    }
  }

  #start(message: JsonRecord): StreamEvent[] {
    const id = toText(message['id'])
    const model = toText(message['model'])
    const start: StreamEvent = { type: 'start', ...(id !== '' && { id }), ...(model !== '' && { model }) }
    return [start, ...this.#usageEvent(message['usage'])]
  }

  #openBlock(block: JsonRecord): StreamEvent[] {
    const type = toText(block['type'])
    const call = type === 'tool_use' ? this.#calls++ : -1
    this.#block = { type, call, input: block['input'], hasArguments: false, signature: toText(block['signature']) }
    switch (type) {
      case 'text':
        return textEvent('text', block['text'])
      case 'thinking':
        return textEvent('thinking', block['thinking'])
      case 'redacted_thinking':
        return toText(block['data']) === '' ? [] : [{ type: 'thinking_encrypted', data: toText(block['data']) }]
      case 'tool_use':
        return [{ type: 'tool_call_start', index: call, id: toText(block['id']), name: toText(block['name']) }]
      default:
        return []
    }
  }

  /** The delta's own type decides what it is: compatible servers put text into blocks of another type. */
  #delta(delta: JsonRecord): StreamEvent[] {
    switch (delta['type']) {
      case 'text_delta':
        return textEvent('text', delta['text'])
      case 'thinking_delta':
        return textEvent('thinking', delta['thinking'])
      case 'signature_delta':
        if (this.#block !== undefined) this.#block.signature = toText(delta['signature'])
        return []
      case 'input_json_delta':
        return this.#argumentsDelta(toText(delta['partial_json']))
      default:
        return []
    }
  }

  #argumentsDelta(text: string): StreamEvent[] {
    const block = this.#block
    if (text === '' || block === undefined || block.call < 0) return []
    block.hasArguments = true
    return [{ type: 'tool_call_delta', index: block.call, arguments: text }]
  }

  #closeBlock(): StreamEvent[] {
    const block = this.#block
    this.#block = undefined
    if (block === undefined) return []
    if (block.call >= 0 && !block.hasArguments) {
      return [{ type: 'tool_call_delta', index: block.call, arguments: toArguments(block.input) }]
    }
    return block.type === 'thinking' && block.signature !== ''
      ? [{ type: 'thinking_signature', signature: block.signature }]
      : []
  }

  #messageDelta(data: JsonRecord): StreamEvent[] {
    const delta = toRecord(data['delta'])
    const reason = toText(delta['stop_reason'])
    return [
      ...this.#usageEvent(data['usage']),
      ...(reason === '' ? [] : [this.#finish(reason, toText(delta['stop_sequence']))]),
    ]
  }

  #usageEvent(usage: unknown): StreamEvent[] {
    return this.#usage.add(usage) ? [{ type: 'usage', usage: this.#usage.total() }] : []
  }

  #finish(reason: string, stopSequence: string): StreamEvent {
    this.#finished = true
    return {
      type: 'finish',
      reason: fromWireStop(reason, this.#calls > 0),
      ...(stopSequence !== '' && { stopSequence }),
    }
  }

  #stop(): StreamEvent[] {
    this.#done = true
    this.#stopped = true
    return this.#finished ? [] : [this.#finish('', '')]
  }

  #fail(body: string): StreamEvent[] {
    this.#done = true
    return [{ type: 'error', error: decodeError(200, body) }]
  }
}

function wireEvent(type: string, data: JsonRecord): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`
}

function textEvent(type: 'text' | 'thinking', text: unknown): StreamEvent[] {
  return typeof text === 'string' && text !== '' ? [{ type, text }] : []
}
