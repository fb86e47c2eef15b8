import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { openaiResponsesClient } from '../../../src/dialects/openai-responses/index.ts'
import { checkOrder, parseWire } from './stream-rules.ts'
import { decode, encodeStream, meta, tool, type Json } from './support.ts'

function typesOf(events: readonly StreamEvent[]): string[] {
  const wire = parseWire(encodeStream(events))
  checkOrder(wire)
  return wire.map(({ type }) => type.replace('response.', ''))
}

function start(index: number, name = 'f'): StreamEvent {
  return { type: 'tool_call_start', index, id: `c${index}`, name }
}

function piece(index: number, text: string): StreamEvent {
  return { type: 'tool_call_delta', index, arguments: text }
}

const OPENING = ['created', 'in_progress']
const MESSAGE = [
  'output_item.added',
  'content_part.added',
  'output_text.delta',
  'output_text.done',
  'content_part.done',
  'output_item.done',
]
const CALL = ['output_item.added', 'function_call_arguments.delta', 'function_call_arguments.done', 'output_item.done']
const REASONING = [
  'output_item.added',
  'reasoning_summary_part.added',
  'reasoning_summary_text.delta',
  'reasoning_summary_text.done',
  'reasoning_summary_part.done',
  'output_item.done',
]

describe('a stream', () => {
  it('has every event of every item', () => {
    assert.deepEqual(
      typesOf([
        { type: 'start' },
        { type: 'thinking', text: 'hm' },
        { type: 'text', text: 'hi' },
        start(0),
        piece(0, '{}'),
        { type: 'finish', reason: 'tool_calls' },
      ]),
      [...OPENING, ...REASONING, ...MESSAGE, ...CALL, 'completed'],
    )
  })

  it('opens with the first event and closes on its own', () => {
    const encoder = openaiResponsesClient.createStreamEncoder(meta())
    const first = parseWire(encoder.push({ type: 'start', id: 'x', model: 'y' }))
    assert.deepEqual(
      first.map(({ type }) => type),
      ['response.created', 'response.in_progress'],
    )
    assert.equal(encoder.push({ type: 'finish', reason: 'stop' }), '')
    assert.deepEqual(
      parseWire(encoder.end()).map(({ type }) => type),
      ['response.completed'],
    )
  })

  it('keeps texts that follow each other in one item, without empty deltas', () => {
    assert.deepEqual(
      typesOf([
        { type: 'text', text: 'a' },
        { type: 'text', text: '' },
        { type: 'text', text: 'b' },
      ]),
      [...OPENING, ...MESSAGE.flatMap((type) => (type === 'output_text.delta' ? [type, type] : [type])), 'completed'],
    )
    assert.deepEqual(
      typesOf([
        { type: 'thinking', text: '' },
        { type: 'text', text: '' },
      ]),
      [...OPENING, 'completed'],
    )
  })

  it('gives a call without arguments some', () => {
    const wire = parseWire(encodeStream([start(0), piece(0, ''), start(1)]))
    const { output } = checkOrder(wire)
    assert.deepEqual(
      (output as Json[]).map((item) => item['arguments']),
      ['{}', '{}'],
    )
  })

  it('closes a call when the next item comes, once its arguments are whole', () => {
    assert.deepEqual(typesOf([start(0), piece(0, '{"a":1}'), start(1), piece(1, '{}'), { type: 'text', text: 'x' }]), [
      ...OPENING,
      ...CALL,
      ...CALL,
      ...MESSAGE,
      'completed',
    ])
  })

  it('keeps calls apart whose pieces come mixed', () => {
    const wire = parseWire(
      encodeStream([
        start(0, 'f'),
        piece(0, '{"a"'),
        start(1, 'g'),
        piece(1, '{"b"'),
        piece(0, ':1}'),
        piece(1, ':2}'),
        { type: 'text', text: 'x' },
        piece(0, ' late'),
      ]),
    )
    const { output } = checkOrder(wire)
    assert.deepEqual(
      (output as Json[]).map((item) => item['arguments']),
      ['{"a":1}', '{"b":2}', undefined],
    )
  })

  it('takes a call that is announced twice for one', () => {
    const { output } = checkOrder(parseWire(encodeStream([start(0), start(0), piece(0, '{}')])))
    assert.equal((output as Json[]).length, 1)
  })

  it('ends reasoning with its payload or signature', () => {
    const { output } = checkOrder(
      parseWire(
        encodeStream([
          { type: 'thinking', text: 'a' },
          { type: 'thinking_signature', signature: 'c2ln' },
          { type: 'thinking', text: 'b' },
          { type: 'thinking_encrypted', data: 'gAAA' },
          { type: 'thinking_encrypted', data: 'gBBB' },
          { type: 'thinking_encrypted', data: '' },
          { type: 'thinking_signature', signature: '' },
        ]),
      ),
    )
    assert.deepEqual(
      (output as Json[]).map((item) => [(item['summary'] as Json[])[0]?.['text'], item['encrypted_content']]),
      [
        ['a', 'signature:c2ln'],
        ['b', 'gAAA'],
        [undefined, 'gBBB'],
      ],
    )
  })

  it('writes calls of free-text tools and of namespaces as the client knows them', () => {
    const request = decode('hi', {
      tools: [
        { type: 'custom', name: 'apply_patch' },
        { type: 'namespace', name: 'ns', tools: [tool('g')] },
      ],
    })
    const wire = parseWire(
      encodeStream(
        [
          start(0, 'apply_patch'),
          piece(0, '{"input":"*** Beg'),
          piece(0, 'in\\n"}'),
          start(1, 'ns__g'),
          piece(1, '{}'),
          start(2, 'apply_patch'),
        ],
        meta({ request }),
      ),
    )
    const { output } = checkOrder(wire)
    assert.deepEqual(output, [
      {
        id: 'ctc_d1_0',
        type: 'custom_tool_call',
        status: 'completed',
        call_id: 'c0',
        name: 'apply_patch',
        input: '*** Begin\n',
      },
      {
        id: 'fc_d1_1',
        type: 'function_call',
        status: 'completed',
        call_id: 'c1',
        name: 'g',
        namespace: 'ns',
        arguments: '{}',
      },
      { id: 'ctc_d1_2', type: 'custom_tool_call', status: 'completed', call_id: 'c2', name: 'apply_patch', input: '' },
    ])
    assert.deepEqual(
      wire.filter(({ type }) => type.includes('custom')).map(({ type, delta, input }) => [type, delta ?? input]),
      [
        ['response.custom_tool_call_input.delta', '*** Begin\n'],
        ['response.custom_tool_call_input.done', '*** Begin\n'],
        ['response.custom_tool_call_input.done', ''],
      ],
    )
  })

  it('is incomplete when the model had to stop', () => {
    const wire = parseWire(
      encodeStream([
        { type: 'text', text: 'half' },
        { type: 'finish', reason: 'length' },
      ]),
    )
    const response = checkOrder(wire)
    assert.deepEqual(response['incomplete_details'], { reason: 'max_output_tokens' })
    assert.deepEqual(
      (response['output'] as Json[]).map((item) => item['status']),
      ['incomplete'],
    )
    const refused = parseWire(encodeStream([{ type: 'finish', reason: 'refusal' }]))
    assert.deepEqual(checkOrder(refused)['incomplete_details'], { reason: 'content_filter' })
  })

  it('adds up what is said of usage', () => {
    const { usage } = checkOrder(
      parseWire(
        encodeStream([
          { type: 'usage', usage: { input: 10, cacheRead: 4 } },
          { type: 'text', text: 'x' },
          { type: 'usage', usage: { output: 3, reasoning: 1 } },
        ]),
      ),
    )
    assert.deepEqual(usage, {
      input_tokens: 10,
      input_tokens_details: { cached_tokens: 4 },
      output_tokens: 3,
      output_tokens_details: { reasoning_tokens: 1 },
      total_tokens: 13,
    })
  })
})
