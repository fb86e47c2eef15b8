import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { responsesAnswer, responsesEvent, responsesStream } from '../../helpers/openai-responses-replies.ts'
import { collect } from './collect.ts'
import { decodeStream, type Json } from './support.ts'

type Wire = [type: string, fields: Json]

function streamOf(...events: Wire[]): string {
  return events.map(([type, fields]) => responsesEvent(`response.${type}`, fields)).join('')
}

const CREATED: Wire = ['created', { response: { id: 'resp_1', model: 'm', status: 'in_progress' } }]
const COMPLETED: Wire = ['completed', { response: { id: 'resp_1', status: 'completed', output: [] } }]

function contentOf(...events: Wire[]): unknown {
  return collect(decodeStream(streamOf(CREATED, ...events, COMPLETED))).content
}

function call(more: Json = {}): Json {
  return { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'f', arguments: '', ...more }
}

const ARGUMENTS = '{"a":1}'
const CALLED = [{ type: 'tool_call', id: 'c1', name: 'f', arguments: ARGUMENTS }]

describe('a stream is decoded', () => {
  it('with everything in it', () => {
    const reply = {
      model: 'gpt',
      thinking: ['**One**', '**Two**'],
      encrypted: 'gAAA',
      text: 'Here you are',
      toolCalls: [
        { id: 'c1', name: 'f', arguments: { a: 1 } },
        { id: 'c2', name: 'patch', input: 'line "one"\n' },
        { id: 'c3', name: 'g', namespace: 'ns', arguments: '{}' },
        { id: 'c4', name: 'patch', input: '' },
      ],
      usage: { input: 30, output: 12, cached: 8, reasoning: 4 },
    }
    const events = decodeStream(responsesStream(reply).join(''))
    assert.deepEqual(events[0], { type: 'start', id: 'resp_upstream', model: 'gpt' })
    const answer = collect(events)
    assert.deepEqual(answer.content, [
      { type: 'thinking', text: '**One**\n\n**Two**', encrypted: 'gAAA' },
      { type: 'text', text: 'Here you are' },
      { type: 'tool_call', id: 'c1', name: 'f', arguments: ARGUMENTS },
      { type: 'tool_call', id: 'c2', name: 'patch', arguments: '{"input":"line \\"one\\"\\n"}' },
      { type: 'tool_call', id: 'c3', name: 'ns__g', arguments: '{}' },
      { type: 'tool_call', id: 'c4', name: 'patch', arguments: '{"input":""}' },
    ])
    assert.deepEqual(answer.usage, { input: 30, output: 12, cacheRead: 8, reasoning: 4 })
    assert.equal(answer.finish, 'tool_calls')
  })

  it('as it comes: text and arguments in pieces', () => {
    const events = decodeStream(responsesStream({ model: 'm', text: 'twelve chars' }, { chunkSize: 5 }).join(''))
    assert.deepEqual(
      events.filter(({ type }) => type === 'text'),
      [
        { type: 'text', text: 'twelv' },
        { type: 'text', text: 'e cha' },
        { type: 'text', text: 'rs' },
      ],
    )
  })

  const argumentStreams: [string, Wire[]][] = [
    [
      'in arguments.done alone',
      [
        ['output_item.added', { output_index: 0, item: call() }],
        ['function_call_arguments.done', { output_index: 0, item_id: 'fc_1', arguments: ARGUMENTS }],
      ],
    ],
    ['in output_item.done alone', [['output_item.done', { output_index: 0, item: call({ arguments: ARGUMENTS }) }]]],
    [
      'in output_item.added and output_item.done',
      [
        ['output_item.added', { output_index: 0, item: call({ arguments: ARGUMENTS }) }],
        ['output_item.done', { output_index: 0, item: call({ arguments: ARGUMENTS }) }],
      ],
    ],
    [
      'in deltas alone',
      [
        ['output_item.added', { output_index: 0, item: call() }],
        ['function_call_arguments.delta', { output_index: 0, delta: ARGUMENTS }],
      ],
    ],
    [
      'in deltas that lack their end',
      [
        ['output_item.added', { output_index: 0, item: call() }],
        ['function_call_arguments.delta', { output_index: 0, delta: '{"a"' }],
        ['output_item.done', { output_index: 0, item: call({ arguments: ARGUMENTS }) }],
      ],
    ],
    [
      'in deltas that name the item by its id',
      [
        ['output_item.added', { output_index: 0, item: call() }],
        ['function_call_arguments.delta', { item_id: 'fc_1', delta: ARGUMENTS }],
      ],
    ],
    ['as an object', [['output_item.done', { output_index: 0, item: { ...call(), arguments: { a: 1 } } }]]],
  ]
  for (const [title, events] of argumentStreams) {
    it(`when the arguments come ${title}`, () => {
      assert.deepEqual(contentOf(...events), CALLED)
    })
  }

  it('when calls come mixed', () => {
    assert.deepEqual(
      contentOf(
        ['output_item.added', { output_index: 0, item: call() }],
        ['output_item.added', { output_index: 1, item: call({ id: 'fc_2', call_id: 'c2', name: 'g' }) }],
        ['function_call_arguments.delta', { output_index: 1, delta: '{}' }],
        ['function_call_arguments.delta', { output_index: 0, delta: ARGUMENTS }],
      ),
      [...CALLED, { type: 'tool_call', id: 'c2', name: 'g', arguments: '{}' }],
    )
  })

  it('when a call has no id', () => {
    const item = { type: 'function_call', name: 'f', arguments: ARGUMENTS }
    assert.deepEqual(contentOf(['output_item.done', { output_index: 0, item }]), [{ ...CALLED[0], id: 'call_resp1_0' }])
  })

  it('when free text lacks its end', () => {
    const item = { type: 'custom_tool_call', id: 'ctc_1', call_id: 'c1', name: 'patch', input: '' }
    assert.deepEqual(
      contentOf(
        ['output_item.added', { output_index: 0, item }],
        ['custom_tool_call_input.delta', { output_index: 0, delta: '"a"' }],
      ),
      [{ type: 'tool_call', id: 'c1', name: 'patch', arguments: '{"input":"\\"a\\""}' }],
    )
  })

  it('when texts come at the end alone', () => {
    const content = [{ type: 'output_text', text: 'hello' }]
    const done: Wire = ['output_item.done', { output_index: 0, item: { type: 'message', content } }]
    assert.deepEqual(contentOf(done), [{ type: 'text', text: 'hello' }])
    assert.deepEqual(contentOf(['output_text.done', { output_index: 0, content_index: 0, text: 'hello' }], done), [
      { type: 'text', text: 'hello' },
    ])
  })

  it('when items are repeated, each said once', () => {
    const items: Json[] = [
      { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'gAAA' },
      { type: 'message', id: 'msg_1', content: [{ type: 'output_text', text: 'hello' }] },
      call({ arguments: ARGUMENTS }),
    ]
    const done = items.map((item, index): Wire => ['output_item.done', { output_index: index, item }])
    assert.deepEqual(contentOf(...done.flatMap((event) => [event, event])), [
      { type: 'thinking', text: 'hm', encrypted: 'gAAA' },
      { type: 'text', text: 'hello' },
      ...CALLED,
    ])
  })

  it('when the last event alone says anything', () => {
    const response = responsesAnswer({
      model: 'm',
      text: 'hi',
      toolCalls: [{ id: 'c1', name: 'f', arguments: { a: 1 } }],
    })
    const answer = collect(decodeStream(streamOf(['completed', { response }])))
    assert.deepEqual(answer.content, [{ type: 'text', text: 'hi' }, ...CALLED])
    assert.deepEqual([answer.id, answer.finish], ['resp_upstream', 'tool_calls'])
  })

  it('when open models reason in words of their own, said once', () => {
    const item = {
      type: 'reasoning',
      id: 'rs_1',
      summary: [],
      content: [{ type: 'reasoning_text', text: 'let me see' }],
    }
    assert.deepEqual(
      contentOf(
        ['output_item.added', { output_index: 0, item: { ...item, content: [] } }],
        ['reasoning_text.delta', { output_index: 0, content_index: 0, delta: 'let me' }],
        ['reasoning_text.done', { output_index: 0, content_index: 0, text: 'let me see' }],
        ['output_item.done', { output_index: 0, item: { ...item, summary: [{ text: 'short' }] } }],
      ),
      [{ type: 'thinking', text: 'let me see' }],
    )
  })

  it('when the model declined', () => {
    const answer = collect(
      decodeStream(
        streamOf(
          CREATED,
          ['refusal.delta', { output_index: 0, content_index: 0, delta: 'I can' }],
          ['refusal.done', { output_index: 0, content_index: 0, refusal: 'I cannot' }],
          COMPLETED,
        ),
      ),
    )
    assert.deepEqual([answer.content, answer.finish], [[{ type: 'text', text: 'I cannot' }], 'refusal'])
  })

  it('when it stopped early', () => {
    for (const [incomplete, finish] of [
      ['max_output_tokens', 'length'],
      ['content_filter', 'refusal'],
    ] as const) {
      const events = decodeStream(responsesStream({ model: 'm', text: 'half', incomplete }).join(''))
      assert.equal(collect(events).finish, finish)
    }
  })

  it('without what it does not know, and nothing after the end', () => {
    const events = decodeStream(
      streamOf(
        CREATED,
        ['output_item.added', { output_index: 0, item: { type: 'web_search_call', id: 'ws_1' } }],
        ['web_search_call.searching', { output_index: 0 }],
        ['from_next_year', {}],
        COMPLETED,
        ['output_text.delta', { output_index: 1, delta: 'late' }],
        COMPLETED,
      ) + 'data: [DONE]\n\n',
    )
    assert.deepEqual(
      events.map(({ type }) => type),
      ['start', 'finish'],
    )
  })

  it('without a finish when it was cut', () => {
    const cut = responsesStream({ model: 'm', text: 'hello' }).slice(0, -1)
    const events = decodeStream(cut.join(''))
    assert.ok(events.some(({ type }) => type === 'text') && events.every(({ type }) => type !== 'finish'))
  })
})

