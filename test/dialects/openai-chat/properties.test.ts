import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { humanText } from '../../../src/dialects/human-turn.ts'
import { openaiChatClient, openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { chatStream } from '../../helpers/openai-chat-replies.ts'
import { requests, responses } from './arbitraries.ts'
import { factsOf, meta, target } from './body.ts'
import { collect, sayOf } from './collect.ts'

const quirks = { reasoning_field: 'reasoning_content' as const }

function encode(request: ChatRequest): Record<string, unknown> {
  const { body, dropped } = openaiChatProvider.encodeRequest(request, target({ model: request.model, quirks }))
  assert.deepEqual(dropped, [])
  return body
}

/** As it travels: through JSON. */
function wire(body: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(body)) as Record<string, unknown>
}

test('a request survives encoding and decoding', () => {
  fc.assert(
    fc.property(requests, (request) => {
      assert.deepEqual(openaiChatClient.decodeRequest(wire(encode(request))), request)
    }),
  )
})

function decodeBytes(bytes: Buffer, cuts: readonly number[]): StreamEvent[] {
  const framer = createFramer('sse')
  const decoder = openaiChatProvider.createStreamDecoder()
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  const frames = [0, ...places].flatMap((from, index) => framer.push(bytes.subarray(from, places[index])))
  const rest = framer.end()
  return (rest === undefined ? frames : [...frames, rest]).flatMap((frame) => decoder.push(frame))
}

function encodeStream(events: readonly StreamEvent[]): Buffer {
  const encoder = openaiChatClient.createStreamEncoder(meta())
  return Buffer.from(events.map((event) => encoder.push(event)).join('') + encoder.end())
}

test('a streamed answer says what the whole answer says', () => {
  fc.assert(
    fc.property(responses, (response) => {
      const streamed = collect(decodeBytes(encodeStream(toEvents(response)), []))
      const whole = sayOf(openaiChatProvider.decodeResponse(wire(openaiChatClient.encodeResponse(response, meta()))))
      assert.deepEqual(streamed, whole)
      assert.deepEqual(streamed, sayOf(response))
    }),
  )
})

test('however the bytes are cut, the events are the same', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 30 })
  fc.assert(
    fc.property(responses, cuts, (response, places) => {
      const bytes = encodeStream(toEvents(response))
      assert.deepEqual(decodeBytes(bytes, places), decodeBytes(bytes, []))
    }),
  )
})

test('however the text is cut into chunks, the answer is the same', () => {
  const toolCalls = [
    { id: 'c1', name: 'f', arguments: { path: 'a b', n: [1, 2] } },
    { id: 'c2', name: 'g', arguments: '{}' },
  ]
  const reply = { model: 'm', thinking: 'let me see', text: 'héllo 🌍', toolCalls }
  const expected = {
    thinking: 'let me see',
    text: 'héllo 🌍',
    calls: [
      { id: 'c1', name: 'f', arguments: '{"path":"a b","n":[1,2]}' },
      { id: 'c2', name: 'g', arguments: '{}' },
    ],
    finish: 'tool_calls',
    usage: { input: 10, output: 5, cacheRead: 0, reasoning: 0 },
  }
  for (let chunkSize = 1; chunkSize < 25; chunkSize++) {
    const bytes = Buffer.from(`: a comment\n\n${chatStream(reply, { chunkSize }).join('')}`)
    assert.deepEqual(collect(decodeBytes(bytes, [7, 100, 333])), expected)
  }
})

test('garbage makes error events, never throws', () => {
  const piece = fc.oneof(
    fc.json(),
    fc.string(),
    fc.constantFrom('{"choices":[{"delta":{"tool_calls":[{"index":"x"}]}}]}'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (datas) => {
      const decoder = openaiChatProvider.createStreamDecoder()
      const events = datas.flatMap((data) => decoder.push({ event: '', data }))
      assert.ok(events.filter(({ type }) => type === 'error').length <= 1)
    }),
  )
})

test('any body of an error is decoded', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(fc.json(), fc.string()), (status, body) => {
      const error = openaiChatProvider.decodeError(status, body)
      assert.equal(error.status, status)
      assert.ok(error.message.length > 0 && error.message.length <= 2_000)
    }),
  )
})

/** The facts, worked out from the decoded request. */
function factsFrom(request: ChatRequest): Record<string, unknown> {
  const turns = request.messages.map((message) => (message.role === 'user' ? humanText(textsOf(message)) : ''))
  const human = turns.flatMap((turn, index) => (turn === '' ? [] : [index]))
  const last = human.at(-1)
  const firstOther = request.messages.findIndex(({ role }) => role !== 'system')
  const leading = firstOther === -1 ? request.messages : request.messages.slice(0, firstOther)
  const newest = request.messages.findLast(
    (message, index) => message.role !== 'system' && (message.role !== 'user' || turns[index] !== ''),
  )
  const parts = request.messages.flatMap((message) => message.content.map(({ type }) => type))
  return {
    model: request.model,
    stream: request.stream,
    turn: last === undefined ? '' : turns[last],
    previousTurn: turns[human.at(-2) ?? -1] ?? '',
    firstTurn: turns[human[0] ?? -1] ?? '',
    system: leading.flatMap(textsOf).join('\n'),
    inToolLoop: newest?.role === 'tool',
    tools: request.tools.length,
    toolForced: request.toolChoice?.type === 'required' || request.toolChoice?.type === 'tool',
    vision: parts.includes('image'),
    documents: parts.includes('document'),
    json: request.output === undefined ? 'none' : request.output.type === 'json' ? 'object' : 'schema',
    thinking: request.thinking === undefined ? 'unset' : request.thinking.mode,
    maxOutputTokens: request.maxTokens ?? 0,
    session: request.user ?? '',
  }
}

function textsOf(message: Message): string[] {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
}

test('the facts read from the bytes agree with those of the whole request', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const facts = factsOf(encode(request))
      const expected = factsFrom(request)
      const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, facts[key as keyof typeof facts]]))
      assert.deepEqual(picked, expected)
    }),
  )
})
