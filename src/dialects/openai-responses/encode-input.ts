import type { AssistantMessage, Message, ThinkingPart, ToolCallPart, ToolMessage } from '../../chat/request.ts'
import { CallIds, MAX_RESPONSES_ID } from '../shared/call-ids.ts'
import type { JsonRecord } from '../shared/values.ts'
import { encodeContent, encodeToolOutput } from './encode-content.ts'
import { inputOfArguments, type ToolOrigin } from './tool-origin.ts'

/**
 * Encodes the conversation as items. What they cannot carry is noted in `dropped`: reasoning without a payload that
 * this dialect's models can read, results without a call.
 */
export function encodeItems(
  messages: readonly Message[],
  origins: ReadonlyMap<string, ToolOrigin>,
  dropped: Set<string>,
): JsonRecord[] {
  const encoder = new ItemEncoder(origins, dropped)
  return messages.flatMap((message) => encoder.encode(message))
}

class ItemEncoder {
  readonly #origins: ReadonlyMap<string, ToolOrigin>
  readonly #dropped: Set<string>
  readonly #ids = new CallIds(MAX_RESPONSES_ID)
  /** Ids of calls of free-text tools: their results are items of another type. */
  readonly #custom = new Set<string>()

  constructor(origins: ReadonlyMap<string, ToolOrigin>, dropped: Set<string>) {
    this.#origins = origins
    this.#dropped = dropped
  }

  encode(message: Message): JsonRecord[] {
    switch (message.role) {
      case 'system':
        return [{ type: 'message', role: 'system', content: encodeContent(message.content, this.#dropped) }]
      case 'user':
        return [{ type: 'message', role: 'user', content: encodeContent(message.content, this.#dropped) }]
      case 'assistant':
        return message.content.flatMap((part) => this.#encodePart(part))
      case 'tool':
        return this.#encodeResult(message)
    }
  }

  #encodePart(part: AssistantMessage['content'][number]): JsonRecord[] {
    switch (part.type) {
      case 'text': {
        if (part.text === '') return []
        return [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: part.text }] }]
      }
      case 'thinking':
        return this.#encodeReasoning(part)
      case 'tool_call':
        return [this.#encodeCall(part)]
    }
  }

  /** Reasoning is replayed for its payload; words alone, without the id of a stored item, are refused. */
  #encodeReasoning(part: ThinkingPart): JsonRecord[] {
    if (part.encrypted === undefined) {
      this.#dropped.add('thinking')
      return []
    }
    const summary = part.text === '' ? [] : [{ type: 'summary_text', text: part.text }]
    return [{ type: 'reasoning', summary, encrypted_content: part.encrypted }]
  }

  #encodeCall(part: ToolCallPart): JsonRecord {
    const origin = this.#origins.get(part.name)
    const callId = this.#ids.call(part.id)
    const head = {
      call_id: callId,
      name: origin?.name ?? part.name,
      ...(origin?.namespace !== undefined && { namespace: origin.namespace.name }),
    }
    if (origin?.type !== 'custom') {
      return { type: 'function_call', ...head, arguments: part.arguments === '' ? '{}' : part.arguments }
    }
    this.#custom.add(callId)
    return { type: 'custom_tool_call', ...head, input: inputOfArguments(part.arguments) }
  }

  #encodeResult(message: ToolMessage): JsonRecord[] {
    const id = this.#ids.result(message.callId)
    if (id === undefined || !this.#ids.has(id)) {
      this.#dropped.add(`tool_result:${message.callId}`)
      return []
    }
    const type = this.#custom.has(id) ? 'custom_tool_call_output' : 'function_call_output'
    return [{ type, call_id: id, output: encodeToolOutput(message.content, this.#dropped) }]
  }
}
