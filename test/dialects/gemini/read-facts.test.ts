import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { geminiClient } from '../../../src/dialects/gemini/index.ts'
import { BadRequest, type RequestFacts } from '../../../src/dialects/types.ts'
import { outline } from './support.ts'

const FIXTURE = new URL('../../fixtures/dialects/gemini/gemini-cli-loop.json', import.meta.url)
const HINTS = { model: 'sage/auto', stream: true }

function facts(body: Record<string, unknown>): RequestFacts {
  return geminiClient.readFacts(outline({ contents: [user('hi')], ...body }), HINTS)
}

function user(...parts: unknown[]): unknown {
  return { role: 'user', parts: parts.map((part) => (typeof part === 'string' ? { text: part } : part)) }
}

function model(...parts: unknown[]): unknown {
  return { parts: parts.map((part) => (typeof part === 'string' ? { text: part } : part)), role: 'model' }
}

const CALL = { functionCall: { name: 'f', args: { role: 'user', text: 'not human' } } }
const RESULT = { functionResponse: { name: 'f', response: { output: 'done', text: 'tool says' } } }
const PNG = { inlineData: { mimeType: 'image/png', data: 'A'.repeat(4000) } }
const PDF = { inline_data: { mime_type: 'application/pdf', data: 'B'.repeat(4000) } }
const CONTEXT = '<session_context>\nThis is the Gemini CLI.\n</session_context>'

describe('readFacts: an agent request as a whole', () => {
  it('reads everything', () => {
    const text = readFileSync(FIXTURE, 'utf8')
    const body = JSON.parse(text) as Record<string, unknown>
    const keys = ['systemInstruction', 'contents', 'tools']
    const bytes = keys.reduce((sum, key) => sum + JSON.stringify(body[key]).length, 0)
    const expected: RequestFacts = {
      model: 'sage/auto',
      stream: true,
      turn: 'Print nonce.txt, then echo the second word.',
      previousTurn: '',
      firstTurn: 'Print nonce.txt, then echo the second word.',
      inToolLoop: true,
      vision: false,
      liveVision: false,
      documents: false,
      system: 'You are Gemini CLI, an autonomous agent.',
      tools: 2,
      toolForced: false,
      toolsBytes: JSON.stringify(body['tools']).length,
      json: 'none',
      thinking: 'on',
      inputTokens: Math.ceil(bytes / 4),
      maxOutputTokens: 0,
      session: '',
    }
    assert.deepEqual(geminiClient.readFacts(outline(body), HINTS), expected)
    assert.equal(geminiClient.readFacts(outline(text), HINTS).turn, expected.turn)
  })

  it('reads what countTokens wraps', () => {
    const body = JSON.parse(readFileSync(FIXTURE, 'utf8')) as Record<string, unknown>
    const wrapped = outline({ generateContentRequest: { model: 'models/sage/auto', ...body } })
    assert.deepEqual(geminiClient.readFacts(wrapped, HINTS), geminiClient.readFacts(outline(body), HINTS))
  })
})

