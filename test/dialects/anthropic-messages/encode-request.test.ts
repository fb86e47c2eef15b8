import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, Tool } from '../../../src/chat/request.ts'
import { anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { assertAccepted } from './request-rules.ts'
import { BASE, target } from './support.ts'

const HI: Message = { role: 'user', content: [{ type: 'text', text: 'hi' }] }
const TOOL: Tool = { type: 'function', name: 'f', schema: { type: 'object', properties: {} } }

function encode(
  request: Partial<ChatRequest>,
  over: Partial<EncodeTarget> = {},
): { body: Record<string, unknown>; dropped: string[] } {
  const encoded = anthropicProvider.encodeRequest({ ...BASE, messages: [HI], ...request }, target(over))
  assertAccepted(encoded.body, over.output)
  return encoded
}

function text(role: 'user' | 'assistant' | 'system', words: string): Message {
  return { role, content: [{ type: 'text', text: words }] }
}

function calls(...ids: string[]): Message {
  return { role: 'assistant', content: ids.map((id) => ({ type: 'tool_call', id, name: 'f', arguments: '{}' })) }
}

function result(callId: string, words = 'done'): Message {
  return { role: 'tool', callId, content: [{ type: 'text', text: words }] }
}

function turns(messages: Message[]): unknown {
  const found = encode({ messages, tools: [TOOL] }).body['messages'] as {
    role: string
    content: Record<string, unknown>[]
  }[]
  return found.map((turn) => [
    turn.role,
    ...turn.content.map(
      (block) => block['text'] ?? block['id'] ?? `${String(block['tool_use_id'])}=${String(block['content'])}`,
    ),
  ])
}

describe('encodeRequest: fields', () => {
  const schema = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
  const table: [string, Partial<ChatRequest>, Record<string, unknown>, string[]?][] = [
    ['plain', {}, { max_tokens: 8192 }],
    ['stream', { stream: true }, { max_tokens: 8192, stream: true }],
    ['max_tokens', { maxTokens: 5 }, { max_tokens: 5 }],
    ['sampling', { temperature: 0.5, topK: 3 }, { max_tokens: 8192, temperature: 0.5, top_k: 3 }],
    ['temperature above 1', { temperature: 1.7 }, { max_tokens: 8192, temperature: 1 }],
    ['top_p', { topP: 0.9 }, { max_tokens: 8192, top_p: 0.9 }],
    ['one of the two', { topP: 0.9, temperature: 0 }, { max_tokens: 8192, temperature: 0 }, ['top_p']],
    ['stop', { stop: ['a', '\n'] }, { max_tokens: 8192, stop_sequences: ['a'] }, ['stop']],
    ['user', { user: 'u1' }, { max_tokens: 8192, metadata: { user_id: 'u1' } }],
    ['user with a mail address', { user: 'a@b.c' }, { max_tokens: 8192 }, ['user']],
    [
      'what the API does not know',
      { seed: 1, presencePenalty: 1, frequencyPenalty: 1 },
      { max_tokens: 8192 },
      ['seed', 'presence_penalty', 'frequency_penalty'],
    ],
    [
      'schema',
      { output: { type: 'json_schema', name: 'n', schema, strict: true } },
      { max_tokens: 8192, output_config: { format: { type: 'json_schema', schema } } },
    ],
    [
      'open schema is closed',
      { output: { type: 'json_schema', schema: { type: 'object', properties: { type: { type: 'object' } } } } },
      {
        max_tokens: 8192,
        output_config: {
          format: {
            type: 'json_schema',
            schema: {
              type: 'object',
              properties: { type: { type: 'object', additionalProperties: false } },
              additionalProperties: false,
            },
          },
        },
      },
    ],
    [
      'json',
      { output: { type: 'json' } },
      {
        max_tokens: 8192,
        system: [{ type: 'text', text: 'Answer with one valid JSON value and nothing else: no prose, no code fence.' }],
      },
    ],
  ]
  for (const [name, request, expected, dropped = []] of table) {
    it(name, () => {
      const { body, dropped: noted } = encode(request)
      assert.deepEqual(body, { model: 'claude-up', messages: [{ role: 'user', content: HI.content }], ...expected })
      assert.deepEqual(noted, dropped)
    })
  }

  const limits: [wanted: number | undefined, limit: number | undefined, sent: number][] = [
    [undefined, undefined, 8192],
    [undefined, 4096, 4096],
    [undefined, 64_000, 32_000],
    [50_000, 64_000, 50_000],
    [100_000, 64_000, 64_000],
    [100_000, undefined, 100_000],
  ]
  for (const [wanted, limit, sent] of limits) {
    it(`max_tokens ${wanted} for a model with ${limit}`, () => {
      const over = limit === undefined ? {} : { output: limit }
      assert.equal(encode(wanted === undefined ? {} : { maxTokens: wanted }, over).body['max_tokens'], sent)
    })
  }
})

describe('encodeRequest: thinking', () => {
  const on = { type: 'enabled' }
  const table: [string, Partial<ChatRequest>, Partial<EncodeTarget>, Record<string, unknown>, string[]?][] = [
    ['auto', { thinking: { mode: 'auto' } }, {}, { thinking: { type: 'adaptive' }, max_tokens: 8192 }],
    [
      'auto with effort',
      { thinking: { mode: 'auto', effort: 'minimal' } },
      {},
      { thinking: { type: 'adaptive' }, output_config: { effort: 'low' } },
    ],
    [
      'effort refused',
      { thinking: { mode: 'auto', effort: 'high' } },
      { quirks: { reasoning_effort: false } },
      { thinking: { type: 'adaptive' }, output_config: undefined },
    ],
    ['off', { thinking: { mode: 'off' } }, {}, { thinking: { type: 'disabled' } }],
    ['no effort', { thinking: { mode: 'on', effort: 'none' } }, {}, { thinking: { type: 'disabled' } }],
    [
      'budget',
      { thinking: { mode: 'on', budgetTokens: 31_999 }, maxTokens: 32_000 },
      {},
      { thinking: { ...on, budget_tokens: 31_999 }, max_tokens: 32_000 },
    ],
    ['small budget', { thinking: { mode: 'on', budgetTokens: 10 } }, {}, { thinking: { ...on, budget_tokens: 1024 } }],
    [
      'low',
      { thinking: { mode: 'on', effort: 'low' } },
      {},
      { thinking: { ...on, budget_tokens: 4096 }, max_tokens: 8192 },
    ],
    [
      'high raises max_tokens',
      { thinking: { mode: 'on', effort: 'high' }, maxTokens: 1000 },
      {},
      { thinking: { ...on, budget_tokens: 16_384 }, max_tokens: 17_384 },
    ],
    [
      'max within the limit',
      { thinking: { mode: 'on', effort: 'max' }, maxTokens: 8000 },
      { output: 8192 },
      { thinking: { ...on, budget_tokens: 4096 }, max_tokens: 8192 },
    ],
    [
      'no room',
      { thinking: { mode: 'on', effort: 'max' } },
      { output: 1000 },
      { thinking: { type: 'disabled' }, max_tokens: 1000 },
      ['thinking'],
    ],
    ['a model without it', { thinking: { mode: 'on' } }, { thinking: false }, { thinking: undefined }, ['thinking']],
    ['a model without it, not wanted', { thinking: { mode: 'off' } }, { thinking: false }, { thinking: undefined }],
    [
      'sampling goes',
      { thinking: { mode: 'auto' }, temperature: 0, topP: 0.9, topK: 4 },
      {},
      { temperature: undefined, top_p: undefined, top_k: undefined },
      ['temperature', 'top_p', 'top_k'],
    ],
    [
      'harmless sampling',
      { thinking: { mode: 'auto' }, temperature: 1, topP: 0.95 },
      {},
      { temperature: undefined, top_p: 0.95 },
    ],
    [
      'a forced call is not forced',
      { thinking: { mode: 'auto' }, tools: [TOOL], toolChoice: { type: 'tool', name: 'f' } },
      {},
      { tool_choice: { type: 'auto' } },
      ['tool_choice'],
    ],
  ]
  for (const [name, request, over, expected, dropped = []] of table) {
    it(name, () => {
      const { body, dropped: noted } = encode(request, over)
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(body[key], value, key)
      assert.deepEqual(noted, dropped)
    })
  }

  it('sends signed and sealed reasoning back byte for byte, and nothing unsigned', () => {
    const { body, dropped } = encode({
      tools: [TOOL],
      thinking: { mode: 'on', effort: 'low' },
      messages: [
        HI,
        {
          role: 'assistant',
          content: [
            { type: 'thinking', text: 'from another model' },
            { type: 'thinking', text: ' hm\n', signature: 'a+/=' },
            { type: 'thinking', text: '', encrypted: 'opaque' },
            { type: 'tool_call', id: 'a', name: 'f', arguments: '{"x":1}' },
          ],
        },
        result('a'),
      ],
    })
    assert.deepEqual((body['messages'] as { content: unknown }[])[1]?.content, [
      { type: 'thinking', thinking: ' hm\n', signature: 'a+/=' },
      { type: 'redacted_thinking', data: 'opaque' },
      { type: 'tool_use', id: 'a', name: 'f', input: { x: 1 } },
    ])
    assert.deepEqual(body['thinking'], { type: 'enabled', budget_tokens: 4096 })
    assert.deepEqual(dropped, ['unsigned_thinking'])
  })

  it('switches a budget off when the open tool loop has lost its reasoning', () => {
    const messages = [HI, calls('a'), result('a')]
    const budget = encode({ messages, tools: [TOOL], thinking: { mode: 'on', effort: 'low' }, temperature: 0.3 })
    assert.deepEqual(budget.body['thinking'], { type: 'disabled' })
    assert.equal(budget.body['temperature'], 0.3)
    assert.deepEqual(budget.dropped, ['thinking'])
    assert.deepEqual(encode({ messages, tools: [TOOL], thinking: { mode: 'auto' } }).body['thinking'], {
      type: 'adaptive',
    })
  })
})

describe('encodeRequest: turns', () => {
  const reminder = (words: string): string => `<system-reminder>\n${words}\n</system-reminder>`
  const missing = 'No result was recorded for this call.'
  const table: [string, Message[], unknown][] = [
    [
      'neighbours are merged',
      [HI, text('user', 'there'), text('assistant', 'a'), text('assistant', 'b')],
      [
        ['user', 'hi', 'there'],
        ['assistant', 'a', 'b'],
      ],
    ],
    [
      'the first turn is the user',
      [text('assistant', 'hello'), HI],
      [
        ['user', 'Continue.'],
        ['assistant', 'hello'],
        ['user', 'hi'],
      ],
    ],
    ['nothing at all', [], [['user', 'Continue.']]],
    [
      'empty text goes',
      [HI, text('assistant', ' \n'), text('user', ''), text('user', 'there')],
      [['user', 'hi', 'there']],
    ],
    [
      'a last assistant turn is trimmed',
      [HI, text('assistant', 'So: \n')],
      [
        ['user', 'hi'],
        ['assistant', 'So:'],
      ],
    ],
    [
      'parallel results in the order of the calls, before text',
      [HI, calls('a', 'b'), result('b', '2'), text('user', 'and?'), result('a', '1')],
      [
        ['user', 'hi'],
        ['assistant', 'a', 'b'],
        ['user', 'a=1', 'b=2', 'and?'],
      ],
    ],
    [
      'a missing result',
      [HI, calls('a', 'b'), result('b', '2')],
      [
        ['user', 'hi'],
        ['assistant', 'a', 'b'],
        ['user', `a=${missing}`, 'b=2'],
      ],
    ],
    [
      'no result at all',
      [HI, calls('a'), HI],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', `a=${missing}`, 'hi'],
      ],
    ],
    [
      'an open end',
      [HI, calls('a')],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', `a=${missing}`],
      ],
    ],
    [
      'ids that repeat',
      [HI, calls('a'), result('a', '1'), calls('a'), result('a', '2')],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', 'a=1'],
        ['assistant', 'a_2'],
        ['user', 'a_2=2'],
      ],
    ],
    [
      'ids of other vendors',
      [HI, calls('f.x:0', 'f.x_0'), result('f.x_0', '2'), result('f.x:0', '1')],
      [
        ['user', 'hi'],
        ['assistant', 'f_x_0', 'f_x_0_2'],
        ['user', 'f_x_0=1', 'f_x_0_2=2'],
      ],
    ],
    [
      'a later system turn joins the user',
      [HI, text('system', 'env'), text('assistant', 'ok')],
      [
        ['user', 'hi', reminder('env')],
        ['assistant', 'ok'],
      ],
    ],
    [
      'and never parts calls from results',
      [HI, calls('a'), text('system', 'env'), result('a', '1')],
      [
        ['user', 'hi'],
        ['assistant', 'a'],
        ['user', 'a=1', reminder('env')],
      ],
    ],
  ]
  for (const [name, messages, expected] of table) it(name, () => assert.deepEqual(turns(messages), expected))

  it('drops a result without a call, and says so', () => {
    const { body, dropped } = encode({ messages: [HI, result('ghost'), text('assistant', 'a'), HI] })
    assert.equal((body['messages'] as unknown[]).length, 3)
    assert.deepEqual(dropped, ['tool_result:ghost'])
  })

  it('puts leading system messages into `system`', () => {
    const { body } = encode({ messages: [text('system', 'one'), text('system', 'two'), HI] })
    assert.deepEqual(body['system'], [
      { type: 'text', text: 'one' },
      { type: 'text', text: 'two' },
    ])
  })

  it('carries images, documents and errors of tools', () => {
    const png = { type: 'base64', mediaType: 'image/png', data: 'aGk=' } as const
    const { body, dropped } = encode({
      tools: [TOOL],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: png, detail: 'high' },
            { type: 'image', source: { type: 'url', url: 'https://x/y' } },
            { type: 'document', name: 'a.pdf', source: { type: 'base64', mediaType: 'application/pdf', data: 'aGk=' } },
            { type: 'document', source: { type: 'base64', mediaType: 'text/csv', data: 'YSxi' } },
            { type: 'document', source: { type: 'base64', mediaType: 'application/zip', data: 'aGk=' } },
          ],
        },
        calls('a'),
        {
          role: 'tool',
          callId: 'a',
          content: [
            { type: 'text', text: '' },
            { type: 'image', source: png },
          ],
          isError: true,
        },
      ],
    })
    const wirePng = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGk=' } }
    const [first, , last] = body['messages'] as { content: unknown }[]
    assert.deepEqual(first?.content, [
      wirePng,
      { type: 'image', source: { type: 'url', url: 'https://x/y' } },
      { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'aGk=' }, title: 'a.pdf' },
      { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a,b' } },
    ])
    assert.deepEqual(last?.content, [{ type: 'tool_result', tool_use_id: 'a', content: [wirePng], is_error: true }])
    assert.deepEqual(dropped, ['document:application/zip'])
  })

  const inputs: [string, unknown][] = [
    ['', {}],
    ['{"a":1}', { a: 1 }],
    ['[1]', { _raw: '[1]' }],
    ['{"a":', { _raw: '{"a":' }],
  ]
  for (const [args, input] of inputs) {
    it(`arguments ${JSON.stringify(args)}`, () => {
      const call: Message = { role: 'assistant', content: [{ type: 'tool_call', id: 'a', name: 'f', arguments: args }] }
      const { body } = encode({ messages: [HI, call, result('a')] })
      assert.deepEqual((body['messages'] as { content: unknown }[])[1]?.content, [
        { type: 'tool_use', id: 'a', name: 'f', input },
      ])
    })
  }
})

