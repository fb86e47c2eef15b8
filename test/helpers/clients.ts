// The two client dialects, streamed or not: a request to send, and a reader that knows a whole answer from a cut one.
import assert from 'node:assert/strict'
import { request } from './http.ts'
import type { Answered } from './http.ts'

export interface TestClient {
  /** `chat, whole` … `messages, streamed`. */
  name: string
  dialect: 'chat' | 'messages'
  stream: boolean
  path: string
  /** Headers that a client of the dialect sends. */
  headers: Record<string, string>
  /** Text of a complete answer. Throws when the answer is not complete in its dialect. */
  readText(answer: string): string
  /** Message of an error answer. Throws when it does not have the dialect's shape. */
  readError(answer: string): string
}

const CHAT = { dialect: 'chat', path: '/v1/chat/completions', headers: {}, readError: readChatError } as const
const MESSAGES = {
  dialect: 'messages',
  path: '/v1/messages',
  headers: { 'anthropic-version': '2023-06-01' },
  readError: readMessagesError,
} as const

export const TEST_CLIENTS: readonly TestClient[] = [
  { ...CHAT, name: 'chat, whole', stream: false, readText: readCompletion },
  { ...CHAT, name: 'chat, streamed', stream: true, readText: readChatStream },
  { ...MESSAGES, name: 'messages, whole', stream: false, readText: readMessage },
  { ...MESSAGES, name: 'messages, streamed', stream: true, readText: readMessageStream },
]

/** Sends a short question; `fields` replace those of the body. */
export function ask(
  url: string,
  client: TestClient,
  fields: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answered> {
  const body = {
    model: 'auto',
    max_tokens: 100,
    messages: [{ role: 'user', content: 'hello there' }],
    ...(client.stream && { stream: true }),
    ...fields,
  }
  return request(url + client.path, { body, headers: { ...client.headers, ...headers } })
}

/** Data of the events of a stream, parsed; `[DONE]` is left out. */
export function readEvents(stream: string): Record<string, unknown>[] {
  return stream
    .split('\n')
    .filter((line) => line.startsWith('data: {'))
    .map((line) => JSON.parse(line.slice('data: '.length)) as Record<string, unknown>)
}

function readCompletion(answer: string): string {
  const { choices } = JSON.parse(answer) as { choices: { message: { content: string | null } }[] }
  return choices[0]?.message.content ?? ''
}

function readChatStream(answer: string): string {
  assert.ok(answer.endsWith('data: [DONE]\n\n'), 'the stream must end with [DONE]')
  const chunks = readEvents(answer) as { choices?: { delta?: { content?: string | null } }[] }[]
  return chunks.map(({ choices }) => choices?.[0]?.delta?.content ?? '').join('')
}

function readMessage(answer: string): string {
  const { content } = JSON.parse(answer) as { content: { type: string; text?: string }[] }
  return content.map(({ text }) => text ?? '').join('')
}

function readMessageStream(answer: string): string {
  assert.ok(answer.includes('event: message_stop'), 'the stream must end with message_stop')
  const events = readEvents(answer) as { delta?: { text?: string } }[]
  return events.map(({ delta }) => delta?.text ?? '').join('')
}

function readChatError(answer: string): string {
  const { error, ...rest } = JSON.parse(answer) as { error: Record<string, unknown> }
  assert.deepEqual(rest, {})
  assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type'])
  assert.equal(typeof error['type'], 'string')
  assert.equal(typeof error['code'], 'string')
  return nonEmpty(error['message'])
}

function readMessagesError(answer: string): string {
  const { type, error } = JSON.parse(answer) as { type: string; error: Record<string, unknown> }
  assert.equal(type, 'error')
  assert.match(String(error['type']), /^(?:[a-z_]+_error|request_too_large)$/)
  return nonEmpty(error['message'])
}

function nonEmpty(message: unknown): string {
  assert.ok(typeof message === 'string' && message !== '', 'an error must have a message')
  return message
}
