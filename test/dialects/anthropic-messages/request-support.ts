import type { ChatRequest, Message, Tool } from '../../../src/chat/request.ts'
import { anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { assertAccepted } from './request-rules.ts'
import { BASE, target } from './support.ts'

export const HI: Message = { role: 'user', content: [{ type: 'text', text: 'hi' }] }
export const TOOL: Tool = { type: 'function', name: 'f', schema: { type: 'object', properties: {} } }

/** Encodes a request and checks that the API would take it. */
export function encode(
  request: Partial<ChatRequest>,
  over: Partial<EncodeTarget> = {},
): { body: Record<string, unknown>; dropped: string[] } {
  const encoded = anthropicProvider.encodeRequest({ ...BASE, messages: [HI], ...request }, target(over))
  assertAccepted(encoded.body, over.output)
  return encoded
}

export function text(role: 'user' | 'assistant' | 'system', words: string): Message {
  return { role, content: [{ type: 'text', text: words }] }
}

export function calls(...ids: string[]): Message {
  return { role: 'assistant', content: ids.map((id) => ({ type: 'tool_call', id, name: 'f', arguments: '{}' })) }
}

export function result(callId: string, words = 'done'): Message {
  return { role: 'tool', callId, content: [{ type: 'text', text: words }] }
}
