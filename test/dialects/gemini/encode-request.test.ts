import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, FunctionTool } from '../../../src/chat/request.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { encode, HI, text, TOOL } from './support.ts'

type Json = Record<string, unknown>

function config(request: Partial<ChatRequest>, over: Partial<EncodeTarget> = {}): Json | undefined {
  return encode(request, over).body['generationConfig'] as Json | undefined
}

const OLD = { model: 'gemini-2.5-flash' }
const SCHEMA = { type: 'object', properties: { a: { type: 'string' } } }

describe('encodeRequest: fields', () => {
  it('writes no more than it must', () => {
    assert.deepEqual(encode({ stream: true }), {
      body: { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] },
      dropped: [],
    })
  })

  it('writes sampling and limits', () => {
    const request: Partial<ChatRequest> = {
      maxTokens: 5000,
      temperature: 3,
      topP: 0.5,
      topK: 40,
      stop: ['a', '', 'b'],
      seed: 7,
      presencePenalty: 0.5,
      frequencyPenalty: 0.25,
    }
    assert.deepEqual(config(request, { output: 4096 }), {
      maxOutputTokens: 4096,
      temperature: 2,
      topP: 0.5,
      topK: 40,
      stopSequences: ['a', 'b'],
      seed: 7,
      presencePenalty: 0.5,
      frequencyPenalty: 0.25,
    })
  })

  it('notes what it leaves out', () => {
    const { body, dropped } = encode({
      user: 'bob',
      stop: ['1', '2', '3', '4', '5', '6'],
      seed: 9_007_199_254_740_991,
      tools: [TOOL],
      parallelTools: false,
      toolChoice: { type: 'tool', name: 'gone' },
    })
    assert.deepEqual(dropped.toSorted(), ['parallel_tool_calls', 'seed', 'stop', 'tool_choice', 'user'])
    assert.deepEqual(body['generationConfig'], { stopSequences: ['1', '2', '3', '4', '5'] })
    assert.equal(body['toolConfig'], undefined)
  })

  it('leaves out what the provider refuses, at either level, but not the contents', () => {
    const request = { temperature: 1, presencePenalty: 1, tools: [TOOL], toolChoice: { type: 'auto' as const } }
    const { body, dropped } = encode(request, {
      quirks: { drop_parameters: ['presencePenalty', 'toolConfig', 'contents', 'topK'] },
    })
    assert.deepEqual(body['generationConfig'], { temperature: 1 })
    assert.equal(body['toolConfig'], undefined)
    assert.deepEqual(dropped, ['presencePenalty', 'toolConfig'])
  })

  it('puts leading system messages into the instruction, later ones into the user’s text', () => {
    const { body } = encode({
      messages: [text('system', 'a'), text('system', 'b'), HI, text('system', 'late'), text('assistant', 'x'), HI],
    })
    assert.deepEqual(body['systemInstruction'], { parts: [{ text: 'a' }, { text: 'b' }] })
    assert.deepEqual(body['contents'], [
      { role: 'user', parts: [{ text: 'hi' }, { text: '<system-reminder>\nlate\n</system-reminder>' }] },
      { role: 'model', parts: [{ text: 'x' }] },
      { role: 'user', parts: [{ text: 'hi' }] },
    ])
  })

  it('has a user turn even when there is only a system message', () => {
    const { body } = encode({ messages: [text('system', 'a')] })
    assert.deepEqual(body['contents'], [{ role: 'user', parts: [{ text: 'Continue.' }] }])
  })
})

describe('encodeRequest: JSON', () => {
  const output = { type: 'json_schema' as const, name: 'n', schema: SCHEMA, strict: true }

  it('asks for it', () => {
    assert.deepEqual(config({ output: { type: 'json' } }), { responseMimeType: 'application/json' })
    assert.deepEqual(config({ output }), { responseMimeType: 'application/json', responseJsonSchema: SCHEMA })
    assert.deepEqual(config({ output, tools: [TOOL] })?.['responseJsonSchema'], SCHEMA)
  })

  it('says it in words beside tools before Gemini 3, which refuses both', () => {
    const { body, dropped } = encode({ output, tools: [TOOL] }, OLD)
    assert.equal(body['generationConfig'], undefined)
    assert.match(JSON.stringify(body['systemInstruction']), /JSON Schema/)
    assert.deepEqual(dropped, ['json_schema'])
    assert.deepEqual(config({ output }, OLD)?.['responseJsonSchema'], SCHEMA)
    assert.deepEqual(encode({ output: { type: 'json' }, tools: [TOOL] }, OLD).dropped, ['json'])
  })

  it('says the schema in words where there are none', () => {
    const { body, dropped } = encode({ output }, { quirks: { json_schema: false } })
    assert.deepEqual(body['generationConfig'], { responseMimeType: 'application/json' })
    assert.match(JSON.stringify(body['systemInstruction']), /JSON Schema/)
    assert.deepEqual(dropped, ['json_schema'])
  })
})