describe('encodeRequest: tools', () => {
  it('writes function tools, keeps its own server tools and drops those of others', () => {
    const raw = { type: 'web_search_20250305', name: 'web_search' }
    const { body, dropped } = encode({
      tools: [
        { type: 'function', name: 'f', description: 'd', schema: { type: 'object', properties: {} }, strict: true },
        { type: 'function', name: 'g' },
        { type: 'function', name: 'h', schema: { properties: {} }, strict: false },
        { type: 'native', dialect: 'anthropic-messages', name: 'web_search', raw },
        { type: 'native', dialect: 'openai-chat', name: 'web_search_preview', raw: {} },
      ],
    })
    assert.deepEqual(body['tools'], [
      { name: 'f', description: 'd', input_schema: { type: 'object', properties: {} }, strict: true },
      { name: 'g', input_schema: { type: 'object', properties: {} } },
      { name: 'h', input_schema: { type: 'object', properties: {} } },
      raw,
    ])
    assert.deepEqual(dropped, ['tool:web_search_preview'])
  })

  it('makes names acceptable, the same everywhere', () => {
    const name = 'mcp.files/read'
    const { body } = encode({
      tools: [
        { type: 'function', name },
        { type: 'function', name: 'mcp_files_read' },
      ],
      toolChoice: { type: 'tool', name },
      messages: [
        HI,
        { role: 'assistant', content: [{ type: 'tool_call', id: 'a', name, arguments: '{}' }] },
        result('a'),
      ],
    })
    assert.deepEqual(
      (body['tools'] as { name: string }[]).map((tool) => tool.name),
      ['mcp_files_read_2', 'mcp_files_read'],
    )
    assert.deepEqual(body['tool_choice'], { type: 'tool', name: 'mcp_files_read_2' })
    assert.equal((body['messages'] as { content: { name: string }[] }[])[1]?.content[0]?.name, 'mcp_files_read_2')
  })

  const choices: [string, Partial<ChatRequest>, unknown][] = [
    ['unset', {}, undefined],
    ['auto', { toolChoice: { type: 'auto' } }, { type: 'auto' }],
    ['required', { toolChoice: { type: 'required' } }, { type: 'any' }],
    ['none', { toolChoice: { type: 'none' }, parallelTools: false }, { type: 'none' }],
    ['single', { parallelTools: false }, { type: 'auto', disable_parallel_tool_use: true }],
    [
      'single and required',
      { toolChoice: { type: 'required' }, parallelTools: false },
      { type: 'any', disable_parallel_tool_use: true },
    ],
    ['parallel', { parallelTools: true }, undefined],
  ]
  for (const [name, request, expected] of choices) {
    it(`tool_choice: ${name}`, () =>
      assert.deepEqual(encode({ tools: [TOOL], ...request }).body['tool_choice'], expected))
  }

  it('sends neither `tools: []` nor a choice without tools', () => {
    const { body } = encode({ tools: [], toolChoice: { type: 'required' }, parallelTools: false })
    assert.ok(!('tools' in body) && !('tool_choice' in body))
  })

  it('defines the tools of the history when the request offers none', () => {
    const { body } = encode({ messages: [HI, calls('a', 'b'), result('a'), result('b')] })
    assert.deepEqual(body['tools'], [{ name: 'f', input_schema: { type: 'object', properties: {} } }])
    assert.deepEqual(body['tool_choice'], { type: 'none' })
  })
})

