import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { fromOpenApi } from '../../../src/dialects/gemini/decode-schema.ts'
import { geminiClient } from '../../../src/dialects/gemini/index.ts'

const FIXTURE = new URL('../../fixtures/dialects/gemini/gemini-cli-loop.json', import.meta.url)

function decode(body: Record<string, unknown>): ChatRequest {
  return geminiClient.decodeRequest({ contents: [{ role: 'user', parts: [{ text: 'hi' }] }], ...body })
}

function messages(...contents: unknown[]): Message[] {
  return decode({ contents }).messages
}

function call(name: string, more: Record<string, unknown> = {}): unknown {
  return { functionCall: { name, args: {}, ...more } }
}

function response(name: string, output: unknown, more: Record<string, unknown> = {}): unknown {
  return { functionResponse: { name, response: output, ...more } }
}

describe('decodeRequest: an agent request as a whole', () => {
  it('reads everything', () => {
    const body = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Record<string, unknown>
    const request = geminiClient.decodeRequest(body, { model: 'sage/auto', stream: true })
    const tool = 'run_shell_command'
    assert.deepEqual(request.messages, [
      { role: 'system', content: [{ type: 'text', text: 'You are Gemini CLI, an autonomous agent.' }] },
      {
        role: 'user',
        content: [
          {
            type: 'text',
            text: '<session_context>\nThis is the Gemini CLI. We are setting up the context for our chat.\nMy operating system is: linux\n</session_context>',
          },
          { type: 'text', text: 'Print nonce.txt, then echo the second word.' },
        ],
      },
      {
        role: 'assistant',
        content: [
          {
            type: 'tool_call',
            id: 'fc01a',
            name: tool,
            arguments: '{"command":"cat nonce.txt"}',
            signature: 'bW9jay1zaWduYXR1cmU=',
          },
          { type: 'tool_call', id: 'fc01b', name: tool, arguments: '{"command":"echo second"}' },
        ],
      },
      {
        role: 'tool',
        callId: 'fc01a',
        name: tool,
        content: [{ type: 'text', text: '<untrusted_context>\nOutput: nonce-123456\n</untrusted_context>' }],
      },
      { role: 'tool', callId: 'fc01b', name: tool, content: [{ type: 'text', text: 'second' }] },
    ])
    assert.deepEqual(
      { ...request, messages: 0, tools: request.tools.map(({ name }) => name) },
      {
        model: 'sage/auto',
        messages: 0,
        tools: ['read_file', tool],
        stream: true,
        temperature: 1,
        topP: 0.95,
        topK: 64,
        thinking: { mode: 'auto' },
      },
    )
  })
})

