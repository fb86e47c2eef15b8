import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { humanText } from '../../../src/dialects/human-turn.ts'
import { openaiResponsesClient, openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import { responsesStream } from '../../helpers/openai-responses-replies.ts'
import { requests, responses } from './arbitraries.ts'
import { collect } from './collect.ts'
import { checkOrder, parseWire } from './stream-rules.ts'
import { decodeStream, encodeStream, factsOf, meta, target, wire } from './support.ts'

function encode(request: ChatRequest): Record<string, unknown> {
  const { body, dropped } = openaiResponsesProvider.encodeRequest(request, target({ model: request.model }))
  assert.deepEqual(dropped, [])
  return wire(body)
}

test('a request survives encoding and decoding', () => {
  fc.assert(
    fc.property(requests, (request) => {
      assert.deepEqual(openaiResponsesClient.decodeRequest(encode(request)), request)
    }),
    { numRuns: 300 },
  )
})

test('a whole answer survives encoding and decoding', () => {
  fc.assert(
    fc.property(responses, (response) => {
      const body = wire(openaiResponsesClient.encodeResponse(response, meta()))
      assert.deepEqual(openaiResponsesProvider.decodeResponse(body), response)
    }),
    { numRuns: 300 },
  )
})

test('a streamed answer is in order and says what the whole answer says', () => {
  fc.assert(
    fc.property(responses, (response) => {
      const text = encodeStream(toEvents(response))
      assert.deepEqual(checkOrder(parseWire(text)), wire(openaiResponsesClient.encodeResponse(response, meta())))
      assert.deepEqual(collect(decodeStream(text)), response)
    }),
    { numRuns: 300 },
  )
})

test('events in any order make a stream that is in order', () => {
  const event: fc.Arbitrary<StreamEvent> = fc.oneof(
    fc.string().map((text) => ({ type: 'text' as const, text })),
    fc.string().map((text) => ({ type: 'thinking' as const, text })),
    fc.string().map((signature) => ({ type: 'thinking_signature' as const, signature })),
    fc.string().map((data) => ({ type: 'thinking_encrypted' as const, data })),
    fc.nat(2).map((index) => ({ type: 'tool_call_start' as const, index, id: `c${index}`, name: `f${index}` })),
    fc
      .tuple(fc.nat(2), fc.constantFrom('', '{', '"a":1', '}', 'x'))
      .map(([index, text]) => ({ type: 'tool_call_delta' as const, index, arguments: text })),
    fc.constantFrom<StreamEvent>({ type: 'start' }, { type: 'finish', reason: 'length' }),
  )
  fc.assert(
    fc.property(fc.array(event, { maxLength: 15 }), (events) => {
      checkOrder(parseWire(encodeStream(events)))
    }),
    { numRuns: 500 },
  )
})

test('however the bytes are cut, the events are the same', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 30 })
  fc.assert(
    fc.property(responses, cuts, (response, places) => {
      const text = encodeStream(toEvents(response))
      assert.deepEqual(decodeStream(text, places), decodeStream(text))
    }),
  )
})

test('however the text is cut into deltas, the answer is the same', () => {
  const reply = {
    model: 'm',
    thinking: ['**First**\n\nlet me see', '**Then**\n\n🌍'],
    encrypted: 'gAAAAA==',
    text: 'héllo 🌍',
    toolCalls: [
      { id: 'c1', name: 'f', arguments: { path: 'a b', n: [1, 2] } },
      { id: 'c2', name: 'patch', input: '*** Begin Patch\n+ "q" \\ 🌍\n' },
      { id: 'c3', name: 'spawn', namespace: 'agents', arguments: '{}' },
    ],
  }
  const expected = collect(decodeStream(responsesStream(reply, { chunkSize: 1000 }).join('')))
  assert.deepEqual(expected.content, [
    { type: 'thinking', text: '**First**\n\nlet me see\n\n**Then**\n\n🌍', encrypted: 'gAAAAA==' },
    { type: 'text', text: 'héllo 🌍' },
    { type: 'tool_call', id: 'c1', name: 'f', arguments: '{"path":"a b","n":[1,2]}' },
    {
      type: 'tool_call',
      id: 'c2',
      name: 'patch',
      arguments: JSON.stringify({ input: '*** Begin Patch\n+ "q" \\ 🌍\n' }),
    },
    { type: 'tool_call', id: 'c3', name: 'agents__spawn', arguments: '{}' },
  ])
  for (let chunkSize = 1; chunkSize < 25; chunkSize++) {
    const text = `: a comment\n\n${responsesStream(reply, { chunkSize }).join('')}`
    const cut = collect(decodeStream(text, [7, 100, 333]))
    assert.deepEqual(argumentsParsed(cut), argumentsParsed(expected), `in pieces of ${chunkSize}`)
  }
})

/** Half of a surrogate pair is written as an escape, so the JSON text may differ where its value does not. */
function argumentsParsed(response: ReturnType<typeof collect>): unknown {
  const content = response.content.map((part) => {
    return part.type === 'tool_call' ? { ...part, arguments: JSON.parse(part.arguments) as unknown } : part
  })
  return { ...response, content }
}

test('garbage makes error events, never throws', () => {
  const piece = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .tuple(
        fc.constantFrom('response.output_item.added', 'response.output_item.done', 'response.completed', 'error'),
        fc.constantFrom('item', 'response', 'error', 'delta'),
        fc.jsonValue(),
      )
      .map(([type, key, value]) => JSON.stringify({ type, [key]: value, output_index: 0 })),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (datas) => {
      const decoder = openaiResponsesProvider.createStreamDecoder()
      const events = datas.flatMap((data) => decoder.push({ event: '', data }))
      assert.ok(events.filter(({ type }) => type === 'error' || type === 'finish').length <= 1)
    }),
    { numRuns: 500 },
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
    tools: request.tools.filter(({ type }) => type === 'function').length,
    toolForced:
      request.tools.some(({ type }) => type === 'function') &&
      (request.toolChoice?.type === 'required' || request.toolChoice?.type === 'tool'),
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
    fc.property(requests, fc.boolean(), (request, reversed) => {
      const body = encode(request)
      const facts = factsOf(reversed ? reverseMembers(body) : body)
      const expected = factsFrom(request)
      const picked = Object.fromEntries(Object.keys(expected).map((key) => [key, facts[key as keyof typeof facts]]))
      assert.deepEqual(picked, expected)
    }),
    { numRuns: 300 },
  )
})

/** Items and tools with their members the other way round: their type comes last. */
function reverseMembers(body: Record<string, unknown>): Record<string, unknown> {
  const reversed = (list: unknown): unknown =>
    Array.isArray(list)
      ? list.map((each: unknown) => Object.fromEntries(Object.entries(each as Record<string, unknown>).reverse()))
      : list
  return { ...body, input: reversed(body['input']), ...('tools' in body && { tools: reversed(body['tools']) }) }
}