describe('encodeRequest: quirks', () => {
  it('leaves out parameters that the provider refuses', () => {
    const quirks = { drop_parameters: ['temperature', 'metadata', 'top_k'] }
    const { body, dropped } = encode({ temperature: 0.5, user: 'u' }, { quirks })
    assert.ok(!('temperature' in body) && !('metadata' in body))
    assert.deepEqual(dropped, ['temperature', 'metadata'])
  })

  it('leaves out schema keywords, but no property of that name', () => {
    const schema = {
      $schema: 'x',
      type: 'object',
      properties: {
        $schema: { type: 'string', format: 'uri' },
        list: { items: { format: 'date', enum: [{ format: 1 }] } },
      },
    }
    const quirks = { drop_schema_keywords: ['$schema', 'format'] }
    const { body } = encode({ tools: [{ type: 'function', name: 'f', schema }] }, { quirks })
    assert.deepEqual((body['tools'] as { input_schema: unknown }[])[0]?.input_schema, {
      type: 'object',
      properties: { $schema: { type: 'string' }, list: { items: { enum: [{ format: 1 }] } } },
    })
  })

  it('asks for a schema in words where the field is refused', () => {
    const output = { type: 'json_schema', schema: { type: 'object' } } as const
    const { body } = encode({ output }, { quirks: { json_schema: false } })
    assert.ok(!('output_config' in body))
    assert.match(JSON.stringify(body['system']), /JSON Schema/)
  })
})