describe('decodeRequest: contents', () => {
  it('pairs calls and results without ids by name and order, as Pi sends them', () => {
    const [, asked, first, second, third] = messages(
      { role: 'user', parts: [{ text: 'go' }] },
      { role: 'model', parts: [call('a'), call('b'), call('a')] },
      { role: 'user', parts: [response('b', { output: 'B' }), response('a', { output: '1' }), response('a', {})] },
    )
    assert.deepEqual(
      asked?.content.map((part) => (part.type === 'tool_call' ? [part.name, part.id] : [])),
      [
        ['a', 'call_0'],
        ['b', 'call_1'],
        ['a', 'call_2'],
      ],
    )
    const answered = [first, second, third].map((message) => (message?.role === 'tool' ? message.callId : ''))
    assert.deepEqual(answered, ['call_1', 'call_0', 'call_2'])
  })

  it('makes ids up that the conversation does not use, the same ones each time', () => {
    const contents = [
      { role: 'user', parts: [{ text: 'go' }] },
      { role: 'model', parts: [call('a')] },
      { role: 'user', parts: [response('a', { output: '' })] },
      { role: 'model', parts: [call('a', { id: 'call_0' }), call('b')] },
      { role: 'user', parts: [response('b', {}), response('a', {}, { id: 'call_0' })] },
    ]
    const ids = messages(...contents).flatMap((message) => (message.role === 'tool' ? [message.callId] : []))
    assert.deepEqual(ids, ['call_1', 'call_2', 'call_0'])
    assert.deepEqual(messages(...contents), messages(...contents))
  })

  it('gives a result whose id is unknown to the call of its name', () => {
    const [, , answer] = messages(
      { role: 'user', parts: [{ text: 'go' }] },
      { role: 'model', parts: [call('a', { id: 'x' }), call('b', { id: 'y' })] },
      { role: 'user', parts: [response('b', {}, { id: 'z' })] },
    )
    assert.equal(answer?.role === 'tool' && answer.callId, 'y')
  })

  it('keeps the id of a result without a call', () => {
    const [orphan] = messages({ role: 'user', parts: [response('a', {}, { id: 'lost' })] })
    assert.equal(orphan?.role === 'tool' && orphan.callId, 'lost')
  })

  it('does not give a result to a call of an earlier turn that nobody answered', () => {
    const found = messages(
      { role: 'user', parts: [{ text: 'go' }] },
      { role: 'model', parts: [call('a')] },
      { role: 'user', parts: [{ text: 'never mind' }] },
      { role: 'model', parts: [call('a')] },
      { role: 'user', parts: [response('a', {})] },
    ).findLast((message) => message.role === 'tool')
    assert.equal(found?.callId, 'call_1')
  })

  const outputs: [string, unknown, string, boolean][] = [
    ['output', { output: 'text' }, 'text', false],
    ['result', { result: 'text' }, 'text', false],
    ['an object', { output: { a: 1 } }, '{"a":1}', false],
    ['error', { error: 'boom' }, 'boom', true],
    ['an error object', { error: { code: 1 } }, '{"code":1}', true],
    ['output beside error', { output: 'half', error: 'boom' }, '{"output":"half","error":"boom"}', true],
    ['no error', { output: 'fine', error: null }, 'fine', false],
    ['the AI SDK’s', { name: 'f', content: 'text' }, 'text', false],
    ['content of another name', { name: 'g', content: 'text' }, '{"name":"g","content":"text"}', false],
    ['anything else', { temperature: 21, unit: 'C' }, '{"temperature":21,"unit":"C"}', false],
    ['nothing', {}, '', false],
    ['a number', { result: 3 }, '3', false],
  ]
  for (const [name, value, expected, failed] of outputs) {
    it(`reads a result: ${name}`, () => {
      const [message] = messages({ role: 'user', parts: [response('f', value)] })
      assert.deepEqual(message, {
        role: 'tool',
        callId: '',
        name: 'f',
        content: expected === '' ? [] : [{ type: 'text', text: expected }],
        ...(failed && { isError: true }),
      })
    })
  }

  it('reads pictures and files, in both spellings, and beside results', () => {
    const found = messages({
      role: 'user',
      parts: [
        response('f', { output: 'shot' }, { parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' } }] }),
        { inlineData: { mimeType: 'image/webp', data: 'BBBB' } },
        { inline_data: { mime_type: 'application/pdf', data: 'CCCC', display_name: 'a.pdf' } },
        { fileData: { mimeType: 'image/png', fileUri: 'https://x.test/y' } },
        { file_data: { file_uri: 'https://youtu.be/x' } },
        { inlineData: { mimeType: 'image/png' } },
        { text: 'look' },
      ],
    })
    assert.deepEqual(found, [
      {
        role: 'tool',
        callId: '',
        name: 'f',
        content: [
          { type: 'text', text: 'shot' },
          { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'AAAA' } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'image', source: { type: 'base64', mediaType: 'image/webp', data: 'BBBB' } },
          {
            type: 'document',
            source: { type: 'base64', mediaType: 'application/pdf', data: 'CCCC' },
            name: 'a.pdf',
          },
          { type: 'image', source: { type: 'url', url: 'https://x.test/y' } },
          { type: 'document', source: { type: 'url', url: 'https://youtu.be/x' } },
          { type: 'text', text: 'look' },
        ],
      },
    ])
  })

  it('reads thoughts and signatures; stand-ins are none', () => {
    const [message] = messages({
      role: 'model',
      parts: [
        { text: 'hm', thought: true, thoughtSignature: 's1' },
        { text: 'so', thought: true },
        { text: 'Hello', thought_signature: 's2' },
        { text: '', thoughtSignature: 's3' },
        { text: '', thought: true },
        { function_call: { name: 'f', args: { a: 1 }, id: 'i' }, thought_signature: 's4' },
        { functionCall: { name: 'g', id: 'j' }, thoughtSignature: 'skip_thought_signature_validator' },
        { functionCall: { name: 'h', id: 'k' }, thoughtSignature: 'context_engineering_is_the_way_to_go' },
        { executableCode: { language: 'PYTHON', code: '1' } },
        { functionCall: {} },
      ],
    })
    assert.deepEqual(message?.content, [
      { type: 'thinking', text: 'hm', signature: 's1' },
      { type: 'thinking', text: 'so' },
      { type: 'text', text: 'Hello' },
      { type: 'thinking', text: '', signature: 's2' },
      { type: 'thinking', text: '', signature: 's3' },
      { type: 'tool_call', id: 'i', name: 'f', arguments: '{"a":1}', signature: 's4' },
      { type: 'tool_call', id: 'j', name: 'g', arguments: '{}' },
      { type: 'tool_call', id: 'k', name: 'h', arguments: '{}' },
    ])
  })

  it('leaves out contents without anything in them', () => {
    assert.deepEqual(
      messages({ role: 'user', parts: [] }, { role: 'model' }, { role: 'model', parts: [{ text: '' }] }),
      [],
    )
  })
})

describe('decodeRequest: fields', () => {
  const table: [string, Record<string, unknown>, Partial<ChatRequest>][] = [
    [
      'sampling',
      {
        generationConfig: {
          temperature: 0,
          topP: 0.5,
          topK: 40,
          maxOutputTokens: 99,
          stopSequences: ['a', '', 1, 'b'],
          seed: 7,
          presencePenalty: 0.1,
          frequencyPenalty: -0.1,
          candidateCount: 3,
        },
      },
      {
        temperature: 0,
        topP: 0.5,
        topK: 40,
        maxTokens: 99,
        stop: ['a', 'b'],
        seed: 7,
        presencePenalty: 0.1,
        frequencyPenalty: -0.1,
      },
    ],
    [
      'snake_case',
      { generation_config: { top_p: 0.5, top_k: 4, max_output_tokens: 9, stop_sequences: ['x'] } },
      { topP: 0.5, topK: 4, maxTokens: 9, stop: ['x'] },
    ],
    [
      'JSON Schema',
      { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: { type: 'array' } } },
      { output: { type: 'json_schema', schema: { type: 'array' } } },
    ],
    [
      'Gemini’s Schema',
      { generationConfig: { responseMimeType: 'application/json', responseSchema: { type: 'ARRAY' } } },
      { output: { type: 'json_schema', schema: { type: 'array' } } },
    ],
    ['JSON', { generationConfig: { responseMimeType: 'application/json' } }, { output: { type: 'json' } }],
    ['no thinking', thinking({ thinkingBudget: 0, includeThoughts: true }), { thinking: { mode: 'off' } }],
    ['dynamic thinking', thinking({ thinkingBudget: -1 }), { thinking: { mode: 'auto' } }],
    ['a budget', thinking({ thinking_budget: 2048 }), { thinking: { mode: 'on', budgetTokens: 2048 } }],
    ['a level', thinking({ thinkingLevel: 'HIGH' }), { thinking: { mode: 'on', effort: 'high' } }],
    ['a level in lower case', thinking({ thinking_level: 'minimal' }), { thinking: { mode: 'on', effort: 'minimal' } }],
    [
      'no level',
      thinking({ thinkingLevel: 'THINKING_LEVEL_UNSPECIFIED', includeThoughts: true }),
      { thinking: { mode: 'auto' } },
    ],
    [
      'functions and others',
      {
        tools: [
          {
            functionDeclarations: [
              { name: 'f', description: 'd', parameters: { type: 'OBJECT', properties: { a: { type: 'STRING' } } } },
              { name: 'g', parametersJsonSchema: { $schema: 'x', type: 'object' } },
              { description: 'no name' },
            ],
            googleSearch: {},
          },
          { code_execution: {} },
        ],
        toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f', 'g'] } },
      },
      {
        tools: [
          {
            type: 'function',
            name: 'f',
            description: 'd',
            schema: { type: 'object', properties: { a: { type: 'string' } } },
          },
          { type: 'function', name: 'g', schema: { $schema: 'x', type: 'object' } },
          { type: 'native', dialect: 'gemini', name: 'googleSearch', raw: { googleSearch: {} } },
          { type: 'native', dialect: 'gemini', name: 'code_execution', raw: { code_execution: {} } },
        ],
        toolChoice: { type: 'required' },
      },
    ],
    ['a named function', choice('ANY', ['f']), { toolChoice: { type: 'tool', name: 'f' } }],
    ['NONE', choice('NONE'), { toolChoice: { type: 'none' } }],
    ['VALIDATED', choice('VALIDATED', ['f']), { toolChoice: { type: 'auto' } }],
  ]
  for (const [name, body, expected] of table) {
    it(name, () => {
      const request: Record<string, unknown> = { ...decode(body) }
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(request[key], value, key)
    })
  }

  it('says nothing of what the client did not say', () => {
    assert.deepEqual(decode({ safetySettings: [], cachedContent: 'cachedContents/x', labels: {}, unknown: 1 }), {
      model: '',
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }],
      tools: [],
      stream: false,
    })
  })
})