describe('encodeRequest: tools', () => {
  function parameters(schema: Json, over: Partial<EncodeTarget> = {}): unknown {
    const { body } = encode({ tools: [{ type: 'function', name: 'f', schema }] }, over)
    const [tool] = body['tools'] as { functionDeclarations: Json[] }[]
    return tool?.functionDeclarations[0]?.['parametersJsonSchema']
  }

  it('writes declarations and the choice', () => {
    const tools: FunctionTool[] = [
      { type: 'function', name: 'f', description: 'does', schema: SCHEMA, strict: true },
      { type: 'function', name: 'g', description: '' },
      { type: 'function', name: 'f' },
    ]
    const { body, dropped } = encode({ tools, toolChoice: { type: 'tool', name: 'g' } })
    assert.deepEqual(body['tools'], [
      { functionDeclarations: [{ name: 'f', description: 'does', parametersJsonSchema: SCHEMA }, { name: 'g' }] },
    ])
    assert.deepEqual(body['toolConfig'], {
      functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['g'] },
    })
    assert.deepEqual(dropped, ['tool:f'])
  })

  for (const [type, mode] of [
    ['auto', 'AUTO'],
    ['none', 'NONE'],
    ['required', 'ANY'],
  ] as const) {
    it(`${type} is ${mode}`, () => {
      const { body } = encode({ tools: [TOOL], toolChoice: { type } })
      assert.deepEqual(body['toolConfig'], { functionCallingConfig: { mode } })
    })
  }

  it('writes neither tools nor choice when there are no tools', () => {
    const { body } = encode({ tools: [], toolChoice: { type: 'required' } })
    assert.deepEqual(Object.keys(body), ['contents'])
  })

  it('cleans schemas as schemas: a property that is called like a keyword stays', () => {
    const schema = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        $schema: { type: 'string' },
        $id: { type: 'string', default: { $schema: 'x', $ref: '#/x', y: 1 } },
        $ref: { type: 'string' },
        const: { const: 1, exclusiveMinimum: 0 },
        node: { $ref: '#/$defs/node', description: 'refused here', default: 1 },
      },
      additionalProperties: false,
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node', title: 'x' } } } },
    }
    assert.deepEqual(parameters(schema), {
      type: 'object',
      properties: {
        $schema: { type: 'string' },
        $id: { type: 'string', default: { $schema: 'x', $ref: '#/x', y: 1 } },
        $ref: { type: 'string' },
        const: { const: 1, exclusiveMinimum: 0 },
        node: { $ref: '#/$defs/node' },
      },
      additionalProperties: false,
      $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } } } },
    })
  })

  it('leaves out keywords that a provider refuses, and completes the rest', () => {
    const quirks = { drop_schema_keywords: ['const', 'additionalProperties'] }
    const schema = { properties: { const: { const: 1, type: 'number' } }, additionalProperties: false }
    assert.deepEqual(parameters(schema, { quirks }), {
      type: 'object',
      properties: { const: { type: 'number' } },
    })
    assert.deepEqual(parameters({}), { type: 'object', properties: {} })
  })

  it('makes names acceptable and keeps them apart', () => {
    const long = 'x'.repeat(80)
    const names = ['a b', 'a_b', '1st', long, `${long}y`, 'mcp.s:t-x', '']
    const { body } = encode({
      tools: names.map((name) => ({ type: 'function', name })),
      messages: [HI, { role: 'assistant', content: [{ type: 'tool_call', id: 'i', name: 'a b', arguments: '{}' }] }],
    })
    const [tool] = body['tools'] as { functionDeclarations: Json[] }[]
    const [first, second, third, fourth, fifth, ...rest] = (tool?.functionDeclarations ?? []).map(
      (each) => each['name'],
    )
    assert.deepEqual([second, third, rest], ['a_b', '_1st', ['mcp.s:t-x', '_']])
    assert.match(String(first), /^a_b_[0-9a-f]{8}$/)
    for (const cut of [fourth, fifth]) assert.match(String(cut), /^x{55}_[0-9a-f]{8}$/)
    assert.notEqual(fourth, fifth)
    assert.ok(JSON.stringify(body['contents']).includes(`"name":"${String(first)}"`))
  })

  const search = { type: 'native', dialect: 'gemini', name: 'googleSearch', raw: { googleSearch: {} } } as const

  it('keeps Google’s own tools: alone always, beside functions from Gemini 3 on', () => {
    assert.deepEqual(encode({ tools: [search] }, OLD).body['tools'], [{ googleSearch: {} }])
    const { body } = encode({ tools: [search, TOOL] })
    assert.equal((body['tools'] as Json[]).length, 2)
    assert.deepEqual(body['toolConfig'], { includeServerSideToolInvocations: true })
    const old = encode({ tools: [search, TOOL] }, OLD)
    assert.equal((old.body['tools'] as Json[]).length, 1)
    assert.deepEqual(old.dropped, ['tool:googleSearch'])
  })

  it('drops the own tools of others', () => {
    const web = { type: 'native', dialect: 'anthropic-messages', name: 'web_search', raw: {} } as const
    assert.deepEqual(encode({ tools: [web] }), { body: encode({}).body, dropped: ['tool:web_search'] })
  })
})

