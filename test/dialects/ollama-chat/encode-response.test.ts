import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StopReason, StreamEvent } from '../../../src/chat/events.ts'
import { ollamaClient } from '../../../src/dialects/ollama-chat/index.ts'
import { encodeStream, linesOf, META, response, type Json } from './support.ts'

const HEAD = { model: 'acme/large', created_at: '2026-01-01T00:00:00.000Z' }
const DURATIONS = { total_duration: 0, load_duration: 0, prompt_eval_duration: 0, eval_duration: 0 }

function said(message: Json): Json {
  return { ...HEAD, message: { role: 'assistant', content: '', ...message }, done: false }
}

function last(more: Json = {}): Json {
  const message = { role: 'assistant', content: '' }
  return {
    ...HEAD,
    message,
    done: true,
    done_reason: 'stop',
    ...DURATIONS,
    prompt_eval_count: 0,
    eval_count: 0,
    ...more,
  }
}

const open = (index: number, name: string): StreamEvent => ({ type: 'tool_call_start', index, id: `id_${name}`, name })
const args = (index: number, text: string): StreamEvent => ({ type: 'tool_call_delta', index, arguments: text })
const wireCall = (index: number, name: string, given: Json): Json =>
  said({ tool_calls: [{ id: `id_${name}`, function: { index, name, arguments: given } }] })

describe('a whole answer', () => {
  it('has its content, counts and durations', () => {
    const body = ollamaClient.encodeResponse(
      response({
        content: [
          { type: 'thinking', text: 'Hm', signature: 'sig' },
          { type: 'thinking', text: '.', encrypted: 'secret' },
          { type: 'text', text: 'One' },
          { type: 'tool_call', id: 'a', name: 'f', arguments: '{"x":[1]}' },
          { type: 'text', text: ', two.' },
          { type: 'tool_call', id: 'b', name: 'g', arguments: '' },
        ],
        finish: 'tool_calls',
      }),
      META,
    )
    assert.deepEqual(body, {
      ...HEAD,
      message: {
        role: 'assistant',
        content: 'One, two.',
        thinking: 'Hm.',
        tool_calls: [
          { id: 'a', function: { index: 0, name: 'f', arguments: { x: [1] } } },
          { id: 'b', function: { index: 1, name: 'g', arguments: {} } },
        ],
      },
      done: true,
      done_reason: 'stop',
      ...DURATIONS,
      prompt_eval_count: 26,
      eval_count: 8,
    })
  })

  const reasons: [finish: StopReason, reason: string][] = [
    ['stop', 'stop'],
    ['length', 'length'],
    ['tool_calls', 'stop'],
    ['stop_sequence', 'stop'],
    ['refusal', 'stop'],
    ['pause', 'stop'],
  ]
  for (const [finish, reason] of reasons) {
    it(`that ended with ${finish} says ${reason}`, () => {
      assert.equal(ollamaClient.encodeResponse(response({ finish }), META)['done_reason'], reason)
    })
  }

  it('of unknown cost has counts of 0', () => {
    const body = ollamaClient.encodeResponse(response({ usage: {} }), META)
    assert.deepEqual([body['prompt_eval_count'], body['eval_count']], [0, 0])
  })
})

describe('a stream', () => {
  const table: [name: string, events: StreamEvent[], lines: Json[]][] = [
    [
      'of reasoning and text',
      [
        { type: 'start', id: 'x', model: 'up' },
        { type: 'thinking', text: 'Hm.' },
        { type: 'thinking_signature', signature: 's' },
        { type: 'thinking_encrypted', data: 'd' },
        { type: 'text', text: 'Hé' },
        { type: 'text', text: '' },
        { type: 'text', text: '\n' },
        { type: 'usage', usage: { input: 5 } },
        { type: 'usage', usage: { output: 2 } },
        { type: 'finish', reason: 'length' },
      ],
      [
        said({ thinking: 'Hm.' }),
        said({ content: 'Hé' }),
        said({ content: '\n' }),
        last({ done_reason: 'length', prompt_eval_count: 5, eval_count: 2 }),
      ],
    ],
    ['of nothing', [], [last()]],
    [
      'with a call in pieces',
      [open(0, 'f'), args(0, '{"a"'), args(0, ':"}"'), args(0, '}'), { type: 'finish', reason: 'tool_calls' }],
      [wireCall(0, 'f', { a: '}' }), last()],
    ],
    [
      'with calls that come interleaved',
      [open(0, 'f'), open(1, 'g'), args(1, '{"b":2}'), args(0, '{"a":'), args(0, '1}')],
      [wireCall(0, 'f', { a: 1 }), wireCall(1, 'g', { b: 2 }), last()],
    ],
    [
      'with a call without arguments',
      [open(0, 'f'), open(1, 'g'), args(1, '{}')],
      [wireCall(0, 'f', {}), wireCall(1, 'g', {}), last()],
    ],
    ['with a broken call', [open(0, 'f'), args(0, '{"a":')], [wireCall(0, 'f', { _raw: '{"a":' }), last()]],
    ['with arguments that are a list', [open(0, 'f'), args(0, '[1]')], [wireCall(0, 'f', { _raw: '[1]' }), last()]],
    [
      'with more behind the arguments',
      [open(0, 'f'), args(0, '{}'), args(0, '{"a":1}')],
      [wireCall(0, 'f', {}), last()],
    ],
    [
      'with more behind the arguments of a call that waits',
      [open(0, 'f'), open(1, 'g'), args(1, '{}'), args(1, '{"a":1}'), args(0, '{}')],
      [wireCall(0, 'f', {}), wireCall(1, 'g', {}), last()],
    ],
    [
      'with a call said twice',
      [open(0, 'f'), args(0, '{'), open(0, 'f'), args(0, '}')],
      [wireCall(0, 'f', {}), last()],
    ],
    ['with pieces of no call', [args(3, '{}')], [last()]],
    [
      'with a signed call',
      [{ type: 'tool_call_start', index: 0, id: 'id_f', name: 'f', signature: 's' }, args(0, '{}')],
      [wireCall(0, 'f', {}), last()],
    ],
  ]
  for (const [name, events, lines] of table) it(name, () => assert.deepEqual(linesOf(encodeStream(events)), lines))

  it('writes a call as soon as it is complete', () => {
    const encoder = ollamaClient.createStreamEncoder(META)
    const written = [open(0, 'f'), args(0, '{"a":'), args(0, '1}'), open(1, 'g')].map(
      (event) => encoder.push(event) !== '',
    )
    assert.deepEqual(written, [false, false, true, false])
  })

  it('holds the finish until the end', () => {
    const encoder = ollamaClient.createStreamEncoder(META)
    assert.equal(encoder.push({ type: 'finish', reason: 'stop' }), '')
    assert.deepEqual(linesOf(encoder.end()), [last()])
  })
})

describe('an error', () => {
  const error = { status: 404, code: 'model_not_found', message: 'no model "x"\nhere' }
  it('is its text', () => assert.deepEqual(ollamaClient.encodeError(error), { error: error.message }))
  it('inside a stream is a line', () => {
    assert.deepEqual(linesOf(ollamaClient.encodeStreamError(error)), [{ error: error.message }])
  })
})
