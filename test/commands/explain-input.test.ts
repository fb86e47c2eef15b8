import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeText, readInput } from '../../src/commands/explain-input.ts'
import { UsageError } from '../../src/diagnostics/errors.ts'

const user = (content: unknown): object => ({ role: 'user', content })
const wrapped = (prompt: string): object => ({ model: 'auto', messages: [user(prompt)] })

const BODIES: [name: string, body: object, dialect: string][] = [
  ['a bare one', { model: 'm', messages: [user('hi')] }, 'openai-chat'],
  ['one with chat tools', { messages: [user('hi')], tools: [{ type: 'function', function: {} }] }, 'openai-chat'],
  ['one with a chat tool result', { messages: [{ role: 'tool', tool_call_id: '1', content: '' }] }, 'openai-chat'],
  ['one that talks of tool_use', { messages: [user('what is "tool_use" in "system"?')] }, 'openai-chat'],
  ['a Responses body', { model: 'm', input: 'hi' }, 'openai-responses'],
  ['a Gemini body', { contents: [{ role: 'user', parts: [{ text: 'hi' }] }] }, 'gemini'],
  ['one with Ollama’s options', { messages: [user('hi')], options: { num_ctx: 1 } }, 'ollama-chat'],
  ['one with a system prompt', { system: 'be kind', messages: [user('hi')] }, 'anthropic-messages'],
  ['one with stop sequences', { stop_sequences: ['x'], messages: [user('hi')] }, 'anthropic-messages'],
  [
    'one with input schemas',
    { messages: [user('hi')], tools: [{ name: 't', input_schema: {} }] },
    'anthropic-messages',
  ],
  [
    'one with tool results',
    { messages: [user([{ type: 'tool_result', tool_use_id: '1', content: '' }])] },
    'anthropic-messages',
  ],
]

const PROMPTS: [name: string, text: string, prompt: string][] = [
  ['text', 'fix it\n', 'fix it'],
  ['several lines', 'one\n\ntwo\n', 'one\n\ntwo'],
  ['text that begins with a brace', '{ what does this mean?', '{ what does this mean?'],
  ['JSON without messages', '{"a": 1}\n', '{"a": 1}'],
  ['a JSON list', '[{"messages": []}]', '[{"messages": []}]'],
]

describe('readInput', () => {
  for (const [name, body, dialect] of BODIES) {
    it(`takes ${name} for ${dialect}, byte for byte`, () => {
      const text = JSON.stringify(body, null, 2) + '\n'
      assert.deepEqual(readInput(text, {}), { body: Buffer.from(text), dialect })
    })
  }

  it('believes --dialect', () => {
    const text = '{"messages":[]}'
    assert.equal(readInput(text, { dialect: 'anthropic-messages' }).dialect, 'anthropic-messages')
    assert.deepEqual(readInput('{"x":1}', { dialect: 'openai-chat' }).body, Buffer.from('{"x":1}'))
  })

  for (const [name, text, prompt] of PROMPTS) {
    it(`takes ${name} for a prompt`, () => {
      const { body, dialect } = readInput(text, {})
      assert.deepEqual([JSON.parse(body.toString()), dialect], [wrapped(prompt), 'openai-chat'])
    })
  }

  for (const [name, text, options] of [
    ['a broken body', '{"model":"m","messages":[{"role":"user"', {}],
    ['what --dialect says is a body', '{ no', { dialect: 'openai-chat' as const }],
  ] as const) {
    it(`does not take ${name} for a prompt`, () => {
      assert.throws(() => readInput(text, options), UsageError)
    })
  }
})

describe('decodeText', () => {
  const cases: [name: string, bytes: Buffer][] = [
    ['UTF-8', Buffer.from('größe')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFgröße')],
    ['UTF-16 of PowerShell', Buffer.from('\uFEFFgröße', 'utf16le')],
  ]
  for (const [name, bytes] of cases) it(`reads ${name}`, () => assert.equal(decodeText(bytes), 'größe'))
})