describe('readFacts: turns', () => {
  const table: [string, unknown[], Partial<RequestFacts>][] = [
    [
      'three human turns',
      [user('one'), model('a'), user('two'), model('b'), user('three')],
      { turn: 'three', previousTurn: 'two', firstTurn: 'one', inToolLoop: false },
    ],
    ['parts are joined', [user(CONTEXT, 'one', 'two')], { turn: 'one\ntwo', firstTurn: 'one\ntwo' }],
    ['a content without a role is the user’s', [{ parts: [{ text: 'hi' }] }], { turn: 'hi' }],
    ['one part in place of a list', [{ role: 'user', parts: { text: 'hi' } }], { turn: 'hi' }],
    [
      'a set-up of its own',
      [user(CONTEXT), model('ok'), user('go')],
      { turn: 'go', firstTurn: 'go', previousTurn: '' },
    ],
    ['a result is no turn', [user('go'), model(CALL), user(RESULT)], { turn: 'go', inToolLoop: true }],
    [
      'nor one under the older role',
      [user('go'), model(CALL), { role: 'function', parts: [RESULT] }],
      { turn: 'go', inToolLoop: true },
    ],
    ['nor with injected text', [user('go'), model(CALL), user(RESULT, CONTEXT)], { turn: 'go', inToolLoop: true }],
    [
      'a person speaks beside the result',
      [user('go'), model(CALL), user(RESULT, 'stop that')],
      { turn: 'stop that', previousTurn: 'go', inToolLoop: false },
    ],
    [
      'injected text behind the result',
      [user('go'), model(CALL), user(RESULT), user(CONTEXT)],
      { turn: 'go', inToolLoop: true },
    ],
    ['a picture behind the result', [user('go'), model(CALL), user(RESULT), user(PNG)], { inToolLoop: false }],
    ['a model turn last', [user('go'), model('Sure,')], { turn: 'go', inToolLoop: false }],
    ['a system content', [{ role: 'system', parts: [{ text: 'env' }] }, user('go')], { firstTurn: 'go' }],
    [
      'text that looks like fields',
      [user('{"role":"model"}'), user('say "inlineData" and "role":"model"}')],
      { turn: 'say "inlineData" and "role":"model"}', vision: false },
    ],
    [
      'snake_case results',
      [user('go'), user({ function_response: { name: 'f', response: {} } })],
      { inToolLoop: true },
    ],
  ]
  for (const [name, contents, expected] of table) {
    it(name, () => {
      const found: Record<string, unknown> = { ...facts({ contents }) }
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key], value, key)
    })
  }

  it('takes one content in place of a list', () => {
    assert.equal(facts({ contents: { parts: { text: 'hi' } } }).turn, 'hi')
  })

  it('cuts the middle of a long turn out', () => {
    const { turn } = facts({ contents: [user(`${'a'.repeat(15_000)}${'b'.repeat(15_000)}`)] })
    assert.equal(turn, 'a'.repeat(10_000) + 'b'.repeat(10_000))
  })
})

describe('readFacts: media', () => {
  const table: [string, unknown[], Partial<RequestFacts>][] = [
    ['a picture now', [user('look', PNG)], { vision: true, liveVision: true, documents: false }],
    ['a picture before', [user('look', PNG), model('a cat'), user('thanks')], { vision: true, liveVision: false }],
    ['a picture from a tool', [user('shoot'), model(CALL), user(RESULT, PNG)], { vision: true, liveVision: true }],
    [
      'inside the result',
      [user('shoot'), user({ functionResponse: { name: 'f', response: {}, parts: [PNG] } })],
      { vision: true, liveVision: true, inToolLoop: true },
    ],
    [
      'a picture by URL',
      [user('x', { fileData: { mimeType: 'image/png', fileUri: 'https://x/y' } })],
      { vision: true },
    ],
    ['a file', [user('read', PDF)], { documents: true, vision: false }],
    ['a film', [user({ file_data: { file_uri: 'https://youtu.be/x' } })], { documents: true, vision: false }],
    ['only named', [user('"inlineData": {"mimeType":"image/png"}')], { vision: false }],
    ['in arguments of a call', [user('x'), model({ functionCall: { name: 'f', args: PNG } })], { vision: false }],
  ]
  for (const [name, contents, expected] of table) {
    it(name, () => {
      const found: Record<string, unknown> = { ...facts({ contents }) }
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key], value, key)
    })
  }

  it('does not count media as text', () => {
    assert.ok(facts({ contents: [user('look', PNG, PDF)] }).inputTokens < 100)
  })
})

