import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Message, ThinkingRequest } from '../../../src/chat/request.ts'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { openaiChatClient, openaiChatProvider } from '../../../src/dialects/openai-chat/index.ts'
import { assistantCalls, call, image, PNG, request, result, target, tool, user } from './body.ts'

const text = (value: string): { type: 'text'; text: string } => ({ type: 'text', text: value })
const toolCall = (
  id: string,
  name = 'bash',
  args = '{}',
): { type: 'tool_call'; id: string; name: string; arguments: string } => ({
  type: 'tool_call',
  id,
  name,
  arguments: args,
})
const png = { type: 'image' as const, source: { type: 'base64' as const, mediaType: 'image/png', data: PNG } }
const pdf = { type: 'base64' as const, mediaType: 'application/pdf', data: 'QUJD' }
const signed = { type: 'thinking' as const, text: 'hm', signature: 'sig' }
const sealed = { type: 'thinking' as const, text: '', encrypted: 'zzz' }

interface Case {
  name: string
  messages: Message[]
  quirks?: Quirks
  expected: unknown[]
  dropped?: string[]
}

const messageCases: Case[] = [
  {
    name: 'texts are joined to a string',
    messages: [
      { role: 'system', content: [text('a'), text('b')] },
      { role: 'user', content: [text('c'), text('d')] },
    ],
    expected: [
      { role: 'system', content: 'a\nb' },
      { role: 'user', content: 'c\nd' },
    ],
  },
  {
    name: 'images make parts',
    messages: [{ role: 'user', content: [text('look'), { ...png, detail: 'low' }] }],
    expected: [
      user([text('look'), { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } }]),
    ],
  },
  {
    name: 'documents: PDF as a file, text in place, others dropped',
    messages: [
      {
        role: 'user',
        content: [
          { type: 'document', source: pdf },
          { type: 'document', source: { type: 'text', text: 'body' }, name: 'n.txt' },
          { type: 'document', source: { type: 'base64', mediaType: 'text/plain', data: 'aMOp' } },
          { type: 'document', source: { type: 'url', url: 'https://x.test/a.pdf' } },
          { type: 'document', source: { type: 'base64', mediaType: 'application/zip', data: 'QUJD' } },
        ],
      },
    ],
    expected: [
      user([
        { type: 'file', file: { filename: 'document.pdf', file_data: 'data:application/pdf;base64,QUJD' } },
        text('n.txt:\nbody'),
        text('hé'),
      ]),
    ],
    dropped: ['document'],
  },
  {
    name: 'content is null beside tool calls alone',
    messages: [
      { role: 'assistant', content: [toolCall('c1', 'bash', '{"c":"ls"}')] },
      { role: 'tool', callId: 'c1', content: [text('out')] },
    ],
    expected: [assistantCalls(call('c1', 'bash', '{"c":"ls"}')), result('c1', 'out')],
  },
  {
    name: 'broken arguments are kept, empty ones completed',
    messages: [{ role: 'assistant', content: [text('so'), toolCall('c1', 'a', '{"c":'), toolCall('c2', 'b', '')] }],
    expected: [{ ...assistantCalls(call('c1', 'a', '{"c":'), call('c2', 'b', '{}')), content: 'so' }],
  },
  {
    name: 'ids are never empty, and never taken twice',
    messages: [
      { role: 'assistant', content: [toolCall('call_0'), toolCall(''), toolCall('')] },
      { role: 'tool', callId: '', content: [text('1')] },
      { role: 'tool', callId: 'call_0', content: [text('0')] },
      { role: 'tool', callId: '', content: [text('2')] },
    ],
    expected: [
      assistantCalls(call('call_0', 'bash', '{}'), call('call_1', 'bash', '{}'), call('call_2', 'bash', '{}')),
      result('call_1', '1'),
      result('call_0', '0'),
      result('call_2', '2'),
    ],
  },
  {
    name: 'results without a call are dropped, calls without a result stay',
    messages: [
      { role: 'assistant', content: [toolCall('c1')] },
      { role: 'tool', callId: 'gone', content: [text('x')] },
      { role: 'tool', callId: '', content: [text('y')] },
    ],
    expected: [assistantCalls(call('c1', 'bash', '{}'))],
    dropped: ['tool_result:gone', 'tool_result:'],
  },
  {
    name: 'images of tool results follow in one user message after all results',
    messages: [
      { role: 'assistant', content: [toolCall('c1'), toolCall('c2'), toolCall('c3')] },
      { role: 'tool', callId: 'c1', content: [text('shot'), png] },
      { role: 'tool', callId: 'c2', content: [text('fine')] },
      { role: 'tool', callId: 'c3', content: [png] },
      { role: 'user', content: [text('next')] },
    ],
    expected: [
      assistantCalls(call('c1', 'bash', '{}'), call('c2', 'bash', '{}'), call('c3', 'bash', '{}')),
      result('c1', 'shot'),
      result('c2', 'fine'),
      result('c3', 'The result is in the next user message.'),
      user([text('Result of tool call c1:'), image(), text('Result of tool call c3:'), image()]),
      user('next'),
    ],
  },
  {
    name: 'reasoning is dropped where it has no field',
    messages: [{ role: 'assistant', content: [signed, text('a')] }],
    expected: [{ role: 'assistant', content: 'a' }],
    dropped: ['thinking'],
  },
  {
    name: 'an assistant message of reasoning alone goes with it',
    messages: [{ role: 'assistant', content: [signed, sealed] }],
    expected: [],
    dropped: ['thinking'],
  },
  {
    name: 'reasoning is echoed in the named field',
    messages: [{ role: 'assistant', content: [signed, text('a')] }],
    quirks: { reasoning_field: 'reasoning' },
    expected: [{ role: 'assistant', content: 'a', reasoning: 'hm' }],
  },
  {
    name: 'sealed reasoning cannot be echoed',
    messages: [{ role: 'assistant', content: [sealed, text('a')] }],
    quirks: { reasoning_field: 'reasoning_content' },
    expected: [{ role: 'assistant', content: 'a' }],
    dropped: ['thinking'],
  },
  {
    name: 'demanded reasoning is empty when it was lost',
    messages: [{ role: 'assistant', content: [toolCall('c1')] }],
    quirks: { reasoning_required: true },
    expected: [{ ...assistantCalls(call('c1', 'bash', '{}')), reasoning_content: '' }],
  },
]