describe('a failure in a stream', () => {
  const text: Wire = ['output_text.delta', { output_index: 0, content_index: 0, delta: 'half' }]
  const failed = (error: unknown): string =>
    streamOf(CREATED, text, ['failed', { response: { status: 'failed', error } }])

  const failures: [string, string, Partial<Extract<StreamEvent, { type: 'error' }>['error']>][] = [
    [
      'response.failed',
      failed({ code: 'server_error', message: 'we broke' }),
      { kind: 'server', code: 'server_error', message: 'we broke' },
    ],
    [
      'response.failed for the rate',
      failed({ code: 'rate_limit_exceeded', message: 'Please try again in 1.5s.' }),
      { kind: 'rate_limit', code: 'rate_limit_exceeded', retryAfterMs: 1500 },
    ],
    [
      'response.failed for the context',
      failed({ code: 'context_length_exceeded', message: 'too long' }),
      { kind: 'context_length' },
    ],
    ['response.failed without an error', failed(null), { kind: 'server' }],
    [
      'an error event',
      streamOf(CREATED, text) + responsesEvent('error', { code: 'server_is_overloaded', message: 'busy', param: null }),
      { kind: 'overloaded', message: 'busy' },
    ],
    [
      'an error event with the error inside',
      streamOf(CREATED, text) +
        responsesEvent('error', { error: { type: 'tokens', code: 'insufficient_quota', message: 'no' } }),
      { kind: 'quota', message: 'no' },
    ],
    [
      'an error body',
      streamOf(CREATED, text) + 'data: {"error":{"message":"broken","type":"server_error"}}\n\n',
      { kind: 'server', message: 'broken' },
    ],
    ['no JSON', streamOf(CREATED, text) + 'data: <html>\n\n', { kind: 'bad_answer' }],
  ]
  for (const [title, wire, expected] of failures) {
    it(`is an event: ${title}`, () => {
      const events = decodeStream(wire + streamOf(text, COMPLETED))
      assert.deepEqual(
        events.map(({ type }) => type),
        ['start', 'text', 'error'],
      )
      const last = events.at(-1)
      assert.ok(last?.type === 'error')
      assert.deepEqual({ ...last.error, ...expected }, last.error)
    })
  }
})
