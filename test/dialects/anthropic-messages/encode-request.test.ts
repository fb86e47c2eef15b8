import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest } from '../../../src/chat/request.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { calls, encode, HI, result, TOOL } from './request-support.ts'

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