for (const { name, messages, quirks, expected, dropped } of messageCases) {
  test(`encodeRequest, messages: ${name}`, () => {
    const encoded = openaiChatProvider.encodeRequest(request({ messages }), target({ quirks: quirks ?? {} }))
    assert.deepEqual(encoded.body['messages'], expected)
    assert.deepEqual(encoded.dropped, dropped ?? [])
  })
}

const fn = { type: 'function' as const, name: 'a', description: 'd', schema: { type: 'object', properties: {} } }
const schema = { type: 'object', properties: { a: { type: 'string' } } }

interface FieldCase {
  name: string
  change: Partial<ChatRequest>
  to?: Partial<EncodeTarget>
  expected: Record<string, unknown>
  dropped?: string[]
}

const fieldCases: FieldCase[] = [
  { name: 'nothing set', change: {}, expected: {} },
  {
    name: 'sampling',
    change: { temperature: 0, topP: 0.5, stop: ['x'], seed: 3, presencePenalty: 1, frequencyPenalty: 2, user: 'u' },
    expected: {
      temperature: 0,
      top_p: 0.5,
      stop: ['x'],
      seed: 3,
      presence_penalty: 1,
      frequency_penalty: 2,
      user: 'u',
    },
  },
  { name: 'top_k has no field', change: { topK: 4 }, expected: {}, dropped: ['top_k'] },
  { name: 'limit', change: { maxTokens: 9 }, expected: { max_completion_tokens: 9 } },
  {
    name: 'older limit',
    change: { maxTokens: 9 },
    to: { quirks: { max_tokens_field: 'max_tokens' } },
    expected: { max_tokens: 9 },
  },
  { name: 'limit over the model', change: { maxTokens: 9 }, to: { output: 5 }, expected: { max_completion_tokens: 5 } },
  { name: 'stream', change: { stream: true }, expected: { stream: true, stream_options: { include_usage: true } } },
  {
    name: 'stream without usage',
    change: { stream: true },
    to: { quirks: { stream_usage: false } },
    expected: { stream: true },
  },
  {
    name: 'tools',
    change: {
      tools: [fn, { type: 'function', name: 'b', strict: false }],
      toolChoice: { type: 'tool', name: 'b' },
      parallelTools: false,
    },
    expected: {
      tools: [
        { type: 'function', function: { name: 'a', description: 'd', parameters: { type: 'object', properties: {} } } },
        { type: 'function', function: { name: 'b', parameters: { type: 'object', properties: {} }, strict: false } },
      ],
      tool_choice: { type: 'function', function: { name: 'b' } },
      parallel_tool_calls: false,
    },
  },
  {
    name: 'choice by word',
    change: { tools: [fn], toolChoice: { type: 'required' } },
    expected: {
      tools: [{ type: 'function', function: { name: 'a', description: 'd', parameters: fn.schema } }],
      tool_choice: 'required',
    },
  },
  {
    name: 'parallel_tool_calls refused',
    change: { tools: [fn], parallelTools: true },
    to: { quirks: { parallel_tool_calls: false } },
    expected: { tools: [{ type: 'function', function: { name: 'a', description: 'd', parameters: fn.schema } }] },
    dropped: ['parallel_tool_calls'],
  },
  {
    name: 'native tools of this dialect stay, of others go, with what belongs to them',
    change: {
      tools: [
        { type: 'native', dialect: 'openai-chat', name: 'p', raw: { type: 'custom', custom: { name: 'p' } } },
        { type: 'native', dialect: 'anthropic-messages', name: 'web_search', raw: { type: 'web_search_20250305' } },
      ],
      toolChoice: { type: 'tool', name: 'web_search' },
    },
    expected: { tools: [{ type: 'custom', custom: { name: 'p' } }] },
    dropped: ['tool:web_search', 'tool_choice'],
  },
  {
    name: 'no tool left: no field about tools',
    change: {
      tools: [{ type: 'native', dialect: 'anthropic-messages', name: 'web_search', raw: {} }],
      toolChoice: { type: 'auto' },
      parallelTools: true,
    },
    expected: {},
    dropped: ['tool:web_search'],
  },
  { name: 'JSON mode', change: { output: { type: 'json' } }, expected: { response_format: { type: 'json_object' } } },
  {
    name: 'JSON schema',
    change: { output: { type: 'json_schema', schema, strict: true } },
    expected: { response_format: { type: 'json_schema', json_schema: { name: 'response', schema, strict: true } } },
  },
  {
    name: 'JSON schema refused: said in words',
    change: {
      messages: [
        { role: 'system', content: [text('s')] },
        { role: 'user', content: [text('u')] },
      ],
      output: { type: 'json_schema', schema },
    },
    to: { quirks: { json_schema: false } },
    expected: {
      messages: [
        { role: 'system', content: 's' },
        {
          role: 'system',
          content: `Answer with one JSON object that is valid against this JSON Schema:\n${JSON.stringify(schema)}`,
        },
        user('u'),
      ],
      response_format: { type: 'json_object' },
    },
    dropped: ['json_schema'],
  },
  {
    name: 'refused fields are left out, what makes a request stays',
    change: { temperature: 1, seed: 2, stream: true },
    to: { quirks: { drop_parameters: ['seed', 'stream_options', 'top_p', 'messages', 'model'] } },
    expected: { temperature: 1, stream: true },
    dropped: ['seed', 'stream_options'],
  },
]

