import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { anthropicClient, anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import { messageStream } from '../../helpers/anthropic-replies.ts'
import { assertOrdered, parseWire } from './stream-rules.ts'
import { collect, decodeStream, META } from './support.ts'

const words = fc.string({ unit: 'grapheme', minLength: 1 })
const args = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((value) => JSON.stringify(JSON.parse(JSON.stringify(value))))
const part: fc.Arbitrary<ChatResponse['content'][number]> = fc.oneof(
  words.map((text) => ({ type: 'text' as const, text })),
  fc.tuple(words, words).map(([text, signature]) => ({ type: 'thinking' as const, text, signature })),
  words.map((signature) => ({ type: 'thinking' as const, text: '', signature })),
  words.map((text) => ({ type: 'thinking' as const, text })),
  words.map((encrypted) => ({ type: 'thinking' as const, text: '', encrypted })),
  args.map((text) => ({ type: 'tool_call' as const, id: '', name: 'f', arguments: text })),
)
const counts = fc.record({
  input: fc.nat(),
  output: fc.nat(),
  reasoning: fc.nat(),
  cacheRead: fc.nat(),
  cacheWrite: fc.nat(),
})

/** Answers in normal form: no two neighbours that a stream would join, a finish that fits the content. */
const answer: fc.Arbitrary<ChatResponse> = fc
  .tuple(
    fc.array(part, { maxLength: 6 }),
    counts,
    fc.constantFrom('length' as const, 'refusal' as const, 'pause' as const, undefined),
  )
  .map(([parts, usage, reason]) => {
    const content = normal(parts).map((each, at) => (each.type === 'tool_call' ? { ...each, id: `toolu_${at}` } : each))
    const finish = reason ?? (content.some((each) => each.type === 'tool_call') ? 'tool_calls' : 'stop')
    return {
      id: 'msg_d1',
      model: META.model,
      content,
      finish,
      usage: { ...usage, input: usage.input + usage.cacheRead + usage.cacheWrite },
    }
  })

/** Leaves out the later of two neighbours that a stream would join. */
function normal(content: ChatResponse['content']): ChatResponse['content'] {
  const kept: ChatResponse['content'] = []
  for (const each of content) {
    const before = kept.at(-1)
    const open = before?.type === 'thinking' && before.signature === undefined && before.encrypted === undefined
    if (open && each.type === 'thinking' && each.encrypted === undefined) continue
    if (before?.type === 'text' && each.type === 'text') continue
    kept.push(each)
  }
  return kept
}

it('whole answers survive encoding and decoding', () => {
  fc.assert(
    fc.property(answer, (response) => {
      const wire: unknown = JSON.parse(JSON.stringify(anthropicClient.encodeResponse(response, META)))
      assert.deepEqual(anthropicProvider.decodeResponse(wire), response)
    }),
    { numRuns: 500 },
  )
})

it('a stream carries what the whole answer carries', () => {
  fc.assert(
    fc.property(answer, (response) => {
      const encoder = anthropicClient.createStreamEncoder(META)
      const wire =
        toEvents(response)
          .map((event) => encoder.push(event))
          .join('') + encoder.end()
      assertOrdered(parseWire(wire))
      assert.deepEqual(collect(decodeStream(wire)), response)
    }),
    { numRuns: 500 },
  )
})

it('decodes the same however the bytes are split', () => {
  const wire = messageStream({
    model: 'claude',
    thinking: 'Überlegen… 漢字 😀',
    text: 'Line one\nline "two" 😀',
    toolCalls: [
      { name: 'f', input: { path: 'ä/b', n: [1, { x: '}' }] } },
      { name: 'g', input: {} },
    ],
  }).join('')
  for (const variant of [wire, wire.replaceAll('\n', '\r\n')]) {
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
