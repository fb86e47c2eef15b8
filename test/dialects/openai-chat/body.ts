import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { openaiChatClient } from '../../../src/dialects/openai-chat/index.ts'
import type { AnswerMeta, EncodeTarget, RequestFacts } from '../../../src/dialects/types.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'

type Json = Record<string, unknown>

/** A 1x1 PNG. */
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export function outlineOf(body: unknown): JsonOutline {
  return new JsonOutline(Buffer.from(JSON.stringify(body)))
}

export function factsOf(body: unknown): RequestFacts {
  return openaiChatClient.readFacts(outlineOf(body))
}

export function user(content: unknown): Json {
  return { role: 'user', content }
}

export function call(id: string, name: string, args: unknown): Json {
  return { id, type: 'function', function: { name, arguments: args } }
}

export function assistantCalls(...calls: Json[]): Json {
  return { role: 'assistant', content: null, tool_calls: calls }
}

export function result(id: string, content: unknown): Json {
  return { role: 'tool', tool_call_id: id, content }
}

export function tool(name: string, parameters: Json = { type: 'object', properties: {} }): Json {
  return { type: 'function', function: { name, parameters } }
}

export function image(url = `data:image/png;base64,${PNG}`): Json {
  return { type: 'image_url', image_url: { url } }
}

export function target(change: Partial<EncodeTarget> = {}): EncodeTarget {
  return { model: 'upstream-model', quirks: {}, inputTokens: 0, ...change }
}

export function request(change: Partial<ChatRequest> = {}): ChatRequest {
  return {
    model: 'sage/auto',
    messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
    tools: [],
    stream: false,
    ...change,
  }
}

export function meta(change: Partial<AnswerMeta> = {}): AnswerMeta {
  return { id: 'd1', model: 'acme/large', created: 1_767_225_600, request: request({ includeUsage: true }), ...change }
}
