import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { ollamaClient, ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import type { AnswerMeta, EncodeTarget, RequestFacts } from '../../../src/dialects/types.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'

export type Json = Record<string, unknown>

/** The first bytes of an image of each kind, as base64. */
export const IMAGES: Readonly<Record<'png' | 'jpeg' | 'gif' | 'webp', string>> = {
  png: base64('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'),
  jpeg: base64('\xff\xd8\xff\xe0\0\x10JFIF'),
  gif: base64('GIF89a\x01\0\x01\0'),
  webp: base64('RIFF\x1a\0\0\0WEBPVP8 '),
}

function base64(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('base64')
}

/** 2026-01-01T00:00:00.000Z. */
export const CREATED = 1_767_225_600

export const META: AnswerMeta = {
  id: 'd1',
  model: 'acme/large',
  created: CREATED,
  request: { model: 'sage/auto', messages: [], tools: [], stream: true },
}

export function outlineOf(body: unknown): JsonOutline {
  return new JsonOutline(Buffer.from(JSON.stringify(body)))
}

/** Facts of a chat request; a model and one message are there unless the body has its own. */
export function factsOf(body: Json): RequestFacts {
  return ollamaClient.readFacts(outlineOf({ model: 'm', messages: [{ role: 'user', content: 'hi' }], ...body }))
}

export function target(change: Partial<EncodeTarget> = {}): EncodeTarget {
  return { model: 'llama3.2:3b', quirks: {}, inputTokens: 0, ...change }
}

/** As it travels: through JSON. */
export function wire(body: unknown): Json {
  return JSON.parse(JSON.stringify(body)) as Json
}

/** The documents of a stream's text. Throws when a line is not JSON, or the last one has no end. */
export function linesOf(text: string): Json[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end')
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Json)
}

/** The text of a whole chat stream. */
export function encodeStream(events: readonly StreamEvent[]): string {
  const encoder = ollamaClient.createStreamEncoder(META)
  return events.map((event) => encoder.push(event)).join('') + encoder.end()
}

/** Decodes the bytes of a stream, cut at the given offsets. */
export function decodeStream(text: string, cuts: readonly number[] = []): StreamEvent[] {
  const bytes = Buffer.from(text)
  const framer = createFramer('ndjson')
  const decoder = ollamaProvider.createStreamDecoder()
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const frames = [0, ...places].flatMap((from, index) => framer.push(bytes.subarray(from, places[index])))
  const rest = framer.end()
  return (rest === undefined ? frames : [...frames, rest]).flatMap((frame) => decoder.push(frame))
}

export function response(change: Partial<ChatResponse> = {}): ChatResponse {
  return { content: [{ type: 'text', text: 'Hello.' }], finish: 'stop', usage: { input: 26, output: 8 }, ...change }
}
