import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, ThinkingRequest } from '../../../src/chat/request.ts'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import type { EncodedRequest, EncodeTarget } from '../../../src/dialects/types.ts'

const TOOL = { type: 'function', name: 'read', description: 'Reads', schema: { type: 'object' } } as const

function encode(request: Partial<ChatRequest>, target: Partial<EncodeTarget> = {}): EncodedRequest {
  return ollamaProvider.encodeRequest(
    { model: 'sage/auto', messages: [], tools: [], stream: false, ...request },
    { model: 'qwen3:8b', quirks: {}, inputTokens: 100, ...target },
  )
}

function messages(...list: Message[]): EncodedRequest {
  return encode({ messages: list })
}

describe('the smallest request', () => {
  it('names the target, says how it streams, and asks for a context that is not cut', () => {
    const user: Message = { role: 'user', content: [{ type: 'text', text: 'Hi' }] }
    assert.deepEqual(encode({ messages: [user], stream: true }), {
      body: {
        model: 'qwen3:8b',
        messages: [{ role: 'user', content: 'Hi' }],
        stream: true,
        truncate: false,
        options: { num_ctx: 8192 },
      },
      dropped: [],
    })
    assert.equal(encode({}).body['stream'], false)
  })

  it('of a cloud model has no options, since the cloud gives the whole window', () => {
    assert.deepEqual(encode({}, { model: 'gpt-oss:120b-cloud' }).body, {
      model: 'gpt-oss:120b-cloud',
      messages: [],
      stream: false,
    })
  })
})

