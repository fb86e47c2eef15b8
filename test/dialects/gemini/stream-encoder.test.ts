import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { geminiArrayClient, geminiClient } from '../../../src/dialects/gemini/index.ts'
import type { AnswerMeta } from '../../../src/dialects/types.ts'
import { assertChunk, assertSigned, parseStream, type WirePart } from './response-rules.ts'
import { BASE, META } from './support.ts'

const DUMMY = 'skip_thought_signature_validator'

/** Parts of each chunk. */
function write(events: readonly StreamEvent[], meta: AnswerMeta = META): WirePart[][] {
  const encoder = geminiClient.createStreamEncoder(meta)
  const wire = events.map((event) => encoder.push(event)).join('') + encoder.end()
  return parseStream(wire).map((chunk) => chunk.candidates[0]?.content.parts ?? [])
}

function start(index: number): Extract<StreamEvent, { type: 'tool_call_start' }> {
  return { type: 'tool_call_start', index, id: `c${index}`, name: `f${index}` }
}

function args(index: number, text: string): StreamEvent {
  return { type: 'tool_call_delta', index, arguments: text }
}

function call(index: number, value: Record<string, unknown>, thoughtSignature?: string): WirePart {
  return {
    functionCall: { id: `c${index}`, name: `f${index}`, args: value },
    ...(thoughtSignature !== undefined && { thoughtSignature }),
  }
}

describe('stream encoder', () => {
  it('writes thoughts and text as they come, finish and counts last', () => {
    const encoder = geminiClient.createStreamEncoder(META)
    assert.equal(encoder.push({ type: 'start', id: 'x', model: 'y' }), '')
    const first = encoder.push({ type: 'text', text: 'a' })
    assert.equal(
      first,
      'data: {"candidates":[{"content":{"parts":[{"text":"a"}],"role":"model"},"index":0}],"modelVersion":"google/gemini","responseId":"d1"}\r\n\r\n',
    )
    assert.equal(encoder.push({ type: 'text', text: '' }), '')
    assert.equal(encoder.push({ type: 'usage', usage: { input: 3 } }), '')
    assert.equal(encoder.push({ type: 'usage', usage: { output: 2 } }), '')
    assert.equal(encoder.push({ type: 'finish', reason: 'length' }), '')
    const [, last] = parseStream(first + encoder.end())
    assert.equal(last?.candidates[0]?.finishReason, 'MAX_TOKENS')
    assert.deepEqual(last?.usageMetadata, { promptTokenCount: 3, candidatesTokenCount: 2, totalTokenCount: 5 })
  })

  it('writes a call whole, with the finish when it is the last', () => {
    assert.deepEqual(
      write([
        { type: 'text', text: 'a' },
        start(0),
        args(0, '{"x"'),
        args(0, ':1}'),
        { type: 'finish', reason: 'tool_calls' },
      ]),
      [[{ text: 'a' }], [call(0, { x: 1 }, DUMMY)]],
    )
  })

  it('writes a complete call when the next begins, and signs the first only', () => {
    assert.deepEqual(write([start(0), args(0, '{}'), start(1), args(1, '{"y":2}'), start(2)]), [
      [call(0, {}, DUMMY)],
      [call(1, { y: 2 })],
      [call(2, {})],
    ])
  })

  it('keeps interleaved calls apart and in order', () => {
    const events = [start(0), start(1), args(1, '{"b'), args(0, '{"a":'), args(1, '":2}'), args(0, '1}')]
    assert.deepEqual(write(events), [[call(0, { a: 1 }, DUMMY), call(1, { b: 2 })]])
  })

  it('lets text pass a call that is not complete', () => {
    assert.deepEqual(write([start(0), args(0, '{'), { type: 'text', text: 'a' }, args(0, '}')]), [
      [{ text: 'a' }],
      [call(0, {}, DUMMY)],
    ])
  })

  it('writes what comes behind a complete call behind it', () => {
    assert.deepEqual(write([start(0), args(0, '{}'), { type: 'text', text: 'a' }]), [
      [call(0, {}, DUMMY), { text: 'a' }],
      [{ text: '' }],
    ])
  })

  it('passes signatures of calls on', () => {
    assert.deepEqual(write([{ ...start(0), signature: 'S=' }, args(0, '{}')]), [[call(0, {}, 'S=')]])
  })

  it('takes broken arguments, repeated starts and text behind the arguments', () => {
    assert.deepEqual(
      write([start(0), args(0, '{"a":1}'), args(0, ' {}'), start(0), args(7, 'x'), start(1), args(1, '{"a')]),
      [[call(0, { a: 1 }, DUMMY)], [call(1, { _raw: '{"a' })]],
    )
  })

  it('marks a signature as a thought’s when one is open', () => {
    const signature: StreamEvent = { type: 'thinking_signature', signature: 's' }
    assert.deepEqual(
      write([
        { type: 'thinking', text: 'hm' },
        signature,
        { type: 'text', text: 'a' },
        signature,
        { type: 'finish', reason: 'stop' },
      ]),
      [
        [{ text: 'hm', thought: true }],
        [{ text: '', thought: true, thoughtSignature: 's' }],
        [{ text: 'a' }],
        [{ text: '', thoughtSignature: 's' }],
        [{ text: '' }],
      ],
    )
  })

  it('shows no thoughts to a client that did not ask', () => {
    const events: StreamEvent[] = [
      { type: 'thinking', text: 'hm' },
      { type: 'thinking_signature', signature: 's' },
      { type: 'thinking_encrypted', data: 'x' },
      { type: 'text', text: 'a' },
    ]
    assert.deepEqual(write(events, { ...META, request: BASE }), [[{ text: 'a' }], [{ text: '' }]])
  })

  it('tells the finish from the content when nobody said it', () => {
    const encoder = geminiClient.createStreamEncoder(META)
    const wire = encoder.push({ type: 'text', text: 'a' }) + encoder.end()
    assert.equal(parseStream(wire).at(-1)?.candidates[0]?.finishReason, 'STOP')
  })
})