for (const { name, change, to, expected, dropped } of fieldCases) {
  test(`encodeRequest, fields: ${name}`, () => {
    const encoded = openaiChatProvider.encodeRequest(request(change), target(to))
    const base = { model: 'upstream-model', messages: [user('hi')], stream: false }
    assert.deepEqual(encoded.body, { ...base, ...expected })
    assert.deepEqual(encoded.dropped, dropped ?? [])
  })
}

const efforts: [thinking: ThinkingRequest, to: Partial<EncodeTarget>, effort: string | undefined, dropped: string[]][] =
  [
    [{ mode: 'on', effort: 'xhigh' }, {}, 'xhigh', []],
    [{ mode: 'on' }, {}, 'medium', []],
    [{ mode: 'on', budgetTokens: 4096 }, {}, 'low', []],
    [{ mode: 'on', budgetTokens: 8192 }, {}, 'medium', []],
    [{ mode: 'on', budgetTokens: 16_001 }, {}, 'high', []],
    [{ mode: 'auto' }, {}, undefined, []],
    [{ mode: 'auto', effort: 'high' }, {}, 'high', []],
    [{ mode: 'off' }, {}, undefined, []],
    [{ mode: 'off' }, { thinking: true }, 'none', []],
    [{ mode: 'off', effort: 'none' }, {}, 'none', []],
    [{ mode: 'off', effort: 'none' }, { thinking: false }, undefined, []],
    [{ mode: 'on', effort: 'high' }, { thinking: false }, undefined, ['reasoning_effort']],
    [{ mode: 'on', effort: 'high' }, { quirks: { reasoning_effort: false } }, undefined, ['reasoning_effort']],
  ]