describe('messages', () => {
  it('keep system turns in place and join text parts', () => {
    const { body } = messages(
      {
        role: 'system',
        content: [
          { type: 'text', text: 'A' },
          { type: 'text', text: 'B' },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'C' },
          { type: 'text', text: 'D' },
        ],
      },
      { role: 'system', content: [{ type: 'text', text: 'E' }] },
    )
    assert.deepEqual(body['messages'], [
      { role: 'system', content: 'A\n\nB' },
      { role: 'user', content: 'C\n\nD' },
      { role: 'system', content: 'E' },
    ])
  })

  it('carry images as bare base64 and name what cannot be carried', () => {
    const { body, dropped } = messages({
      role: 'user',
      content: [
        { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'iVBO' } },
        { type: 'text', text: 'What is this?' },
        { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        { type: 'image', source: { type: 'url', url: 'https://example.com/b.png' } },
        { type: 'document', source: { type: 'text', text: 'a,b' }, name: 'x.csv' },
        { type: 'document', source: { type: 'text', text: 'plain' } },
        { type: 'document', source: { type: 'base64', mediaType: 'application/pdf', data: 'JVBE' } },
      ],
    })
    assert.deepEqual(body['messages'], [
      { role: 'user', content: 'What is this?\n\nx.csv:\na,b\n\nplain', images: ['iVBO'] },
    ])
    assert.deepEqual(dropped, ['image_url', 'document'])
  })

  it('carry a tool loop: calls with objects, results with the name of their tool', () => {
    const { body, dropped } = messages(
      {
        role: 'assistant',
        content: [
          { type: 'thinking', text: 'hm', signature: 'c2ln' },
          { type: 'thinking', text: '', encrypted: 'b3BhcXVl' },
          { type: 'text', text: 'Reading.' },
          { type: 'tool_call', id: 'a', name: 'read', arguments: '{"path":"x"}' },
          { type: 'tool_call', id: 'b', name: 'now', arguments: '' },
        ],
      },
      {
        role: 'tool',
        callId: 'a',
        content: [
          { type: 'text', text: 'done' },
          { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'iVBO' } },
        ],
      },
      { role: 'tool', callId: 'b', name: 'given', content: [{ type: 'text', text: '12:00' }], isError: true },
      { role: 'tool', callId: 'unknown', content: [] },
    )
    assert.deepEqual(body['messages'], [
      {
        role: 'assistant',
        content: 'Reading.',
        thinking: 'hm',
        tool_calls: [
          { id: 'a', function: { index: 0, name: 'read', arguments: { path: 'x' } } },
          { id: 'b', function: { index: 1, name: 'now', arguments: {} } },
        ],
      },
      { role: 'tool', content: 'done', images: ['iVBO'], tool_name: 'read', tool_call_id: 'a' },
      { role: 'tool', content: '12:00', tool_name: 'given', tool_call_id: 'b' },
      { role: 'tool', content: '', tool_call_id: 'unknown' },
    ])
    assert.deepEqual(dropped, [])
  })

  it('name a result by the latest call of its id', () => {
    const call = (name: string): Message => ({
      role: 'assistant',
      content: [{ type: 'tool_call', id: 'call_0', name, arguments: '{}' }],
    })
    const result: Message = { role: 'tool', callId: 'call_0', content: [] }
    const { body } = messages(call('first'), result, call('second'), result)
    const sent = body['messages'] as { tool_name?: string }[]
    assert.deepEqual([sent[1]?.tool_name, sent[3]?.tool_name], ['first', 'second'])
  })

  for (const [text, expected] of [
    ['{"a":', { _raw: '{"a":' }],
    ['[1]', { _raw: '[1]' }],
    ['"x"', { _raw: '"x"' }],
    ['null', { _raw: 'null' }],
    [' ', {}],
  ] as const) {
    it(`keep arguments ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
      const { body } = messages({
        role: 'assistant',
        content: [{ type: 'tool_call', id: 'a', name: 'f', arguments: text }],
      })
      const [message] = body['messages'] as { tool_calls: { function: { arguments: unknown } }[] }[]
      assert.deepEqual(message?.tool_calls[0]?.function.arguments, expected)
    })
  }
})

describe('tools', () => {
  it('are written as in OpenAI Chat; those of other dialects are dropped by name', () => {
    const { body, dropped } = encode({
      tools: [TOOL, { type: 'function', name: 'now' }, { type: 'native', dialect: 'x', name: 'web_search', raw: {} }],
      toolChoice: { type: 'auto' },
      parallelTools: true,
    })
    assert.deepEqual(body['tools'], [
      { type: 'function', function: { name: 'read', description: 'Reads', parameters: { type: 'object' } } },
      { type: 'function', function: { name: 'now', parameters: { type: 'object', properties: {} } } },
    ])
    assert.deepEqual(dropped, ['tool:web_search'])
  })

  it('are left out when the client wants none, or has none', () => {
    assert.equal('tools' in encode({ tools: [TOOL], toolChoice: { type: 'none' } }).body, false)
    assert.equal('tools' in encode({ tools: [] }).body, false)
  })

  it('cannot be demanded, nor asked for one at a time', () => {
    assert.deepEqual(encode({ tools: [TOOL], toolChoice: { type: 'required' } }).dropped, ['tool_choice'])
    assert.deepEqual(encode({ tools: [TOOL], toolChoice: { type: 'tool', name: 'read' } }).dropped, ['tool_choice'])
    assert.deepEqual(encode({ tools: [TOOL], parallelTools: false }).dropped, ['parallel_tool_calls'])
    assert.deepEqual(encode({ parallelTools: false, toolChoice: { type: 'required' } }).dropped, [])
  })

  it('lose the schema keywords that the model refuses, and no properties', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        format: { type: 'string', format: 'uri', default: { format: 'kept' } },
        list: { type: 'array', items: [{ anyOf: [{ format: 'date' }, true] }] },
      },
      required: ['format'],
    }
    const { body } = encode(
      { tools: [{ type: 'function', name: 'f', schema }] },
      { quirks: { drop_schema_keywords: ['$schema', 'format'] } },
    )
    const [tool] = body['tools'] as { function: { parameters: unknown } }[]
    assert.deepEqual(tool?.function.parameters, {
      type: 'object',
      properties: {
        format: { type: 'string', default: { format: 'kept' } },
        list: { type: 'array', items: [{ anyOf: [{}, true] }] },
      },
      required: ['format'],
    })
    assert.equal(schema.properties.format.format, 'uri')
  })
})

describe('parameters', () => {
  it('become options', () => {
    const { body } = encode({
      maxTokens: 1000,
      temperature: 0,
      topP: 0.9,
      topK: 40,
      seed: 7,
      stop: ['END'],
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
      user: 'ann',
    })
    assert.deepEqual(body['options'], {
      temperature: 0,
      top_p: 0.9,
      top_k: 40,
      seed: 7,
      stop: ['END'],
      num_predict: 1000,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      num_ctx: 4096,
    })
  })

  it('leave out an empty stop list', () => assert.deepEqual(encode({ stop: [] }).body['options'], { num_ctx: 8192 }))

  it('never ask for more output than the model has', () => {
    const { body } = encode({ maxTokens: 32_000 }, { output: 8000, context: 100_000 })
    assert.deepEqual(body['options'], { num_predict: 8000, num_ctx: 16_384 })
  })

  it('that the model refuses are dropped, in options too, and said to be', () => {
    const quirks = { drop_parameters: ['temperature', 'truncate', 'num_ctx', 'seed', 'model', 'messages'] }
    const { body, dropped } = encode({ temperature: 1 }, { quirks })
    assert.deepEqual(body, { model: 'qwen3:8b', messages: [], stream: false })
    assert.deepEqual(dropped, ['temperature', 'truncate', 'num_ctx'])
  })

  it('ask for JSON or a schema', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } }
    assert.equal(encode({ output: { type: 'json' } }).body['format'], 'json')
    assert.deepEqual(encode({ output: { type: 'json_schema', schema, strict: true } }).body['format'], schema)
  })
})

describe('think', () => {
  const cases: [
    model: string,
    thinking: ThinkingRequest | undefined,
    supported: boolean | undefined,
    expected: unknown,
  ][] = [
    ['qwen3:8b', undefined, true, undefined],
    ['qwen3:8b', { mode: 'auto', effort: 'high' }, true, undefined],
    ['qwen3:8b', { mode: 'off' }, true, false],
    ['qwen3:8b', { mode: 'on' }, true, true],
    ['qwen3:8b', { mode: 'on', effort: 'high' }, undefined, true],
    ['qwen3:8b', { mode: 'on', effort: 'none' }, true, false],
    ['llama3.2:3b', { mode: 'on' }, false, undefined],
    ['llama3.2:3b', { mode: 'off' }, false, undefined],
    ['gpt-oss:20b', { mode: 'on' }, true, 'medium'],
    ['gpt-oss:20b', { mode: 'on', effort: 'minimal' }, true, 'low'],
    ['gpt-oss:20b', { mode: 'on', effort: 'low' }, true, 'low'],
    ['gpt-oss:20b', { mode: 'on', effort: 'high' }, true, 'high'],
    ['gpt-oss:20b', { mode: 'on', effort: 'max' }, true, 'high'],
    ['gpt-oss:20b', { mode: 'off' }, true, 'low'],
    ['gpt-oss:20b', { mode: 'auto' }, true, undefined],
    ['someone/GPT-OSS:120b-cloud', { mode: 'on', effort: 'xhigh' }, undefined, 'high'],
    ['my-gpt-oss:1b', { mode: 'on', effort: 'high' }, true, true],
  ]
  for (const [model, thinking, supported, expected] of cases) {
    it(`of ${JSON.stringify(thinking)} for ${model} (${supported}) is ${JSON.stringify(expected)}`, () => {
      const target = supported === undefined ? { model } : { model, thinking: supported }
      assert.equal(encode(thinking === undefined ? {} : { thinking }, target).body['think'], expected)
    })
  }
})
