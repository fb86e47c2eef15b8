import type { AssistantMessage, Message, ToolCallPart, ToolMessage } from '../../chat/request.ts'
import { CallIds } from '../shared/call-ids.ts'
import { decodeUser } from '../shared/content.ts'
import { argumentsText, asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { BadRequest } from '../types.ts'
import { decodeTexts, decodeToolOutput } from './decode-content.ts'
import { itemKind } from './item-kind.ts'
import { decodeReasoning } from './reasoning.ts'
import { argumentsOfInput, flatName } from './tool-origin.ts'

/** Items of `input`: a string is one user message. Throws `BadRequest` when it is neither text nor a list of objects. */
export function itemsOf(input: unknown): JsonRecord[] {
  if (input === undefined || input === null || typeof input === 'string')
    return [{ role: 'user', content: input ?? '' }]
  const items = asArray(input)
  if (items === undefined) throw new BadRequest('input must be a string or an array of items', 'input')
  return items.map((item, index) => {
    const record = asRecord(item)
    if (record === undefined) throw new BadRequest('an input item must be an object', `input.${index}`)
    return record
  })
}

/**
 * Decodes the conversation. Reasoning, texts and calls of one assistant turn are separate items and become one
 * message. Items that have no canonical form are left out.
 */
export function decodeItems(items: readonly JsonRecord[]): Message[] {
  const conversation = new Conversation()
  for (const [index, item] of items.entries()) conversation.add(item, `input.${index}`)
  return conversation.end()
}

class Conversation {
  readonly #messages: Message[] = []
  readonly #ids = new CallIds()

  add(item: JsonRecord, param: string): void {
    switch (itemKind(item['type'], item['role'])) {
      case 'system':
        this.#messages.push({ role: 'system', content: decodeTexts(item['content']) })
        break
      case 'user':
        this.#messages.push(decodeUser(item['content'], param))
        break
      case 'assistant': {
        const texts = decodeTexts(item['content'])
        if (texts.length > 0) this.#assistant().content.push(...texts)
        break
      }
      case 'reasoning': {
        const part = decodeReasoning(item)
        if (part !== undefined) this.#assistant().content.push(part)
        break
      }
      case 'call': {
        const call = this.#decodeCall(item)
        if (call !== undefined) this.#assistant().content.push(call)
        break
      }
      case 'result':
        if (RESULTS.has(String(item['type']))) this.#addResult(item)
        break
      case 'tools':
        break
      case 'other':
        checkReference(item, param)
    }
  }

  end(): Message[] {
    return inCallOrder(this.#messages)
  }

  /** The assistant message that goes on; calls and their texts follow each other without a message in between. */
  #assistant(): AssistantMessage {
    const last = this.#messages.at(-1)
    if (last?.role === 'assistant') return last
    const message: AssistantMessage = { role: 'assistant', content: [] }
    this.#messages.push(message)
    return message
  }

  #decodeCall(item: JsonRecord): ToolCallPart | undefined {
    const name = asText(item['name'])
    if (name === undefined) return undefined
    const text =
      item['type'] === 'custom_tool_call' ? argumentsOfInput(item['input']) : argumentsText(item['arguments'])
    return {
      type: 'tool_call',
      id: this.#ids.call(asText(item['call_id']) ?? asText(item['id']) ?? ''),
      name: flatName(asText(item['namespace']), name),
      arguments: text === '' ? '{}' : text,
    }
  }

  #addResult(item: JsonRecord): void {
    const callId = this.#ids.result(asText(item['call_id']) ?? '') ?? ''
    this.#messages.push({ role: 'tool', callId, content: decodeToolOutput(item['output']) })
  }
}

/** Outputs of the calls that are decoded. */
const RESULTS: ReadonlySet<string> = new Set(['function_call_output', 'custom_tool_call_output'])

/** A reference to a stored item cannot be looked up; only reasoning can be left out without harm. */
function checkReference(item: JsonRecord, param: string): void {
  if (item['type'] !== 'item_reference' || (asText(item['id']) ?? '').startsWith('rs_')) return
  throw new BadRequest(
    'the router keeps no responses, so it cannot look up an item_reference: send the item itself (store: false)',
    param,
  )
}

/** Results in a row in the order of their calls: some dialects tell them apart by position alone. */
function inCallOrder(messages: readonly Message[]): Message[] {
  const ordered: Message[] = []
  let calls: string[] = []
  let results: ToolMessage[] = []
  const flush = (): void => {
    const place = (result: ToolMessage): number => {
      const index = calls.indexOf(result.callId)
      return index === -1 ? calls.length : index
    }
    ordered.push(...results.toSorted((a, b) => place(a) - place(b)))
    results = []
  }
  for (const message of messages) {
    if (message.role === 'tool') {
      results.push(message)
      continue
    }
    flush()
    if (message.role === 'assistant') {
      calls = message.content.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []))
    }
    ordered.push(message)
  }
  flush()
  return ordered
}
