import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { humanText } from '../../../src/dialects/human-turn.ts'
import { ollamaClient, ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { collect, sayOf } from '../openai-chat/collect.ts'
import { plainThinking, requests, responses, shredded } from './arbitraries.ts'
import { decodeStream, encodeStream, META, target, wire, type Json } from './support.ts'

function encode(request: ChatRequest, family: string = 'gpt-oss'): Json {
  const { body, dropped } = ollamaProvider.encodeRequest(request, target({ model: `${family}-${request.model}` }))
  assert.deepEqual(dropped, [])
  return { ...wire(body), model: request.model }
}

test('a request survives encoding and decoding', () => {
  fc.assert(
    fc.property(requests, (request) => {
      assert.deepEqual(ollamaClient.decodeRequest(encode(request)), request)
    }),
  )
})

test('a request to a model without levels of reasoning survives encoding and decoding', () => {
  fc.assert(
    fc.property(requests, plainThinking, (request, thinking) => {
      const asked = { ...request, thinking }
      assert.deepEqual(ollamaClient.decodeRequest(encode(asked, 'qwen3')), asked)
    }),
  )
})

/** As clients send it that know of no ids: results come in order of the calls and name their tool. */
function withoutIds(body: Json): Json {
  const bare = structuredClone(body) as { messages: { tool_call_id?: unknown; tool_calls?: { id?: unknown }[] }[] }
  for (const message of bare.messages) {
    delete message.tool_call_id
    for (const call of message.tool_calls ?? []) delete call.id
  }
  return bare
}

test('without ids every result still belongs to its call', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const { messages } = ollamaClient.decodeRequest(withoutIds(encode(request)))
      const ids = (list: readonly Message[]): [calls: string[], results: string[]] => [
        list.flatMap(({ content }) => content.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []))),
        list.flatMap((message) => (message.role === 'tool' ? [message.callId] : [])),
      ]
      const [calls, results] = ids(messages)
      assert.equal(new Set(calls).size, calls.length)
      // Where result n points to call m, it did so before.
      const [givenCalls, givenResults] = ids(request.messages)
      assert.deepEqual(
        results.map((id) => calls.indexOf(id)),
        givenResults.map((id) => givenCalls.indexOf(id)),
      )
    }),
  )
})

test('a streamed answer says what the whole answer says, however it comes in', () => {
  fc.assert(
    fc.property(responses, fc.integer({ min: 1, max: 9 }), (response, size) => {
      const whole = sayOf(ollamaProvider.decodeResponse(wire(ollamaClient.encodeResponse(response, META))))
      assert.deepEqual(collect(decodeStream(encodeStream(toEvents(response)))), whole)
      assert.deepEqual(collect(decodeStream(encodeStream(shredded(toEvents(response), size)))), whole)
      const broken = (text: string): string => (text === '{"broken' ? '{"_raw":"{\\"broken"}' : text)
      const said = sayOf(response)
      assert.deepEqual(whole, {
        ...said,
        calls: said.calls.map((call) => ({ ...call, arguments: broken(call.arguments) })),
      })
    }),
  )
})

test('however the bytes are cut, the events are the same', () => {
  fc.assert(
    fc.property(responses, fc.array(fc.nat(), { maxLength: 30 }), (response, places) => {
      const text = encodeStream(toEvents(response))
      assert.deepEqual(decodeStream(text, places), decodeStream(text))
    }),
  )
})

/** The facts, worked out from the decoded request. */
function factsFrom(request: ChatRequest): Json {
  const { messages } = request
  const turns = messages.map((message) => (message.role === 'user' ? humanText(textsOf(message)) : ''))
  const human = turns.flatMap((turn, index) => (turn === '' ? [] : [index]))
  const last = human.at(-1)
  let start = last ?? 0
  while (messages[start - 1]?.role === 'user' && turns[start - 1] === '') start--
  const firstOther = messages.findIndex(({ role }) => role !== 'system')
  const leading = firstOther === -1 ? messages : messages.slice(0, firstOther)
  const images = messages.map(({ content }) => content.filter(({ type }) => type === 'image').length)
  const newest = messages.findLast(
    ({ role }, index) => role !== 'system' && (role !== 'user' || turns[index] !== '' || images[index] !== 0),
  )
  return {
    model: request.model,
    stream: request.stream,
    turn: last === undefined ? '' : turns[last],
    previousTurn: turns[human.at(-2) ?? -1] ?? '',
    firstTurn: turns[human[0] ?? -1] ?? '',
    system: leading.flatMap(textsOf).join('\n'),
    inToolLoop: newest?.role === 'tool',
    tools: request.tools.length,
    toolForced: false,
    vision: images.some((count) => count > 0),
    liveVision: images.slice(start).some((count) => count > 0),
    documents: false,
    json: request.output === undefined ? 'none' : request.output.type === 'json' ? 'object' : 'schema',
    thinking: request.thinking === undefined ? 'unset' : request.thinking.mode,
    maxOutputTokens: request.maxTokens ?? 0,
  }
}

function textsOf(message: Message): string[] {
  return message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
}

/** Bytes of text: without the pictures' data, white space between tokens left out. */
function weightOf(body: Json): number {
  const bare = structuredClone(body) as { messages: { images?: string[] }[]; tools?: unknown[] }
  for (const message of bare.messages) if (message.images !== undefined) message.images = message.images.map(() => '')
  const tools = bare.tools === undefined ? 0 : Buffer.byteLength(JSON.stringify(bare.tools))
  return Math.ceil((Buffer.byteLength(JSON.stringify(bare.messages)) + tools) / 4)
}

test('the facts read from the bytes agree with those of the whole request', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const body = encode(request)
      const expected = { ...factsFrom(request), inputTokens: weightOf(body) }
      const facts: Json = { ...ollamaClient.readFacts(new JsonOutline(Buffer.from(JSON.stringify(body)))) }
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, facts[key]])), expected)
    }),
    { numRuns: 500 },
  )
})

test('indented JSON has the same facts', () => {
  fc.assert(
    fc.property(requests, (request) => {
      const [plain, indented] = [undefined, 2].map((indent) => {
        const bytes = Buffer.from(JSON.stringify(encode(request), null, indent))
        return { ...ollamaClient.readFacts(new JsonOutline(bytes)), inputTokens: 0, toolsBytes: 0 }
      })
      assert.deepEqual(indented, plain)
    }),
  )
})
