import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { toEvents, type ChatResponse } from '../../../src/chat/response.ts'
import { geminiArrayClient, geminiClient, geminiProvider } from '../../../src/dialects/gemini/index.ts'
import { generated, generatedStream, type GeminiReply } from '../../helpers/gemini-replies.ts'
import { assertChunk, assertSigned, parseStream } from './response-rules.ts'
import { collect, decodeStream, META } from './support.ts'

const words = fc.string({ unit: 'grapheme', minLength: 1 })
const object = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>)
const part: fc.Arbitrary<ChatResponse['content'][number]> = fc.oneof(
  words.map((text) => ({ type: 'text' as const, text })),
  fc.tuple(words, words).map(([text, signature]) => ({ type: 'thinking' as const, text, signature })),
  words.map((text) => ({ type: 'thinking' as const, text })),
  words.map((signature) => ({ type: 'thinking' as const, text: '', signature })),
  fc.record({ args: object, signature: fc.option(words, { nil: undefined }) }).map(({ args, signature }) => ({
    type: 'tool_call' as const,
    id: '',
    name: 'f',
    arguments: JSON.stringify(args),
    ...(signature !== undefined && { signature }),
  })),
)

/** Answers in normal form: no two neighbours that a stream would join, a finish that fits the content. */
const answer: fc.Arbitrary<ChatResponse> = fc
  .tuple(
    fc.array(part, { maxLength: 6 }),
    fc.record({
      input: fc.nat(),
      text: fc.nat(),
      reasoning: fc.integer({ min: 1 }),
      cacheRead: fc.integer({ min: 1 }),
    }),
    fc.constantFrom('length' as const, 'refusal' as const, undefined),
  )
  .map(([parts, { text, ...counts }, reason]) => {
    const content = normal(parts).map((each, at) => (each.type === 'tool_call' ? { ...each, id: `c${at}` } : each))
    const finish = reason ?? (content.some((each) => each.type === 'tool_call') ? 'tool_calls' : 'stop')
    return { id: META.id, model: META.model, content, finish, usage: { ...counts, output: text + counts.reasoning } }
  })

function normal(content: ChatResponse['content']): ChatResponse['content'] {
  const kept: ChatResponse['content'] = []
  for (const each of content) {
    const before = kept.at(-1)
    if (before?.type === 'thinking' && before.signature === undefined && each.type === 'thinking') continue
    if (before?.type === 'text' && each.type === 'text') continue
    kept.push(each)
  }
  return kept
}

function encodeStream(response: ChatResponse): string {
  const encoder = geminiClient.createStreamEncoder(META)
  return (
    toEvents(response)
      .map((event) => encoder.push(event))
      .join('') + encoder.end()
  )
}

it('whole answers survive encoding and decoding', () => {
  fc.assert(
    fc.property(answer, (response) => {
      const wire: unknown = JSON.parse(JSON.stringify(geminiClient.encodeResponse(response, META)))
      assertSigned([assertChunk(wire, true)])
      assert.deepEqual(geminiProvider.decodeResponse(wire), response)
    }),
    { numRuns: 500 },
  )
})

it('a stream carries what the whole answer carries', () => {
  fc.assert(
    fc.property(answer, (response) => {
      const wire = encodeStream(response)
      parseStream(wire)
      assert.deepEqual(collect(decodeStream(wire)), response)
    }),
    { numRuns: 500 },
  )
})

it('an array carries what the stream carries', () => {
  fc.assert(
    fc.property(answer, (response) => {
      const encoder = geminiArrayClient().createStreamEncoder(META)
      const wire =
        toEvents(response)
          .map((event) => encoder.push(event))
          .join('') + encoder.end()
      assert.deepEqual(geminiProvider.decodeResponse(JSON.parse(wire)), response)
    }),
    { numRuns: 200 },
  )
})

const reply: fc.Arbitrary<GeminiReply> = fc.record(
  {
    model: fc.constant('gemini-3-flash'),
    thinking: words,
    text: words,
    calls: fc.array(fc.record({ name: fc.constantFrom('f', 'g'), args: object }), { maxLength: 3 }),
    signature: words,
    finish: fc.constantFrom('STOP', 'MAX_TOKENS', 'SAFETY'),
  },
  { requiredKeys: ['model', 'text'] },
)

it('reads the same from a stream as from a whole answer', () => {
  fc.assert(
    fc.property(reply, (value) => {
      assert.deepEqual(
        collect(decodeStream(generatedStream(value).join(''))),
        geminiProvider.decodeResponse(generated(value)),
      )
    }),
    { numRuns: 500 },
  )
})

it('decodes the same however the bytes are split', () => {
  const wire = generatedStream({
    model: 'gemini',
    thinking: 'Überlegen… 漢字 😀',
    text: 'Line one\nline "two" 😀',
    calls: [{ id: 'i', name: 'f', args: { path: 'ä/b', n: [1, { x: '}' }] } }, { name: 'g' }],
  }).join('')
  for (const variant of [wire, wire.replaceAll('\r\n', '\n')]) {
    const whole = decodeStream(variant)
    const length = Buffer.byteLength(variant)
    for (let cut = 0; cut <= length; cut++) assert.deepEqual(decodeStream(variant, [cut]), whole)
    fc.assert(
      fc.property(fc.array(fc.nat(length), { maxLength: 40 }), (cuts) =>
        assert.deepEqual(decodeStream(variant, cuts), whole),
      ),
    )
  }
})

// Any events in any order: upstreams of other dialects interleave, repeat and break off.

const anyEvent: fc.Arbitrary<StreamEvent> = fc.oneof(
  fc.constantFrom<StreamEvent>(
    { type: 'start' },
    { type: 'text', text: '' },
    { type: 'text', text: 'a' },
    { type: 'thinking', text: 'b' },
    { type: 'thinking_signature', signature: 's' },
    { type: 'thinking_encrypted', data: 'x' },
    { type: 'usage', usage: { input: 1, output: 2, reasoning: 3 } },
    { type: 'finish', reason: 'stop' },
  ),
  fc
    .record({ index: fc.nat(2), id: fc.constantFrom('', 'i'), proof: fc.constantFrom({}, { signature: 't' }) })
    .map(({ index, id, proof }): StreamEvent => ({ type: 'tool_call_start', index, id, name: 'f', ...proof })),
  fc
    .record({ index: fc.nat(3), text: fc.constantFrom('', '{', '}', '{}', '"', '[1]') })
    .map(({ index, text }): StreamEvent => ({ type: 'tool_call_delta', index, arguments: text })),
)

it('writes well-formed streams whatever comes', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 20 }), fc.boolean(), (events, shown) => {
      const meta = shown ? META : { ...META, request: { ...META.request, thinking: { mode: 'off' as const } } }
      const encoder = geminiClient.createStreamEncoder(meta)
      const chunks = parseStream(events.map((event) => encoder.push(event)).join('') + encoder.end())
      const parts = chunks.flatMap((chunk) => chunk.candidates[0]?.content.parts ?? [])
      const started = new Set(events.flatMap((event) => (event.type === 'tool_call_start' ? [event.index] : [])))
      assert.equal(parts.filter((each) => each.functionCall !== undefined).length, started.size)
      if (!shown) assert.ok(parts.every((each) => each.thought !== true))
    }),
    { numRuns: 1000 },
  )
})
