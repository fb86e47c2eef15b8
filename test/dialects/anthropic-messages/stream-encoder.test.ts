import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { anthropicClient } from '../../../src/dialects/anthropic-messages/index.ts'
import { assertOrdered, parseWire } from './stream-rules.ts'
import type { WireEvent } from './stream-rules.ts'
import { META } from './support.ts'

function encode(...events: StreamEvent[]): WireEvent[] {
  const encoder = anthropicClient.createStreamEncoder(META)
  const wire = parseWire(events.map((event) => encoder.push(event)).join('') + encoder.end())
  assertOrdered(wire)
  return wire
}

/** Blocks in short: type, then the pieces of it. */
function blocks(...events: StreamEvent[]): string[] {
  const found: string[] = []
  for (const { type, content_block: block, delta } of encode(...events)) {
    if (type === 'content_block_start')
      found.push(block?.type === 'tool_use' ? `${String(block['name'])}:` : `${block?.type}:`)
    if (type !== 'content_block_delta') continue
    const { type: _, ...fields } = { ...delta }
    const [text] = Object.values(fields)
    found.push(`${found.pop()}${'signature' in fields ? 'signed ' : ''}${String(text)}|`)
  }
  return found
}

const START: StreamEvent = { type: 'start', id: 'x', model: 'y' }
const text = (words: string): StreamEvent => ({ type: 'text', text: words })
const thinking = (words: string): StreamEvent => ({ type: 'thinking', text: words })
const signed = (signature: string): StreamEvent => ({ type: 'thinking_signature', signature })
const call = (index: number, name: string): StreamEvent => ({
  type: 'tool_call_start',
  index,
  id: `call_${name}`,
  name,
})
const args = (index: number, piece: string): StreamEvent => ({ type: 'tool_call_delta', index, arguments: piece })

