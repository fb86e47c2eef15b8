import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { openaiResponsesClient, openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import { MalformedAnswer } from '../../../src/dialects/types.ts'
import { responsesAnswer } from '../../helpers/openai-responses-replies.ts'
import { decode, meta, request, tool, wire, type Json } from './support.ts'

function encode(response: Partial<ChatResponse>, about = meta()): Json {
  return wire(openaiResponsesClient.encodeResponse({ content: [], finish: 'stop', usage: {}, ...response }, about))
}

function text(value: string): { type: 'text'; text: string } {
  return { type: 'text', text: value }
}

describe('a whole answer is encoded', () => {
  it('with all that strict clients demand', () => {
    const about = meta({
      request: request({
        maxTokens: 100,
        temperature: 0.5,
        topP: 1,
        parallelTools: false,
        toolChoice: { type: 'tool', name: 'f' },
        thinking: { mode: 'on', effort: 'low' },
      }),
    })
    const usage = { input: 30, output: 12, cacheRead: 8, cacheWrite: 2, reasoning: 4 }
    assert.deepEqual(encode({ content: [text('hi')], usage }, about), {
      id: 'resp_d1',
      object: 'response',
      created_at: 1_767_225_600,
      status: 'completed',
      background: false,
      error: null,
      incomplete_details: null,
      instructions: null,
      max_output_tokens: 100,
      model: 'acme/large',
      output: [
        {
          id: 'msg_d1_0',
          type: 'message',
          status: 'completed',
          role: 'assistant',
          content: [{ type: 'output_text', text: 'hi', annotations: [], logprobs: [] }],
        },
      ],
      parallel_tool_calls: false,
      previous_response_id: null,
      reasoning: { effort: 'low', summary: null },
      store: false,
      temperature: 0.5,
      text: { format: { type: 'text' } },
      tool_choice: { type: 'function', name: 'f' },
      tools: [],
      top_p: 1,
      truncation: 'disabled',
      usage: {
        input_tokens: 30,
        input_tokens_details: { cached_tokens: 8, cache_write_tokens: 2 },
        output_tokens: 12,
        output_tokens_details: { reasoning_tokens: 4 },
        total_tokens: 42,
      },
      user: null,
      metadata: {},
    })
  })

  it('with reasoning, its payload, and signatures of other dialects in its place', () => {
    const { output } = encode({
      content: [
        { type: 'thinking', text: 'a' },
        { type: 'thinking', text: 'b', signature: 'c2ln' },
        { type: 'thinking', text: '', encrypted: 'b3BhcXVl' },
      ],
    })
    assert.deepEqual(output, [
      { id: 'rs_d1_0', type: 'reasoning', summary: [{ type: 'summary_text', text: 'a' }] },
      {
        id: 'rs_d1_1',
        type: 'reasoning',
        summary: [{ type: 'summary_text', text: 'b' }],
        encrypted_content: 'signature:c2ln',
      },
      { id: 'rs_d1_2', type: 'reasoning', summary: [], encrypted_content: 'b3BhcXVl' },
    ])
  })

  it('with calls in the words of the client', () => {
    const asked = decode('hi', {
      tools: [
        tool('f'),
        { type: 'custom', name: 'apply_patch' },
        { type: 'namespace', name: 'ns', tools: [tool('g'), { type: 'custom', name: 'h' }] },
      ],
    })
    const calls = [
      ['f', ''],
      ['apply_patch', '{"input":"*** Begin"}'],
      ['apply_patch', '{"patch":"*** Other field"}'],
      ['apply_patch', '*** Bare text'],
      ['apply_patch', '{}'],
      ['ns__g', '{"a":1}'],
      ['ns__h', '{"input":"free"}'],
    ]
    const content = calls.map(([name = '', args = ''], index) => {
      return { type: 'tool_call' as const, id: `c${index}`, name, arguments: args }
    })
    const { output } = encode({ content, finish: 'tool_calls' }, meta({ request: asked }))
    assert.deepEqual(
      (output as Json[]).map(({ id, status, call_id, ...rest }) => {
        assert.ok(status === 'completed' && typeof id === 'string' && typeof call_id === 'string')
        return rest
      }),
      [
        { type: 'function_call', name: 'f', arguments: '{}' },
        { type: 'custom_tool_call', name: 'apply_patch', input: '*** Begin' },
        { type: 'custom_tool_call', name: 'apply_patch', input: '*** Other field' },
        { type: 'custom_tool_call', name: 'apply_patch', input: '*** Bare text' },
        { type: 'custom_tool_call', name: 'apply_patch', input: '' },
        { type: 'function_call', name: 'g', namespace: 'ns', arguments: '{"a":1}' },
        { type: 'custom_tool_call', name: 'h', namespace: 'ns', input: 'free' },
      ],
    )
  })

  const finishes: [ChatResponse['finish'], string, unknown][] = [
    ['stop', 'completed', null],
    ['tool_calls', 'completed', null],
    ['stop_sequence', 'completed', null],
    ['pause', 'completed', null],
    ['length', 'incomplete', { reason: 'max_output_tokens' }],
    ['refusal', 'incomplete', { reason: 'content_filter' }],
  ]
  for (const [finish, status, details] of finishes) {
    it(`with the status ${status} for ${finish}`, () => {
      const body = encode({ content: [text('a'), text(''), text('b')], finish })
      assert.deepEqual([body['status'], body['incomplete_details']], [status, details])
      assert.deepEqual(
        (body['output'] as Json[]).map((item) => item['status']),
        ['completed', finish === 'length' ? 'incomplete' : 'completed'],
      )
    })
  }
})

describe('a whole answer is decoded', () => {
  const decodeBody = (change: Json): ChatResponse =>
    openaiResponsesProvider.decodeResponse({ ...responsesAnswer({ model: 'm', text: 'hi' }), ...change })

  it('with everything in it', () => {
    const answer = responsesAnswer({
      model: 'gpt',
      thinking: ['**One**', '**Two**'],
      encrypted: 'gAAA',
      text: 'Here',
      toolCalls: [
        { id: 'c1', name: 'f', arguments: { a: 1 } },
        { id: 'c2', name: 'patch', input: 'free "text"' },
        { id: 'c3', name: 'g', namespace: 'ns', arguments: '' },
      ],
      usage: { input: 30, output: 12, cached: 8, reasoning: 4 },
    })
    assert.deepEqual(openaiResponsesProvider.decodeResponse(answer), {
      id: 'resp_upstream',
      model: 'gpt',
      content: [
        { type: 'thinking', text: '**One**\n\n**Two**', encrypted: 'gAAA' },
        text('Here'),
        { type: 'tool_call', id: 'c1', name: 'f', arguments: '{"a":1}' },
        { type: 'tool_call', id: 'c2', name: 'patch', arguments: '{"input":"free \\"text\\""}' },
        { type: 'tool_call', id: 'c3', name: 'ns__g', arguments: '{}' },
      ],
      finish: 'tool_calls',
      usage: { input: 30, output: 12, cacheRead: 8, reasoning: 4 },
    })
  })

  it('when it stopped early', () => {
    assert.equal(
      decodeBody({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } }).finish,
      'length',
    )
    assert.equal(
      decodeBody({ status: 'incomplete', incomplete_details: { reason: 'content_filter' } }).finish,
      'refusal',
    )
    assert.equal(decodeBody({ status: 'incomplete', incomplete_details: null }).finish, 'length')
  })

  it('when the model declined', () => {
    const refusal = { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] }
    const decoded = decodeBody({ output: [refusal] })
    assert.deepEqual([decoded.content, decoded.finish], [[text('No.')], 'refusal'])
  })

  it('without items of server tools, with made-up ids where none are given', () => {
    const decoded = decodeBody({
      output: [
        { type: 'web_search_call', id: 'ws_1' },
        'x',
        { type: 'function_call', name: 'f', arguments: { a: 1 } },
        { type: 'function_call', arguments: '{}' },
        { type: 'function_call', name: 'g', arguments: '{}' },
      ],
      usage: null,
    })
    assert.deepEqual(decoded.content, [
      { type: 'tool_call', id: 'call_respupstream_0', name: 'f', arguments: '{"a":1}' },
      { type: 'tool_call', id: 'call_respupstream_1', name: 'g', arguments: '{}' },
    ])
    assert.deepEqual(decoded.usage, {})
  })

  const wrong: [string, unknown][] = [
    ['no object', 'hi'],
    ['null', null],
    ['without output', { object: 'response', status: 'completed' }],
    ['an error', { error: { message: 'no', code: 'server_error' } }],
    ['failed', { status: 'failed', error: null, output: [] }],
    ['not finished', { status: 'in_progress', output: [] }],
  ]
  for (const [title, body] of wrong) {
    it(`unless it is ${title}`, () => {
      assert.throws(() => openaiResponsesProvider.decodeResponse(body), MalformedAnswer)
    })
  }
})
