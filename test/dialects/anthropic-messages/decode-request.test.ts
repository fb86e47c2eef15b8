import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { anthropicClient } from '../../../src/dialects/anthropic-messages/index.ts'
import { BadRequest } from '../../../src/dialects/types.ts'

const HI = [{ role: 'user', content: 'hi' }]

function decode(body: Record<string, unknown>): ChatRequest {
  return anthropicClient.decodeRequest({ model: 'm', messages: HI, ...body })
}

function messages(...wire: unknown[]): Message[] {
  return decode({ messages: wire }).messages
}

describe('decodeRequest: fields', () => {
  const table: [string, Record<string, unknown>, Partial<ChatRequest>][] = [
    ['max_tokens', { max_tokens: 5 }, { maxTokens: 5 }],
    ['max_tokens of a cache warm-up', { max_tokens: 0 }, {}],
    ['sampling', { temperature: 0.5, top_p: 0.9, top_k: 3 }, { temperature: 0.5, topP: 0.9, topK: 3 }],
    ['stop_sequences', { stop_sequences: ['a', 'b'] }, { stop: ['a', 'b'] }],
    ['no stop_sequences', { stop_sequences: [] }, {}],
    ['stream', { stream: true }, { stream: true }],
    [
      'enabled',
      { thinking: { type: 'enabled', budget_tokens: 31999 } },
      { thinking: { mode: 'on', budgetTokens: 31999 } },
    ],
    ['adaptive', { thinking: { type: 'adaptive', display: 'omitted' } }, { thinking: { mode: 'auto' } }],
    ['disabled', { thinking: { type: 'disabled' } }, { thinking: { mode: 'off' } }],
    [
      'effort beside adaptive',
      { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } },
      { thinking: { mode: 'auto', effort: 'high' } },
    ],
    ['effort alone', { output_config: { effort: 'low' } }, { thinking: { mode: 'auto', effort: 'low' } }],
    ['unknown effort', { output_config: { effort: 'ultra' } }, {}],
    [
      'output_config.format',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      { output: { type: 'json_schema', schema: { type: 'object' } } },
    ],
    [
      'output_format',
      { output_format: { type: 'json_schema', schema: { type: 'object' } } },
      { output: { type: 'json_schema', schema: { type: 'object' } } },
    ],
    ['metadata.user_id', { metadata: { user_id: 'u' } }, { user: 'u' }],
    ['tool_choice auto', { tool_choice: { type: 'auto' } }, { toolChoice: { type: 'auto' } }],
    ['tool_choice any', { tool_choice: { type: 'any' } }, { toolChoice: { type: 'required' } }],
    ['tool_choice none', { tool_choice: { type: 'none' } }, { toolChoice: { type: 'none' } }],
    ['tool_choice tool', { tool_choice: { type: 'tool', name: 'f' } }, { toolChoice: { type: 'tool', name: 'f' } }],
    [
      'no parallel tools',
      { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      { toolChoice: { type: 'auto' }, parallelTools: false },
    ],
    ['empty tools', { tools: [] }, { tools: [] }],
    ['fields of betas', { context_management: { edits: [] }, mcp_servers: [], speed: 'fast', container: null }, {}],
    ['fields of the wrong type', { temperature: 'hot', stop_sequences: 'x', tools: 7, thinking: [], metadata: 1 }, {}],
  ]
  for (const [name, body, expected] of table) {
    it(name, () => {
      const plain = {
        model: 'm',
        messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
        tools: [],
        stream: false,
      }
      assert.deepEqual(decode(body), { ...plain, ...expected })
    })
  }

  it('reads function, custom and server tools', () => {
    const { tools } = decode({
      tools: [
        {
          name: 'f',
          description: 'd',
          input_schema: { type: 'object' },
          strict: true,
          cache_control: { type: 'ephemeral' },
        },
        { type: 'custom', name: 'g', input_schema: { type: 'object' }, defer_loading: true },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
        'not a tool',
      ],
    })
    assert.deepEqual(tools, [
      { type: 'function', name: 'f', description: 'd', schema: { type: 'object' }, strict: true },
      { type: 'function', name: 'g', schema: { type: 'object' } },
      {
        type: 'native',
        dialect: 'anthropic-messages',
        name: 'web_search',
        raw: { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
      },
    ])
  })
})

describe('decodeRequest: messages', () => {
  it('puts the system prompt first and leaves the billing header out', () => {
    const { messages: found } = decode({
      system: [
        { type: 'text', text: 'x-anthropic-billing-header: cc_version=2;' },
        { type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral' } },
      ],
    })
    assert.deepEqual(found[0], { role: 'system', content: [{ type: 'text', text: 'You are an agent.' }] })
    assert.equal(decode({ system: 'be brief' }).messages[0]?.role, 'system')
    assert.equal(decode({ system: '' }).messages.length, 1)
  })

  it('keeps system turns in their place', () => {
    const roles = messages(HI[0], { role: 'system', content: 'env' }, { role: 'assistant', content: 'ok' }).map(
      (m) => m.role,
    )
    assert.deepEqual(roles, ['user', 'system', 'assistant'])
  })

  it('puts tool results before the rest of a user turn, in wire order', () => {
    const found = messages({
      role: 'user',
      content: [
        { type: 'text', text: 'look' },
        { type: 'tool_result', tool_use_id: 'b', content: 'two', is_error: true },
        { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'one' }], is_error: false },
        { type: 'tool_result', tool_use_id: 'c' },
      ],
    })
    assert.deepEqual(found, [
      { role: 'tool', callId: 'b', content: [{ type: 'text', text: 'two' }], isError: true },
      { role: 'tool', callId: 'a', content: [{ type: 'text', text: 'one' }] },
      { role: 'tool', callId: 'c', content: [] },
      { role: 'user', content: [{ type: 'text', text: 'look' }] },
    ])
  })

  it('reads images, documents and what can be told as text, also inside tool results', () => {
    const png = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } }
    const found = messages({
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a', content: [png, { type: 'tool_reference', tool_name: 'Grep' }] },
        { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
        { type: 'image', source: { type: 'file', file_id: 'f' } },
        { type: 'document', title: 't', source: { type: 'base64', media_type: 'application/pdf', data: 'aGk=' } },
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'plain' } },
        { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'inner' }] } },
        { type: 'search_result', title: 'T', source: 'S', content: [{ type: 'text', text: 'found' }] },
        { type: 'container_upload', file_id: 'f' },
      ],
    })
    const image = { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'aGk=' } }
    assert.deepEqual(found, [
      { role: 'tool', callId: 'a', content: [image, { type: 'text', text: 'Tool: Grep' }] },
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'url', url: 'https://x/y.png' } },
          { type: 'document', source: { type: 'base64', mediaType: 'application/pdf', data: 'aGk=' }, name: 't' },
          { type: 'document', source: { type: 'text', text: 'plain' } },
          { type: 'document', source: { type: 'text', text: 'inner' } },
          { type: 'text', text: 'T S\nfound' },
        ],
      },
    ])
  })

  it('reads an assistant turn and leaves server tools out', () => {
    const [found] = messages({
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'hm', signature: 's+/=' },
        { type: 'thinking', thinking: '', signature: 'withheld' },
        { type: 'thinking', thinking: 'unsigned', signature: '' },
        { type: 'redacted_thinking', data: 'opaque' },
        { type: 'text', text: 'I look.' },
        { type: 'text', text: '' },
        { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'q' } },
        { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1', content: [] },
        { type: 'tool_use', id: 'a', name: 'f', input: { path: 'x', n: 1 } },
      ],
    })
    assert.deepEqual(found?.content, [
      { type: 'thinking', text: 'hm', signature: 's+/=' },
      { type: 'thinking', text: '', signature: 'withheld' },
      { type: 'thinking', text: 'unsigned' },
      { type: 'thinking', text: '', encrypted: 'opaque' },
      { type: 'text', text: 'I look.' },
      { type: 'tool_call', id: 'a', name: 'f', arguments: '{"path":"x","n":1}' },
    ])
  })

  const inputs: [string, unknown, string][] = [
    ['an object', { a: 1 }, '{"a":1}'],
    ['nothing', undefined, '{}'],
    ['null', null, '{}'],
    ['empty text', '', '{}'],
    ['text of an object', '{"a": 1}', '{"a": 1}'],
    ['broken text', '{"a": ', '{"_raw":"{\\"a\\": "}'],
    ['text of a list', '[1]', '{"_raw":"[1]"}'],
    ['a list', [1], '{"_raw":"[1]"}'],
  ]
  for (const [name, input, expected] of inputs) {
    it(`tool_use.input: ${name}`, () => {
      const [found] = messages({ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'f', input }] })
      assert.deepEqual(found?.content, [{ type: 'tool_call', id: 'a', name: 'f', arguments: expected }])
    })
  }

  it('skips turns without content', () => {
    assert.deepEqual(
      messages({ role: 'user', content: [] }, { role: 'assistant', content: '' }, { role: 'system', content: [] }),
      [],
    )
  })
})

describe('decodeRequest: wrong shapes', () => {
  const table: [string, Record<string, unknown>, string][] = [
    ['model', { model: 5 }, 'model'],
    ['null model', { model: null }, 'model'],
    ['no messages', { messages: undefined }, 'messages'],
    ['messages text', { messages: 'hi' }, 'messages'],
    ['messages empty', { messages: [] }, 'messages'],
    ['message', { messages: ['hi'] }, 'messages.0'],
    ['role', { messages: [HI[0], { role: 'tool', content: 'x' }] }, 'messages.1.role'],
    ['content', { messages: [{ role: 'user', content: 5 }] }, 'messages.0.content'],
    ['block', { messages: [{ role: 'user', content: ['x'] }] }, 'messages.0.content'],
    ['system', { system: { text: 'x' } }, 'system'],
  ]
  for (const [name, body, param] of table) {
    it(name, () => {
      assert.throws(
        () => decode(body),
        (error) => error instanceof BadRequest && error.param === param,
      )
    })
  }
})