describe('stream encoder', () => {
  it('writes a whole answer', () => {
    const usage: StreamEvent = { type: 'usage', usage: { input: 125, cacheRead: 100, cacheWrite: 20 } }
    const late: StreamEvent = { type: 'usage', usage: { output: 7, reasoning: 3 } }
    assert.deepEqual(encode(START, usage, text('hi'), late, { type: 'finish', reason: 'stop' }), [
      {
        type: 'message_start',
        message: {
          id: 'msg_d1',
          type: 'message',
          role: 'assistant',
          model: 'anthropic/claude',
          content: [],
          stop_reason: null,
          stop_sequence: null,
          usage: { input_tokens: 5, cache_creation_input_tokens: 20, cache_read_input_tokens: 100, output_tokens: 0 },
        },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'hi' } },
      { type: 'content_block_stop', index: 0 },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn', stop_sequence: null },
        usage: {
          input_tokens: 5,
          cache_creation_input_tokens: 20,
          cache_read_input_tokens: 100,
          output_tokens: 7,
          output_tokens_details: { thinking_tokens: 3 },
        },
      },
      { type: 'message_stop' },
    ])
  })

  const table: [string, StreamEvent[], string[]][] = [
    ['nothing', [START], []],
    ['empty pieces open no block', [START, text(''), thinking(''), text('a')], ['text:a|']],
    ['text after reasoning is not lost', [thinking('t'), text('a'), text('b')], ['thinking:t|', 'text:a|b|']],
    [
      'a signature closes its block',
      [thinking('t'), signed('s'), thinking('u')],
      ['thinking:t|signed s|', 'thinking:u|'],
    ],
    ['no signature is made up', [thinking('t'), call(0, 'f'), args(0, '{}')], ['thinking:t|', 'f:{}|']],
    ['a signature alone', [signed('s'), text('a')], ['thinking:signed s|', 'text:a|']],
    [
      'sealed reasoning',
      [thinking('t'), { type: 'thinking_encrypted', data: 'd' }, thinking('u')],
      ['thinking:t|', 'redacted_thinking:', 'thinking:u|'],
    ],
    ['arguments in pieces', [call(0, 'f'), args(0, ''), args(0, '{"a"'), args(0, ':1}')], ['f:{"a"|:1}|']],
    ['no arguments', [call(0, 'f'), call(1, 'g'), args(1, '{}')], ['f:{}|', 'g:{}|']],
    [
      'calls one after the other',
      [call(0, 'f'), args(0, '{"a":"}"'), args(0, '}'), call(1, 'g'), args(1, '{}')],
      ['f:{"a":"}"|}|', 'g:{}|'],
    ],
    [
      'calls that interleave',
      [call(0, 'f'), call(1, 'g'), args(1, '{"b"'), args(0, '{"a"'), args(1, ':2}'), args(0, ':1}')],
      ['f:{"a"|:1}|', 'g:{"b"|:2}|'],
    ],
    [
      'three at once',
      [call(0, 'f'), call(1, 'g'), call(2, 'h'), args(2, '{}'), args(1, '{}'), args(0, '{}')],
      ['f:{}|', 'g:{}|', 'h:{}|'],
    ],
    [
      'text within a call waits',
      [call(0, 'f'), args(0, '{"a"'), text('x'), args(0, ':1}'), text('y')],
      ['f:{"a"|:1}|', 'text:x|y|'],
    ],
    ['text behind a call', [call(0, 'f'), args(0, '{}'), text('x')], ['f:{}|', 'text:x|']],
    ['noise behind complete arguments', [call(0, 'f'), args(0, '{}'), args(0, '\n'), call(1, 'g')], ['f:{}|', 'g:{}|']],
    ['a call announced twice', [call(0, 'f'), args(0, '{"a":'), call(0, 'f'), args(0, '1}')], ['f:{"a":|1}|']],
    ['arguments of nobody', [text('a'), args(3, '{}')], ['text:a|']],
    ['broken arguments', [call(0, 'f'), args(0, '{"a'), { type: 'finish', reason: 'length' }], ['f:{"a|']],
  ]
  for (const [name, events, expected] of table) it(name, () => assert.deepEqual(blocks(...events), expected))

  it('streams: nothing that can be written waits', () => {
    const encoder = anthropicClient.createStreamEncoder(META)
    const types = (event: StreamEvent): string[] => parseWire(encoder.push(event)).map((each) => each.type)
    assert.deepEqual(types(START), [])
    assert.deepEqual(types(text('a')), ['message_start', 'content_block_start', 'content_block_delta'])
    assert.deepEqual(types(text('b')), ['content_block_delta'])
    assert.deepEqual(types(call(0, 'f')), ['content_block_stop', 'content_block_start'])
    assert.deepEqual(types(args(0, '{}')), ['content_block_delta'])
    assert.deepEqual(types(call(1, 'g')), ['content_block_stop', 'content_block_start'])
    assert.deepEqual(types({ type: 'finish', reason: 'tool_calls' }), [])
  })

  it('gives calls ids that the API takes back', () => {
    const ids = encode(
      { type: 'tool_call_start', index: 0, id: 'functions.f:0', name: 'f' },
      { type: 'tool_call_start', index: 1, id: '', name: 'g' },
    )
      .filter((event) => event.type === 'content_block_start')
      .map((event) => event.content_block?.['id'])
    assert.deepEqual(ids, ['functions_f_0', 'toolu_0'])
  })

  const stops: [Extract<StreamEvent, { type: 'finish' }>, calls: boolean, string, string | null][] = [
    [{ type: 'finish', reason: 'stop' }, false, 'end_turn', null],
    [{ type: 'finish', reason: 'stop' }, true, 'tool_use', null],
    [{ type: 'finish', reason: 'tool_calls' }, true, 'tool_use', null],
    [{ type: 'finish', reason: 'tool_calls' }, false, 'end_turn', null],
    [{ type: 'finish', reason: 'length' }, true, 'max_tokens', null],
    [{ type: 'finish', reason: 'stop_sequence', stopSequence: 'END' }, false, 'stop_sequence', 'END'],
    [{ type: 'finish', reason: 'pause' }, false, 'pause_turn', null],
    [{ type: 'finish', reason: 'refusal' }, false, 'refusal', null],
  ]
  for (const [finish, withCall, reason, sequence] of stops) {
    it(`finish ${finish.reason} ${withCall ? 'with' : 'without'} a call`, () => {
      const delta = encode(...(withCall ? [call(0, 'f')] : [text('a')]), finish).at(-2)?.delta
      assert.deepEqual(delta, { stop_reason: reason, stop_sequence: sequence })
    })
  }

  it('keeps the order of events whatever comes in', () => {
    const piece = fc.constantFrom('', '{', '}', '{}', '{"a":', '"x"}', '\\', ' ')
    const index = fc.nat(3)
    const event: fc.Arbitrary<StreamEvent> = fc.oneof(
      piece.map(text),
      piece.map(thinking),
      piece.map(signed),
      fc.constant<StreamEvent>({ type: 'thinking_encrypted', data: 'd' }),
      fc.constant(START),
      fc.constant<StreamEvent>({ type: 'usage', usage: { output: 3 } }),
      index.map((at) => call(at, `f${at}`)),
      fc.tuple(index, piece).map(([at, words]) => args(at, words)),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        const wire = encode(...events)
        const wanted = events.map((each) => (each.type === 'text' ? each.text : '')).join('')
        const written = wire
          .map((each) => (each.delta?.type === 'text_delta' ? String(each.delta['text']) : ''))
          .join('')
        assert.equal(written, wanted)
      }),
      { numRuns: 2000 },
    )
  })
})
