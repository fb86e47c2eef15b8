import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { anthropicClient, anthropicProvider, countTokensBody } from '../../../src/dialects/anthropic-messages/index.ts'
import { MalformedAnswer } from '../../../src/dialects/types.ts'
import { anthropicError, message } from '../../helpers/anthropic-replies.ts'
import { META } from './support.ts'

describe('decodeResponse', () => {
  it('reads reasoning, text, calls and usage', () => {
    const wire = message({
      model: 'claude',
      thinking: 'hm',
      signature: 's',
      text: 'I look.',
      toolCalls: [{ id: 'a', name: 'f', input: { x: 1 } }],
      usage: { input_tokens: 5, cache_creation_input_tokens: 20, cache_read_input_tokens: 100, output_tokens: 30 },
    })
    assert.deepEqual(anthropicProvider.decodeResponse(wire), {
      id: 'msg_011',
      model: 'claude',
      content: [
        { type: 'thinking', text: 'hm', signature: 's' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_call', id: 'a', name: 'f', arguments: '{"x":1}' },
      ],
      finish: 'tool_calls',
      usage: { input: 125, output: 30, cacheRead: 100, cacheWrite: 20 },
    })
  })

  it('takes an answer that says nothing but why it stopped', () => {
    const { content, finish } = anthropicProvider.decodeResponse(message({ model: 'claude', stop: 'refusal' }))
    assert.deepEqual([content, finish], [[], 'refusal'])
  })

  it('leaves server tools out', () => {
    const content = [
      { type: 'server_tool_use', id: 's', name: 'web_search', input: {} },
      { type: 'web_search_tool_result', tool_use_id: 's', content: [] },
      { type: 'text', text: 'found', citations: [] },
    ]
    assert.deepEqual(anthropicProvider.decodeResponse({ content, stop_reason: 'end_turn' }).content, [
      { type: 'text', text: 'found' },
    ])
  })

  const broken: [string, unknown][] = [
    ['a page', '<html></html>'],
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['another dialect', { choices: [] }],
    ['blocks that are none', { content: ['hi'], stop_reason: 'end_turn' }],
    ['an error', anthropicError('overloaded_error', 'Overloaded')],
    ['neither content nor reason', { content: [], stop_reason: null }],
  ]
  for (const [name, body] of broken) {
    it(`refuses ${name}`, () => assert.throws(() => anthropicProvider.decodeResponse(body), MalformedAnswer))
  }
})

describe('encodeResponse', () => {
  it('writes a message', () => {
    const body = anthropicClient.encodeResponse(
      {
        id: 'upstream-id',
        model: 'upstream-model',
        content: [
          { type: 'thinking', text: 'unsigned' },
          { type: 'thinking', text: 'hm', signature: 's' },
          { type: 'thinking', text: '', encrypted: 'd' },
          { type: 'text', text: '' },
          { type: 'text', text: 'I look.' },
          { type: 'tool_call', id: 'functions.f:0', name: 'f', arguments: '{"x":1}' },
          { type: 'tool_call', id: 'b', name: 'g', arguments: '' },
          { type: 'tool_call', id: 'c', name: 'g', arguments: '{"x"' },
        ],
        finish: 'stop',
        usage: { input: 10, output: 4 },
      },
      META,
    )
    assert.deepEqual(body, {
      id: 'msg_d1',
      type: 'message',
      role: 'assistant',
      model: 'anthropic/claude',
      content: [
        { type: 'thinking', thinking: 'unsigned', signature: '' },
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'redacted_thinking', data: 'd' },
        { type: 'text', text: 'I look.' },
        { type: 'tool_use', id: 'functions_f_0', name: 'f', input: { x: 1 } },
        { type: 'tool_use', id: 'b', name: 'g', input: {} },
        { type: 'tool_use', id: 'c', name: 'g', input: { _raw: '{"x"' } },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: { input_tokens: 10, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 4 },
    })
  })

  it('never says a negative count', () => {
    const usage = anthropicClient.encodeResponse(
      { content: [], finish: 'stop', usage: { input: 5, cacheRead: 9 } },
      META,
    )['usage']
    assert.equal((usage as Record<string, unknown>)['input_tokens'], 0)
  })

  it('answers count_tokens', () => assert.deepEqual(countTokensBody(17), { input_tokens: 17 }))
})