describe('encodeRequest: thinking', () => {
  const table: [string, ChatRequest['thinking'], string, Json | undefined, string[]][] = [
    ['nothing said', undefined, 'gemini-3-flash', undefined, []],
    ['a level', { mode: 'on', effort: 'high' }, 'gemini-3-flash', { thinkingLevel: 'HIGH', includeThoughts: true }, []],
    ['the most', { mode: 'auto', effort: 'max' }, 'gemini-3.1-pro-preview', { thinkingLevel: 'HIGH', includeThoughts: true }, []],
    ['medium', { mode: 'on', effort: 'medium' }, 'gemini-3.1-pro-preview', { thinkingLevel: 'MEDIUM', includeThoughts: true }, []],
    ['medium, which the first Pro lacks', { mode: 'on', effort: 'medium' }, 'gemini-3-pro-preview', { thinkingLevel: 'HIGH', includeThoughts: true }, []],
    ['minimal', { mode: 'on', effort: 'minimal' }, 'gemini-3-flash', { thinkingLevel: 'MINIMAL', includeThoughts: true }, []],
    ['minimal for Pro', { mode: 'on', effort: 'minimal' }, 'gemini-3.1-pro', { thinkingLevel: 'LOW', includeThoughts: true }, []],
    ['minimal for newer Flash', { mode: 'on', effort: 'minimal' }, 'gemini-3.8-flash', { thinkingLevel: 'LOW', includeThoughts: true }, []],
    ['a small budget as a level', { mode: 'on', budgetTokens: 2000 }, 'gemini-3-flash', { thinkingLevel: 'LOW', includeThoughts: true }, []],
    ['a large one', { mode: 'on', budgetTokens: 31_999 }, 'gemini-flash-latest', { thinkingLevel: 'HIGH', includeThoughts: true }, []],
    ['as much as it likes', { mode: 'auto' }, 'gemini-3-flash', { includeThoughts: true }, []],
    ['off', { mode: 'off' }, 'gemini-3-flash', { thinkingLevel: 'MINIMAL' }, []],
    ['off for Pro, as far as it goes', { mode: 'off' }, 'gemini-3.1-pro', { thinkingLevel: 'LOW' }, ['thinking_off']],
    ['effort none', { mode: 'on', effort: 'none' }, 'gemini-3-flash', { thinkingLevel: 'MINIMAL' }, []],
    ['a budget', { mode: 'on', budgetTokens: 2000 }, 'gemini-2.5-flash', { thinkingBudget: 2000, includeThoughts: true }, []],
    ['more than there is', { mode: 'on', budgetTokens: 31_999 }, 'gemini-2.5-flash', { thinkingBudget: 24_576, includeThoughts: true }, []],
    ['less than there must be', { mode: 'on', budgetTokens: 10 }, 'gemini-2.5-flash-lite', { thinkingBudget: 512, includeThoughts: true }, []],
    ['an effort as a budget', { mode: 'on', effort: 'low' }, 'models/gemini-2.5-pro', { thinkingBudget: 4096, includeThoughts: true }, []],
    ['dynamic', { mode: 'auto' }, 'gemini-2.5-pro', { thinkingBudget: -1, includeThoughts: true }, []],
    ['off', { mode: 'off' }, 'gemini-2.5-flash', { thinkingBudget: 0 }, []],
    ['off for Pro', { mode: 'off' }, 'gemini-2.5-pro', { thinkingBudget: 128 }, ['thinking_off']],
    ['older models', { mode: 'on' }, 'gemini-2.0-flash', undefined, ['thinking_config']],
    ['older models, off', { mode: 'off' }, 'gemini-2.0-flash', undefined, []],
    ['other models', { mode: 'on', effort: 'high' }, 'gemma-3-27b-it', undefined, ['thinking_config']],
  ] // prettier-ignore
  for (const [name, thinking, model, expected, notes] of table) {
    it(`${model}: ${name}`, () => {
      const { body, dropped } = encode(thinking === undefined ? {} : { thinking }, { model })
      assert.deepEqual((body['generationConfig'] as Json | undefined)?.['thinkingConfig'], expected)
      assert.deepEqual(dropped, notes)
    })
  }

  it('asks nothing of a model that is known not to reason', () => {
    const { body, dropped } = encode({ thinking: { mode: 'on' } }, { thinking: false })
    assert.equal(body['generationConfig'], undefined)
    assert.deepEqual(dropped, ['thinking_config'])
  })
})
