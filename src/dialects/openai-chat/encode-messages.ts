import type { AssistantMessage, Message, SystemMessage, ToolMessage } from '../../chat/request.ts'
import type { Quirks } from '../quirks.ts'
import { CallIds, MAX_CHAT_ID } from '../shared/call-ids.ts'
import { joinTexts } from '../shared/texts.ts'
import { asArray } from '../shared/values.ts'
import type { JsonRecord } from '../shared/values.ts'
import { writeCallSignature } from './extra-content.ts'
import { encodeUserContent, splitToolContent } from './encode-content.ts'

/**
 * Encodes the conversation. What Chat cannot carry is noted in `dropped`: reasoning of other models, documents by URL,
 * results without a call.
 */
export function encodeMessages(messages: readonly Message[], quirks: Quirks, dropped: Set<string>): JsonRecord[] {
  const encoder = new MessageEncoder(quirks, dropped)
  for (const message of messages) encoder.add(message)
  return encoder.end()
}

class MessageEncoder {
  readonly #quirks: Quirks
  readonly #dropped: Set<string>
  readonly #ids = new CallIds(MAX_CHAT_ID)
  readonly #encoded: JsonRecord[] = []
  /** Media of the tool results in a row; they follow as one user message when the row ends. */
  #media: JsonRecord[] = []

  constructor(quirks: Quirks, dropped: Set<string>) {
    this.#quirks = quirks
    this.#dropped = dropped
  }

  add(message: Message): void {
    if (message.role === 'tool') {
      this.#addResult(message)
      return
    }
    this.#flushMedia()
    if (message.role === 'system') this.#encoded.push(encodeSystem(message))
    else if (message.role === 'assistant') this.#addAssistant(message)
    else this.#encoded.push({ role: 'user', content: encodeUserContent(message.content, this.#dropped) })
  }

  end(): JsonRecord[] {
    this.#flushMedia()
    return this.#encoded
  }

  /** A message of which nothing is left (only reasoning that cannot be echoed) is left out. */
  #addAssistant(message: AssistantMessage): void {
    const text = joinTexts(message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])))
    const field = this.#reasoningField()
    const reasoning = this.#reasoning(message, field)
    const calls = message.content.flatMap((part) => {
      if (part.type !== 'tool_call') return []
      const args = part.arguments === '' ? '{}' : part.arguments
      const proof = writeCallSignature(part.signature)
      return [
        { id: this.#ids.call(part.id), type: 'function', function: { name: part.name, arguments: args }, ...proof },
      ]
    })
    if (text === '' && calls.length === 0 && (reasoning ?? '') === '') return
    const last = this.#encoded.at(-1)
    const open = calls.length > 0 && last?.['role'] === 'assistant' ? asArray(last['tool_calls']) : undefined
    if (last !== undefined && open !== undefined && text === '' && (reasoning ?? '') === '') {
      // Parallel calls written one message each (clients of Ollama do): results must follow the message with the calls.
      last['tool_calls'] = [...open, ...calls]
      return
    }
    this.#encoded.push({
      role: 'assistant',
      content: text === '' && calls.length > 0 ? null : text,
      ...(field !== undefined && reasoning !== undefined && { [field]: reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    })
  }

  /** Reasoning to echo; undefined when the provider takes none. Where it is demanded, '' stands for lost reasoning. */
  #reasoning(message: AssistantMessage, field: string | undefined): string | undefined {
    const parts = message.content.flatMap((part) => (part.type === 'thinking' ? [part] : []))
    const text = joinTexts(parts.map((part) => part.text))
    if (parts.some((part) => field === undefined || part.text === '')) this.#dropped.add('thinking')
    if (field === undefined) return undefined
    return text === '' && this.#quirks.reasoning_required !== true ? undefined : text
  }

  #reasoningField(): string | undefined {
    return this.#quirks.reasoning_field ?? (this.#quirks.reasoning_required === true ? 'reasoning_content' : undefined)
  }

  #addResult(message: ToolMessage): void {
    const id = this.#ids.result(message.callId)
    if (id === undefined || !this.#ids.has(id)) {
      this.#dropped.add(`tool_result:${message.callId}`)
      return
    }
    const { text, media } = splitToolContent(message.content, this.#dropped)
    const content = text === '' && media.length > 0 ? 'The result is in the next user message.' : text
    this.#encoded.push({ role: 'tool', tool_call_id: id, content })
    if (media.length > 0) this.#media.push({ type: 'text', text: `Result of tool call ${id}:` }, ...media)
  }

  #flushMedia(): void {
    if (this.#media.length > 0) this.#encoded.push({ role: 'user', content: this.#media })
    this.#media = []
  }
}

function encodeSystem(message: SystemMessage): JsonRecord {
  return { role: 'system', content: joinTexts(message.content.map((part) => part.text)) }
}
