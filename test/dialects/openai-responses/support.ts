import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import { openaiResponsesClient, openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import type { AnswerMeta, EncodeTarget, RequestFacts } from '../../../src/dialects/types.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'

export type Json = Record<string, unknown>

/** A 1x1 PNG. */
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

export function outlineOf(body: unknown): JsonOutline {
  return new JsonOutline(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
}

export function factsOf(body: unknown): RequestFacts {
  return openaiResponsesClient.readFacts(outlineOf(body))
}

/** Decodes a body with these items. */
export function decode(input: unknown, more: Json = {}): ChatRequest {
  return openaiResponsesClient.decodeRequest({ model: 'sage/auto', input, ...more })
}

export function user(...content: unknown[]): Json {
  return { type: 'message', role: 'user', content: content.map(asPart) }
}

function asPart(part: unknown): unknown {
  return typeof part === 'string' ? { type: 'input_text', text: part } : part
}

export function said(text: string): Json {
  return { type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }
}

export function call(id: string, name: string, args: string, more: Json = {}): Json {
  return { type: 'function_call', call_id: id, name, arguments: args, ...more }
}

export function result(id: string, output: unknown): Json {
  return { type: 'function_call_output', call_id: id, output }
}

export function image(url = `data:image/png;base64,${PNG}`): Json {
  return { type: 'input_image', image_url: url }
}

export function tool(name: string, more: Json = {}): Json {
  return { type: 'function', name, parameters: { type: 'object', properties: {} }, strict: false, ...more }
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
  return { id: 'd1', model: 'acme/large', created: 1_767_225_600, request: request(), ...change }
}

/** As it travels: through JSON. */
export function wire(body: unknown): Json {
  return JSON.parse(JSON.stringify(body)) as Json
}

/** Wire text of a stream of these events. */
export function encodeStream(events: readonly StreamEvent[], about: AnswerMeta = meta()): string {
  const encoder = openaiResponsesClient.createStreamEncoder(about)
  return events.map((event) => encoder.push(event)).join('') + encoder.end()
}

/** Decodes stream bytes cut at the given offsets. */
export function decodeStream(text: string, cuts: readonly number[] = []): StreamEvent[] {
  const bytes = Buffer.from(text)
  const framer = createFramer('sse')
  const decoder = openaiResponsesProvider.createStreamDecoder()
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const frames = [0, ...places].flatMap((from, index) => framer.push(bytes.subarray(from, places[index])))
  const rest = framer.end()
  return (rest === undefined ? frames : [...frames, rest]).flatMap((frame) => decoder.push(frame))
}