describe('stream as one JSON array', () => {
  const events: StreamEvent[] = [
    { type: 'thinking', text: 'hm' },
    { type: 'text', text: 'line\nend \r\n\r\n data: x' },
    start(0),
    args(0, '{}'),
    { type: 'finish', reason: 'tool_calls' },
  ]

  it('says the same', () => {
    const encoder = geminiArrayClient().createStreamEncoder(META)
    const wire = events.map((event) => encoder.push(event)).join('') + encoder.end()
    const chunks = JSON.parse(wire) as unknown[]
    const checked = chunks.map((chunk, at) => assertChunk(chunk, at === chunks.length - 1))
    assertSigned(checked)
    assert.deepEqual(
      checked.map((chunk) => chunk.candidates[0]?.content.parts),
      write(events),
    )
  })

  it('is an array without any content, too', () => {
    assert.equal((JSON.parse(geminiArrayClient().createStreamEncoder(META).end()) as unknown[]).length, 1)
  })

  for (const count of [0, 2]) {
    it(`ends with the error behind ${count} chunks`, () => {
      const client = geminiArrayClient()
      const encoder = client.createStreamEncoder(META)
      const begun = events
        .slice(0, count)
        .map((event) => encoder.push(event))
        .join('')
      const error = { status: 502, message: 'cut', code: 'upstream_stream_failed' }
      const chunks = JSON.parse(begun + encoder.fail(error)) as unknown[]
      assert.equal(chunks.length, count + 1)
      assert.deepEqual(chunks.at(-1), geminiClient.encodeError(error))
    })
  }

  it('keeps answers apart', () => {
    const ends = [1, 2].map(() => geminiArrayClient().createStreamEncoder(META).end())
    assert.ok(ends.every((wire) => wire.startsWith('[')))
  })
})