for (const [thinking, to, effort, dropped] of efforts) {
  test(`encodeRequest, effort of ${JSON.stringify(thinking)} for ${JSON.stringify(to)}`, () => {
    const encoded = openaiChatProvider.encodeRequest(request({ thinking }), target(to))
    assert.equal(encoded.body['reasoning_effort'], effort)
    assert.deepEqual(encoded.dropped, dropped)
  })
}

test('schema keywords are dropped at schema level only', () => {
  const full = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string', default: { default: 1 } },
      default: { type: 'array', items: { type: 'object', properties: {}, default: [] } },
      choice: { anyOf: [{ const: 'default', default: 'x' }, { $ref: '#/$defs/a' }], enum: ['default', '$schema'] },
    },
    required: ['default', '$schema'],
    $defs: { a: { type: 'string', default: 'y' } },
  }
  const quirks = { drop_schema_keywords: ['$schema', 'default', 'additionalProperties'] }
  const tools = [{ type: 'function' as const, name: 'a', schema: full }]
  const { body } = openaiChatProvider.encodeRequest(request({ tools }), target({ quirks }))
  assert.deepEqual(body['tools'], [
    tool('a', {
      type: 'object',
      properties: {
        $schema: { type: 'string' },
        default: { type: 'array', items: { type: 'object', properties: {} } },
        choice: { anyOf: [{ const: 'default' }, { $ref: '#/$defs/a' }], enum: ['default', '$schema'] },
      },
      required: ['default', '$schema'],
      $defs: { a: { type: 'string' } },
    }),
  ])
})

test('a tool schema is an object with properties', () => {
  const tools = [
    { type: 'function' as const, name: 'a', schema: {} },
    { type: 'function' as const, name: 'b', schema: { type: 'object' } },
    { type: 'function' as const, name: 'c', schema: { properties: { x: { type: 'string' } } } },
  ]
  const { body } = openaiChatProvider.encodeRequest(request({ tools }), target())
  assert.deepEqual(body['tools'], [
    tool('a'),
    tool('b'),
    tool('c', { type: 'object', properties: { x: { type: 'string' } } }),
  ])
})

// Another router sent arguments as an object, dropped long conversations and lost tool_call_id.
test('a long tool conversation goes through whole', () => {
  const args = '{"c":"ls"}'
  const messages = [
    user('x'.repeat(5_000)),
    assistantCalls(call('call_a', 'bash', args)),
    result('call_a', 'report\n'.repeat(1_000)),
    user('and now?'),
  ]
  const body = { model: 'm', messages, tools: [tool('bash')] }
  const encoded = openaiChatProvider.encodeRequest(openaiChatClient.decodeRequest(body), target())
  assert.deepEqual(encoded.body['messages'], messages)
  assert.deepEqual(encoded.body['tools'], [tool('bash')])
  assert.deepEqual(encoded.dropped, [])
})