describe('readFacts: the rest', () => {
  const one = { functionDeclarations: [{ name: 'f' }] }
  const table: [string, Record<string, unknown>, Partial<RequestFacts>][] = [
    ['nothing set', {}, { tools: 0, toolsBytes: 0, json: 'none', thinking: 'unset', maxOutputTokens: 0, system: '' }],
    ['system in snake_case', { system_instruction: { parts: { text: 'be' } } }, { system: 'be' }],
    ['system as text', { systemInstruction: 'be' }, { system: 'be' }],
    ['system in parts', { systemInstruction: { parts: [{ text: 'a' }, { text: 'b' }] } }, { system: 'a\nb' }],
    [
      'functions of several tools',
      { tools: [one, { function_declarations: [{ name: 'g' }, { name: 'h' }] }, { googleSearch: {} }] },
      { tools: 3 },
    ],
    ['Google’s own tools are no functions', { tools: [{ googleSearch: {} }] }, { tools: 0, toolForced: false }],
    ['no tools', { tools: [] }, { tools: 0 }],
    [
      'a forced call',
      { tools: [one], toolConfig: { functionCallingConfig: { mode: 'ANY' } } },
      { tools: 1, toolForced: true },
    ],
    [
      'a named one, in snake_case',
      { tools: one, tool_config: { function_calling_config: { mode: 'any', allowed_function_names: ['f'] } } },
      { tools: 1, toolForced: true },
    ],
    ['AUTO', { tools: [one], toolConfig: { functionCallingConfig: { mode: 'AUTO' } } }, { toolForced: false }],
    [
      'VALIDATED',
      { tools: [one], toolConfig: { functionCallingConfig: { mode: 'VALIDATED' } } },
      { toolForced: false },
    ],
    ['forced without tools', { toolConfig: { functionCallingConfig: { mode: 'ANY' } } }, { toolForced: false }],
    ['JSON', { generationConfig: { responseMimeType: 'application/json' } }, { json: 'object' }],
    [
      'JSON with a schema',
      { generation_config: { response_mime_type: 'application/json', response_schema: { type: 'OBJECT' } } },
      { json: 'schema' },
    ],
    [
      'JSON with JSON Schema',
      { generationConfig: { responseMimeType: 'application/json', responseJsonSchema: {} } },
      { json: 'schema' },
    ],
    ['plain text', { generationConfig: { responseMimeType: 'text/plain' } }, { json: 'none' }],
    ['no thinking', { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } }, { thinking: 'off' }],
    ['thinking', { generationConfig: { thinkingConfig: { thinkingBudget: 99 } } }, { thinking: 'on' }],
    ['a level', { generationConfig: { thinkingConfig: { thinkingLevel: 'low' } } }, { thinking: 'on' }],
    [
      'thoughts not wanted',
      { generationConfig: { thinkingConfig: { includeThoughts: false } } },
      { thinking: 'unset' },
    ],
    ['output limit', { generationConfig: { maxOutputTokens: 99 } }, { maxOutputTokens: 99 }],
  ]
  for (const [name, body, expected] of table) {
    it(name, () => {
      const found: Record<string, unknown> = { ...facts(body) }
      for (const [key, value] of Object.entries(expected)) assert.deepEqual(found[key], value, key)
    })
  }

  it('takes the model of the body when the path is not told', () => {
    const body = { model: 'models/sage/auto', contents: [user('hi')] }
    const { model: name, stream } = geminiClient.readFacts(outline(body))
    assert.deepEqual([name, stream], ['sage/auto', false])
    assert.equal(geminiClient.readFacts(outline(body), { model: 'x/y' }).model, 'x/y')
  })

  for (const [name, body] of Object.entries({
    'no contents': {},
    'contents of text': { contents: 'hi' },
    'no content': { contents: [] },
    'a content of text': { contents: ['hi'] },
    'an unknown role': { contents: [{ role: 'assistant', parts: [{ text: 'x' }] }] },
    'a model that is no text': { model: 7, contents: [user('hi')] },
  })) {
    it(`refuses ${name}`, () => {
      assert.throws(() => geminiClient.readFacts(outline(body)), BadRequest)
      assert.throws(() => geminiClient.decodeRequest(body), BadRequest)
    })
  }
})
