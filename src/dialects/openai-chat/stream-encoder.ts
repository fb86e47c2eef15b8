import type { StopReason, StreamEvent, Usage } from '../../chat/events.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta, ClientError, StreamEncoder } from '../types.ts'
import { encodeStreamError } from './encode-error.ts'
import { writeCallSignature } from './extra-content.ts'
import { encodeFinish } from './finish-reason.ts'
import { encodeUsage } from './usage.ts'

export function createStreamEncoder(meta: AnswerMeta): StreamEncoder {
  return new ChunkEncoder(meta)
}

/** Writes `chat.completion.chunk` events. The first carries the role: LangChain loses tool calls without it. */
class ChunkEncoder implements StreamEncoder {
  readonly #meta: AnswerMeta
  #opened = false
  /** Tool calls by index; true once they have arguments. */
  readonly #calls = new Map<number, boolean>()
  #finish: StopReason | undefined
  #usage: Usage = {}

  constructor(meta: AnswerMeta) {
    this.#meta = meta
  }

  push(event: StreamEvent): string {
    switch (event.type) {
      case 'start':
        return this.#open()
      case 'text':
        return event.text === '' ? '' : this.#delta({ content: event.text })
      case 'thinking':
        return event.text === '' ? '' : this.#delta({ reasoning_content: event.text })
      case 'tool_call_start': {
        this.#calls.set(event.index, false)
        const { index, id, name, signature } = event
        const call = {
          index,
          id,
          type: 'function',
          function: { name, arguments: '' },
          ...writeCallSignature(signature),
        }
        return this.#delta({ tool_calls: [call] })
      }
      case 'tool_call_delta':
        return event.arguments === '' ? '' : this.#arguments(event.index, event.arguments)
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage }
        return ''
      case 'finish':
        this.#finish = event.reason
        return ''
      case 'thinking_signature':
      case 'thinking_encrypted':
      case 'error':
        return ''
    }
  }

  end(): string {
    let text = this.#open()
    // Clients parse the arguments: a call without any must still give JSON.
    for (const [index, written] of this.#calls) if (!written) text += this.#arguments(index, '{}')
    text += this.#chunk([choice({}, encodeFinish(this.#finish ?? (this.#calls.size > 0 ? 'tool_calls' : 'stop')))])
    if (this.#meta.request.includeUsage === true) text += this.#chunk([], { usage: encodeUsage(this.#usage) })
    return `${text}data: [DONE]\n\n`
  }

  fail(error: ClientError): string {
    return encodeStreamError(error)
  }

  #open(): string {
    if (this.#opened) return ''
    this.#opened = true
    return this.#chunk([choice({ role: 'assistant', content: '' }, null)])
  }

  #arguments(index: number, text: string): string {
    this.#calls.set(index, true)
    return this.#delta({ tool_calls: [{ index, function: { arguments: text } }] })
  }

  #delta(delta: JsonRecord): string {
    return this.#open() + this.#chunk([choice(delta, null)])
  }

  #chunk(choices: JsonRecord[], more?: JsonRecord): string {
    const { id, created, model } = this.#meta
    const chunk = { id: `chatcmpl-${id}`, object: 'chat.completion.chunk', created, model, choices, ...more }
    return `data: ${JSON.stringify(chunk)}\n\n`
  }
}

function choice(delta: JsonRecord, finish: string | null): JsonRecord {
  return { index: 0, delta, logprobs: null, finish_reason: finish }
}
