import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { event, messageStream } from '../../helpers/anthropic-replies.ts'
import { decodeStream, missingEnd } from './support.ts'

const START = event('message_start', { message: { id: 'msg_1', model: 'claude', content: [] } })
const END = event('message_delta', { delta: { stop_reason: 'end_turn' } }) + event('message_stop', {})

function start(block: Record<string, unknown>, index = 0): string {
  return event('content_block_start', { index, content_block: block })
}

function delta(fields: Record<string, unknown>, index = 0): string {
  return event('content_block_delta', { index, delta: fields })
}

const STOP = event('content_block_stop', { index: 0 })
const CALL = { type: 'tool_use', id: 'a', name: 'f', input: {} }

/** Events between `start` and `finish`. */
function inner(...wire: string[]): StreamEvent[] {
  return decodeStream(START + wire.join('') + END).filter((found) => !['start', 'finish', 'usage'].includes(found.type))
}

describe('stream decoder', () => {
  it('reads an answer with reasoning, text and parallel calls', () => {
    const wire = messageStream({
      model: 'claude',
      thinking: 'hmm',
      signature: 's+/=',
      text: 'I look.',
      toolCalls: [
        { name: 'f', input: { a: 1 } },
        { name: 'g', input: {} },
      ],
      usage: { input_tokens: 5, cache_creation_input_tokens: 20, cache_read_input_tokens: 100, output_tokens: 30 },
    })
    assert.deepEqual(decodeStream(wire.join('')), [
      { type: 'start', id: 'msg_011', model: 'claude' },
      { type: 'usage', usage: { input: 125, output: 1, cacheRead: 100, cacheWrite: 20 } },
      { type: 'thinking', text: 'hm' },
      { type: 'thinking', text: 'm' },
      { type: 'thinking_signature', signature: 's+/=' },
      { type: 'text', text: 'I lo' },
      { type: 'text', text: 'ok.' },
      { type: 'tool_call_start', index: 0, id: 'toolu_010', name: 'f' },
      { type: 'tool_call_delta', index: 0, arguments: '{"a"' },
      { type: 'tool_call_delta', index: 0, arguments: ':1}' },
      { type: 'tool_call_start', index: 1, id: 'toolu_011', name: 'g' },
      { type: 'tool_call_delta', index: 1, arguments: '{}' },
      { type: 'usage', usage: { input: 125, output: 30, cacheRead: 100, cacheWrite: 20 } },
      { type: 'finish', reason: 'tool_calls' },
    ])
  })

  const text = { type: 'text', text: '' }
  const thinking = { type: 'thinking', thinking: '', signature: '' }
  const table: [string, string[], StreamEvent[]][] = [
    ['ping', [event('ping', {})], []],
    ['an event of the future', [event('content_block_note', { note: 1 })], []],
    ['comments', [': keep-alive\n\n'], []],
    [
      'text in the start of its block',
      [start({ type: 'text', text: 'a' }), delta({ type: 'text_delta', text: 'b' }), STOP],
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    ],
    ['empty text', [start(text), delta({ type: 'text_delta', text: '' }), STOP], []],
    ['citations', [start(text), delta({ type: 'citations_delta', citation: {} }), STOP], []],
    [
      'reasoning without a signature',
      [start(thinking), delta({ type: 'thinking_delta', thinking: 'x' }), STOP],
      [{ type: 'thinking', text: 'x' }],
    ],
    [
      'withheld reasoning',
      [start(thinking), delta({ type: 'signature_delta', signature: 's' }), STOP],
      [{ type: 'thinking_signature', signature: 's' }],
    ],
    [
      'sealed reasoning',
      [start({ type: 'redacted_thinking', data: 'd' }), STOP],
      [{ type: 'thinking_encrypted', data: 'd' }],
    ],
    [
      'a server tool and its result',
      [
        start({ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }),
        delta({ type: 'input_json_delta', partial_json: '{"query":"q"}' }),
        STOP,
        start({ type: 'web_search_tool_result', tool_use_id: 's', content: [] }, 1),
        STOP,
      ],
      [],
    ],
    [
      'a call without a piece',
      [start(CALL), STOP],
      [
        { type: 'tool_call_start', index: 0, id: 'a', name: 'f' },
        { type: 'tool_call_delta', index: 0, arguments: '{}' },
      ],
    ],
    [
      'a call whose block is never closed',
      [start(CALL)],
      [
        { type: 'tool_call_start', index: 0, id: 'a', name: 'f' },
        { type: 'tool_call_delta', index: 0, arguments: '{}' },
      ],
    ],
    [
      'arguments in the start',
      [start({ ...CALL, input: { a: 1 } }), STOP],
      [
        { type: 'tool_call_start', index: 0, id: 'a', name: 'f' },
        { type: 'tool_call_delta', index: 0, arguments: '{"a":1}' },
      ],
    ],
    [
      'arguments in the start and again in pieces',
      [start({ ...CALL, input: { a: 1 } }), delta({ type: 'input_json_delta', partial_json: '{"a":1}' }), STOP],
      [
        { type: 'tool_call_start', index: 0, id: 'a', name: 'f' },
        { type: 'tool_call_delta', index: 0, arguments: '{"a":1}' },
      ],
    ],
    [
      'block indexes are not call indexes',
      [
        start(text),
        delta({ type: 'text_delta', text: 'x' }),
        STOP,
        start(CALL, 1),
        delta({ type: 'input_json_delta', partial_json: '{"a":2}' }, 1),
        STOP,
      ],
      [
        { type: 'text', text: 'x' },
        { type: 'tool_call_start', index: 0, id: 'a', name: 'f' },
        { type: 'tool_call_delta', index: 0, arguments: '{"a":2}' },
      ],
    ],
  ]
  for (const [name, wire, expected] of table) it(name, () => assert.deepEqual(inner(...wire), expected))

  const stops: [string | null | undefined, string][] = [
    ['end_turn', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['stop_sequence', 'stop_sequence'],
    ['tool_use', 'tool_calls'],
    ['pause_turn', 'pause'],
    ['refusal', 'refusal'],
    ['something_new', 'stop'],
    ['toString', 'stop'],
    [null, 'stop'],
    [undefined, 'stop'],
  ]
  for (const [reason, expected] of stops) {
    it(`stop_reason ${reason}`, () => {
      const end = event('message_delta', { delta: { stop_reason: reason } }) + event('message_stop', {})
      assert.deepEqual(decodeStream(START + end).at(-1), { type: 'finish', reason: expected })
    })
  }

  it('tells the stop sequence', () => {
    const end = event('message_delta', { delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' } })
    const last = decodeStream(START + end + event('message_stop', {})).at(-1)
    assert.deepEqual(last, { type: 'finish', reason: 'stop_sequence', stopSequence: 'END' })
  })

  it('finishes with the stop reason, not with a delta that has none', () => {
    const said = START + start({ type: 'text', text: 'x' }) + STOP
    const counts = event('message_delta', { delta: { stop_reason: null }, usage: { output_tokens: 3 } })
    const isFinished = (wire: string): boolean => decodeStream(wire).some(({ type }) => type === 'finish')
    assert.ok(!isFinished(said + counts))
    assert.ok(isFinished(said + counts + event('message_delta', { delta: { stop_reason: 'end_turn' } })))
    assert.ok(isFinished(said + event('message_stop', {})), 'without a reason, at the end')
  })

  it('tells what its stream lacks behind the stop reason', () => {
    const stop = event('message_stop', {})
    const open = START + start({ type: 'text', text: 'x' }, 3)
    const reason = event('message_delta', { delta: { stop_reason: 'end_turn' } })
    const boom = event('error', { error: { type: 'api_error', message: 'boom' } })
    assert.equal(missingEnd(open + event('content_block_stop', { index: 3 }) + reason), stop)
    assert.equal(missingEnd(open + event('content_block_stop', { index: 3 }) + reason + boom), stop)
    assert.equal(missingEnd(open + reason), event('content_block_stop', { index: 3 }) + stop)
    assert.equal(missingEnd(open + reason + stop), '')
  })

  it('keeps the larger of cumulative counts', () => {
    const early = event('message_start', {
      message: { usage: { input_tokens: 50, cache_read_input_tokens: 10, output_tokens: 1 } },
    })
    const late = event('message_delta', {
      delta: { stop_reason: 'end_turn' },
      usage: {
        input_tokens: 0,
        cache_read_input_tokens: null,
        output_tokens: 9,
        output_tokens_details: { thinking_tokens: 4 },
      },
    })
    const usages = decodeStream(early + late).filter((found) => found.type === 'usage')
    assert.deepEqual(usages.at(-1)?.usage, { input: 60, output: 9, cacheRead: 10, reasoning: 4 })
  })

  it('turns an error event into an error and then says nothing', () => {
    const failed = event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } })
    assert.deepEqual(decodeStream(START + failed + END).slice(1), [
      { type: 'error', error: { kind: 'overloaded', status: 200, message: 'Overloaded', code: 'overloaded_error' } },
    ])
  })

  it('takes the error shape of other gateways', () => {
    const [found] = decodeStream('data: {"error":{"message":"boom","type":"server_error"}}\n\n')
    assert.deepEqual(found, {
      type: 'error',
      error: { kind: 'server', status: 200, message: 'boom', code: 'server_error' },
    })
  })

  it('reports an event that is not JSON', () => {
    const found = decodeStream(`${START}event: content_block_delta\ndata: {"type":"content_\n\n${END}`)
    assert.deepEqual(
      found.slice(1).map((each) => each.type),
      ['error'],
    )
  })
})
