import type { AssistantMessage, Message, TextPart, ThinkingPart, ToolCallPart } from '../../chat/request.ts'
import { CallIds } from '../shared/call-ids.ts'
import { contentTexts, decodeContent, decodeUser } from '../shared/content.ts'
import { argumentsText, asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { readCallSignature } from './extra-content.ts'
import { BadRequest } from '../types.ts'

/** Decodes the conversation. Throws `BadRequest` for a message that is no object or has no known role. */
export function decodeMessages(messages: readonly unknown[]): Message[] {
  const ids = new CallIds()
  return messages.map((message, index) => {
    const record = asRecord(message)
    if (record === undefined) throw new BadRequest('a message must be an object', `messages.${index}`)
    return decodeMessage(record, ids, `messages.${index}`)
  })
}

function decodeMessage(message: JsonRecord, ids: CallIds, where: string): Message {
  const content = message['content']
  switch (message['role']) {
    case 'system':
    case 'developer':
      return { role: 'system', content: texts(content) }
    case 'user':
      return decodeUser(content, where)
    case 'assistant':
      return decodeAssistant(message, ids)
    case 'tool':
    case 'function': {
      const name = asText(message['name'])
      const callId = ids.result(asText(message['tool_call_id']) ?? '') ?? ''
      return { role: 'tool', callId, ...(name !== undefined && { name }), content: decodeContent(content) }
    }
    default:
      throw new BadRequest('role must be one of system, developer, user, assistant, tool, function', `${where}.role`)
  }
}

function decodeAssistant(message: JsonRecord, ids: CallIds): AssistantMessage {
  const thinking = asText(message['reasoning_content']) ?? asText(message['reasoning'])
  const refusal = asText(message['refusal'])
  const parts: (TextPart | ThinkingPart | ToolCallPart)[] = []
  if (thinking !== undefined) parts.push({ type: 'thinking', text: thinking })
  parts.push(...texts(message['content']))
  if (refusal !== undefined) parts.push({ type: 'text', text: refusal })
  for (const call of asArray(message['tool_calls']) ?? []) {
    const part = decodeCall(asRecord(call), ids)
    if (part !== undefined) parts.push(part)
  }
  const single = asRecord(message['function_call'])
  if (single !== undefined) {
    const part = decodeCall({ function: single }, ids)
    if (part !== undefined) parts.push(part)
  }
  return { role: 'assistant', content: parts }
}

function decodeCall(call: JsonRecord | undefined, ids: CallIds): ToolCallPart | undefined {
  const definition = asRecord(call?.['function'])
  const custom = asRecord(call?.['custom'])
  const name = asText(definition?.['name']) ?? asText(custom?.['name'])
  if (call === undefined || name === undefined) return undefined
  // A custom tool takes free text; as JSON arguments it is an object with that text.
  const text =
    definition === undefined ? JSON.stringify({ input: custom?.['input'] }) : argumentsText(definition['arguments'])
  const signature = readCallSignature(call)
  return {
    type: 'tool_call',
    id: ids.call(asText(call['id']) ?? ''),
    name,
    arguments: text === '' ? '{}' : text,
    ...(signature !== undefined && { signature }),
  }
}

function texts(content: unknown): TextPart[] {
  return contentTexts(content).map((text) => ({ type: 'text', text }))
}
