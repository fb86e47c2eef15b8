import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ChatRequest, Message, Tool, ToolCallPart } from '../../../src/chat/request.ts'
import { openCall, type ChatResponse } from '../../../src/chat/response.ts'
import { geminiProvider } from '../../../src/dialects/gemini/index.ts'
import type { AnswerMeta, EncodeTarget } from '../../../src/dialects/types.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { assertAccepted } from './request-rules.ts'

export const HI: Message = { role: 'user', content: [{ type: 'text', text: 'hi' }] }
export const TOOL: Tool = { type: 'function', name: 'f', schema: { type: 'object', properties: {} } }
export const BASE: ChatRequest = { model: 'sage/auto', messages: [HI], tools: [], stream: false }

/** Of a client that wants to see thoughts. */
export const META: AnswerMeta = {
  id: 'd1',
  model: 'google/gemini',
  created: 1_700_000_000,
  request: { ...BASE, thinking: { mode: 'auto' } },
}

export function target(over: Partial<EncodeTarget> = {}): EncodeTarget {
  return { model: 'gemini-3-flash-preview', quirks: {}, inputTokens: 0, ...over }
}

export function outline(body: unknown): JsonOutline {
  return new JsonOutline(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
}

/** Encodes a request and checks that the API would take it. */
export function encode(
  request: Partial<ChatRequest>,
  over: Partial<EncodeTarget> = {},
): { body: Record<string, unknown>; dropped: string[] } {
  const encoded = geminiProvider.encodeRequest({ ...BASE, ...request }, target(over))
  assertAccepted(encoded.body, target(over).model)
  return encoded
}

export function text(role: 'user' | 'assistant' | 'system', words: string): Message {
  return { role, content: [{ type: 'text', text: words }] }
}

export function calls(...ids: string[]): Message {
  return { role: 'assistant', content: ids.map((id) => call(id)) }
}

export function call(id: string, signature?: string): ToolCallPart {
  return { type: 'tool_call', id, name: 'f', arguments: '{}', ...(signature !== undefined && { signature }) }
}

export function result(callId: string, words = 'done'): Message {
  return { role: 'tool', callId, content: [{ type: 'text', text: words }] }
}

/** Decodes stream bytes cut at the given offsets. */
export function decodeStream(wire: string, cuts: readonly number[] = []): StreamEvent[] {
  const bytes = Buffer.from(wire)
  const framer = createFramer('sse')
  const decoder = geminiProvider.createStreamDecoder()
  const events: StreamEvent[] = []
  let from = 0
  for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    for (const frame of framer.push(bytes.subarray(from, cut))) events.push(...decoder.push(frame))
    from = cut
  }
  const rest = framer.end()
  if (rest !== undefined) events.push(...decoder.push(rest))
  return events
}

/** The answer that the events of a stream make, with calls found by their index. */
export function collect(events: readonly StreamEvent[]): ChatResponse {
  const content: ChatResponse['content'] = []
  const found: ToolCallPart[] = []
  const answer: ChatResponse = { content, finish: 'stop', usage: {} }
  const callAt = (index: number): ToolCallPart => {
    const part = found[index]
    if (part === undefined) throw new Error(`call ${index} was not announced`)
    return part
  }
  for (const event of events) {
    const last = content.at(-1)
    const open = last?.type === 'thinking' && last.signature === undefined ? last : undefined
    switch (event.type) {
      case 'start':
        if (event.id !== undefined) answer.id = event.id
        if (event.model !== undefined) answer.model = event.model
        break
      case 'text':
        if (last?.type === 'text') last.text += event.text
        else content.push({ type: 'text', text: event.text })
        break
      case 'thinking':
        if (open === undefined) content.push({ type: 'thinking', text: event.text })
        else open.text += event.text
        break
      case 'thinking_signature':
        if (open === undefined) content.push({ type: 'thinking', text: '', signature: event.signature })
        else open.signature = event.signature
        break
      case 'thinking_encrypted':
        content.push({ type: 'thinking', text: '', encrypted: event.data })
        break
      case 'tool_call_start':
        found[event.index] = openCall(event)
        content.push(callAt(event.index))
        break
      case 'tool_call_delta':
        callAt(event.index).arguments += event.arguments
        break
      case 'usage':
        answer.usage = { ...answer.usage, ...event.usage }
        break
      case 'finish':
        answer.finish = event.reason
        break
      case 'error':
        throw new Error(event.error.message)
    }
  }
  return answer
}
