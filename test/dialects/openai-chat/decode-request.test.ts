import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import { openaiChatClient } from '../../../src/dialects/openai-chat/index.ts'
import { assistantCalls, call, image, PNG, result, tool, user } from './body.ts'

const decode = openaiChatClient.decodeRequest
const text = (value: string): { type: 'text'; text: string } => ({ type: 'text', text: value })

const messageCases: [name: string, messages: unknown[], expected: Message[]][] = [
  ['a string', [user('hi')], [{ role: 'user', content: [text('hi')] }]],
  ['an empty string', [user('')], [{ role: 'user', content: [] }]],
  [
    'parts, empty ones dropped',
    [user([text('a'), text(''), text('b')])],
    [{ role: 'user', content: [text('a'), text('b')] }],
  ],
  [
    'unknown parts are dropped',
    [user([{ type: 'input_audio' }, 7, text('a')])],
    [{ role: 'user', content: [text('a')] }],
  ],
  [
    'system and developer stay in place',
    [{ role: 'system', content: 's' }, user('hi'), { role: 'developer', content: [text('d')] }],
    [
      { role: 'system', content: [text('s')] },
      { role: 'user', content: [text('hi')] },
      { role: 'system', content: [text('d')] },
    ],
  ],
  [
    'a base64 image',
    [user([{ type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } }])],
    [
      {
        role: 'user',
        content: [{ type: 'image', source: { type: 'base64', mediaType: 'image/png', data: PNG }, detail: 'low' }],
      },
    ],
  ],
  [
    'an image by URL',
    [user([image('https://x.test/a.png')])],
    [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://x.test/a.png' } }] }],
  ],
  [
    'a data URL without base64 stays a URL',
    [user([image('data:image/svg+xml,<svg/>')])],
    [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'data:image/svg+xml,<svg/>' } }] }],
  ],
  [
    'a file',
    [user([{ type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,QUJD' } }])],
    [
      {
        role: 'user',
        content: [
          { type: 'document', source: { type: 'base64', mediaType: 'application/pdf', data: 'QUJD' }, name: 'a.pdf' },
        ],
      },
    ],
  ],
  [
    'a file id alone is told',
    [user([{ type: 'file', file: { file_id: 'f' } }])],
    [{ role: 'user', content: [], unsaid: 'messages.0.content: file' }],
  ],
  [
    'a tool call, arguments byte for byte',
    [assistantCalls(call('c1', 'bash', '{"c": "ls" }')), result('c1', 'out')],
    [
      { role: 'assistant', content: [{ type: 'tool_call', id: 'c1', name: 'bash', arguments: '{"c": "ls" }' }] },
      { role: 'tool', callId: 'c1', content: [text('out')] },
    ],
  ],
  [
    'broken arguments are kept',
    [assistantCalls(call('c1', 'bash', '{"c":'))],
    [{ role: 'assistant', content: [{ type: 'tool_call', id: 'c1', name: 'bash', arguments: '{"c":' }] }],
  ],
  [
    'arguments as an object, and none',
    [assistantCalls(call('c1', 'a', { x: 1 }), call('c2', 'b', ''))],
    [
      {
        role: 'assistant',
        content: [
          { type: 'tool_call', id: 'c1', name: 'a', arguments: '{"x":1}' },
          { type: 'tool_call', id: 'c2', name: 'b', arguments: '{}' },
        ],
      },
    ],
  ],
  [
    'calls and results without ids belong together in order',
    [
      assistantCalls(call('', 'a', '{}'), call('', 'b', '{}')),
      { role: 'tool', content: '1' },
      { role: 'tool', content: '2' },
    ],
    [
      {
        role: 'assistant',
        content: [
          { type: 'tool_call', id: 'call_0', name: 'a', arguments: '{}' },
          { type: 'tool_call', id: 'call_1', name: 'b', arguments: '{}' },
        ],
      },
      { role: 'tool', callId: 'call_0', content: [text('1')] },
      { role: 'tool', callId: 'call_1', content: [text('2')] },
    ],
  ],
  [
    'the older function call',
    [
      { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{"a":1}' } },
      { role: 'function', name: 'f', content: 'r' },
    ],
    [
      { role: 'assistant', content: [{ type: 'tool_call', id: 'call_0', name: 'f', arguments: '{"a":1}' }] },
      { role: 'tool', callId: 'call_0', name: 'f', content: [text('r')] },
    ],
  ],
  [
    'a custom tool call',
    [assistantCalls({ id: 'c', type: 'custom', custom: { name: 'patch', input: '*** x' } })],
    [{ role: 'assistant', content: [{ type: 'tool_call', id: 'c', name: 'patch', arguments: '{"input":"*** x"}' }] }],
  ],
  [
    'a tool result in parts',
    [result('c', [text('a'), text('b'), image('https://x.test/i.png')])],
    [
      {
        role: 'tool',
        callId: 'c',
        content: [text('a'), text('b'), { type: 'image', source: { type: 'url', url: 'https://x.test/i.png' } }],
      },
    ],
  ],
  [
    'reasoning, text, refusal',
    [
      { role: 'assistant', content: 'a', reasoning_content: 'r' },
      { role: 'assistant', content: '', reasoning: 'q' },
      { role: 'assistant', content: null, refusal: 'no' },
    ],
    [
      { role: 'assistant', content: [{ type: 'thinking', text: 'r' }, text('a')] },
      { role: 'assistant', content: [{ type: 'thinking', text: 'q' }] },
      { role: 'assistant', content: [text('no')] },
    ],
  ],
]

for (const [name, messages, expected] of messageCases) {
  test(`decodeRequest, messages: ${name}`, () => assert.deepEqual(decode({ messages }).messages, expected))
}

const fieldCases: [name: string, fields: Record<string, unknown>, expected: Partial<ChatRequest>][] = [
  ['nothing set', {}, {}],
  ['unknown fields', { store: false, metadata: {}, n: 2, logit_bias: {}, service_tier: 'x' }, {}],
  ['model and stream', { model: 'm', stream: true }, { model: 'm', stream: true }],
  ['sampling', { temperature: 0, top_p: 0.5, top_k: 4, seed: 1 }, { temperature: 0, topP: 0.5, topK: 4, seed: 1 }],
  ['penalties', { presence_penalty: 1, frequency_penalty: -1 }, { presencePenalty: 1, frequencyPenalty: -1 }],
  ['null means unset', { temperature: null, stop: null, tools: null, response_format: null, max_tokens: null }, {}],
  ['values of another type', { temperature: 'hot', seed: {}, stop: 5, user: 7, tool_choice: 3 }, {}],
  ['one stop', { stop: 'END' }, { stop: ['END'] }],
  ['many stops', { stop: ['a', '', 'b'] }, { stop: ['a', 'b'] }],
  ['newer limit first', { max_tokens: 1, max_completion_tokens: 2 }, { maxTokens: 2 }],
  ['older limit', { max_tokens: 1 }, { maxTokens: 1 }],
  ['user', { user: 'u' }, { user: 'u' }],
  ['JSON mode', { response_format: { type: 'json_object' } }, { output: { type: 'json' } }],
  ['text format', { response_format: { type: 'text' } }, {}],
  [
    'JSON schema',
    { response_format: { type: 'json_schema', json_schema: { name: 'n', schema: { type: 'object' }, strict: true } } },
    { output: { type: 'json_schema', name: 'n', schema: { type: 'object' }, strict: true } },
  ],
  ['effort', { reasoning_effort: 'high' }, { thinking: { mode: 'on', effort: 'high' } }],
  ['no effort', { reasoning_effort: 'none' }, { thinking: { mode: 'off', effort: 'none' } }],
  ['unknown effort', { reasoning_effort: 'huge' }, {}],
  ['OpenRouter effort', { reasoning: { effort: 'low' } }, { thinking: { mode: 'on', effort: 'low' } }],
  ['OpenRouter budget', { reasoning: { max_tokens: 99 } }, { thinking: { mode: 'on', budgetTokens: 99 } }],
  ['OpenRouter off', { reasoning: { enabled: false } }, { thinking: { mode: 'off' } }],
  ['DeepSeek switch', { thinking: { type: 'enabled' } }, { thinking: { mode: 'on' } }],
  ['Qwen switch', { enable_thinking: false }, { thinking: { mode: 'off' } }],
  ['no tools, no choice', { tools: [], tool_choice: 'auto', parallel_tool_calls: true }, {}],
  [
    'tools',
    {
      tools: [
        tool('a'),
        { type: 'function', function: { name: 'b', description: 'd', strict: true } },
        7,
        { type: 'function' },
      ],
    },
    {
      tools: [
        { type: 'function', name: 'a', schema: { type: 'object', properties: {} } },
        { type: 'function', name: 'b', description: 'd', strict: true },
      ],
    },
  ],
  [
    'flat tool, as Responses has it',
    { tools: [{ type: 'function', name: 'a', parameters: {} }] },
    { tools: [{ type: 'function', name: 'a', schema: {} }] },
  ],
  [
    'native tools',
    { tools: [{ type: 'web_search' }, { type: 'custom', custom: { name: 'p' } }] },
    {
      tools: [
        { type: 'native', dialect: 'openai-chat', name: 'web_search', raw: { type: 'web_search' } },
        { type: 'native', dialect: 'openai-chat', name: 'p', raw: { type: 'custom', custom: { name: 'p' } } },
      ],
    },
  ],
  [
    'older functions',
    { functions: [{ name: 'f', parameters: {} }], function_call: 'none' },
    { tools: [{ type: 'function', name: 'f', schema: {} }], toolChoice: { type: 'none' } },
  ],
]

for (const [name, fields, expected] of fieldCases) {
  test(`decodeRequest, fields: ${name}`, () => {
    const messages = [user('hi')]
    const base: ChatRequest = { model: '', messages: decode({ messages }).messages, tools: [], stream: false }
    assert.deepEqual(decode({ messages, ...fields }), { ...base, ...expected })
  })
}

const choices: [choice: unknown, expected: ChatRequest['toolChoice']][] = [
  ['auto', { type: 'auto' }],
  ['none', { type: 'none' }],
  ['required', { type: 'required' }],
  ['any', { type: 'required' }],
  [
    { type: 'function', function: { name: 'a' } },
    { type: 'tool', name: 'a' },
  ],
  [
    { type: 'custom', custom: { name: 'a' } },
    { type: 'tool', name: 'a' },
  ],
  [{ type: 'allowed_tools', allowed_tools: { mode: 'auto', tools: [] } }, { type: 'auto' }],
  [{ type: 'allowed_tools', allowed_tools: { mode: 'required', tools: [] } }, { type: 'required' }],
  [{ type: 'future' }, undefined],
  ['future', undefined],
]
for (const [choice, expected] of choices) {
  test(`decodeRequest, tool_choice ${JSON.stringify(choice)}`, () => {
    assert.deepEqual(decode({ messages: [user('x')], tools: [tool('a')], tool_choice: choice }).toolChoice, expected)
  })
}

test('parallel_tool_calls is kept beside tools', () => {
  const body = { messages: [user('x')], tools: [tool('a')], parallel_tool_calls: false }
  assert.equal(decode(body).parallelTools, false)
})

const refused: [body: Record<string, unknown>, param: string][] = [
  [{}, 'messages'],
  [{ messages: [] }, 'messages'],
  [{ messages: {} }, 'messages'],
  [{ messages: [null] }, 'messages.0'],
  [{ messages: [user('x'), { content: 'y' }] }, 'messages.1.role'],
  [{ messages: [{ role: 'king', content: 'y' }] }, 'messages.0.role'],
  [{ model: 7, messages: [user('x')] }, 'model'],
]
for (const [body, param] of refused) {
  test(`decodeRequest refuses ${JSON.stringify(body)}`, () => {
    assert.throws(
      () => decode(body),
      (error) => error instanceof BadRequest && error.param === param,
    )
  })
}