function thinking(thinkingConfig: Record<string, unknown>): Record<string, unknown> {
  return { generationConfig: { thinkingConfig } }
}

function choice(mode: string, allowedFunctionNames?: string[]): Record<string, unknown> {
  return {
    tools: [{ functionDeclarations: [{ name: 'f' }] }],
    toolConfig: {
      functionCallingConfig: { mode, ...(allowedFunctionNames !== undefined && { allowedFunctionNames }) },
    },
  }
}

describe('fromOpenApi', () => {
  it('turns Gemini’s Schema into JSON Schema, names of properties untouched', () => {
    const schema = {
      type: 'OBJECT',
      properties: {
        type: { type: 'STRING', format: 'enum', enum: ['A', 'STRING'], nullable: true },
        nullable: { type: 'BOOLEAN', default: 'STRING' },
        property_ordering: { type: 'ARRAY', items: { type: 'INTEGER' }, min_items: '1', maxItems: 4 },
        any_of: { any_of: [{ type: 'NUMBER' }, { type: 'NULL' }] },
        x: { type: 'TYPE_UNSPECIFIED', description: 'OBJECT' },
      },
      propertyOrdering: ['type', 'x'],
      required: ['type'],
    }
    assert.deepEqual(fromOpenApi(schema), {
      type: 'object',
      properties: {
        type: { type: ['string', 'null'], format: 'enum', enum: ['A', 'STRING', null] },
        nullable: { type: 'boolean', default: 'STRING' },
        property_ordering: { type: 'array', items: { type: 'integer' }, minItems: 1, maxItems: 4 },
        any_of: { anyOf: [{ type: 'number' }, { type: 'null' }] },
        x: { description: 'OBJECT' },
      },
      required: ['type'],
    })
  })
})
