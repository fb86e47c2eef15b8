import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../../src/chat/request.ts'
import { ollamaClient } from '../../../src/dialects/ollama-chat/index.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import { factsOf, IMAGES, type Json } from './support.ts'

const FIXTURES = new URL('../../fixtures/dialects/ollama-chat/request/', import.meta.url)

function decode(body: Json): ChatRequest {
  return ollamaClient.decodeRequest({ model: 'm', ...body })
}

function decodeMessages(...messages: unknown[]): Message[] {
  return decode({ messages }).messages
}

describe('requests of real clients', () => {
  for (const name of readdirSync(FIXTURES)) {
    it(name, () => {
      const fixture = JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')) as {
        body: Json
        request: Json
        facts: Json
      }
      assert.deepEqual(ollamaClient.decodeRequest(fixture.body), fixture.request)
      const facts: Json = { ...factsOf(fixture.body) }
      assert.deepEqual(Object.fromEntries(Object.keys(fixture.facts).map((key) => [key, facts[key]])), fixture.facts)
    })
  }
})

describe('images', () => {
  for (const [kind, data] of Object.entries(IMAGES)) {
    it(`are taken for ${kind} by their first bytes`, () => {
      assert.deepEqual(decodeMessages({ role: 'user', content: 'look', images: [data] }), [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', mediaType: `image/${kind}`, data } },
            { type: 'text', text: 'look' },
          ],
        },
      ])
    })
  }

  it('of no known format pass for png', () => {
    const [message] = decodeMessages({ role: 'user', content: '', images: ['AAAA'] })
    assert.deepEqual(message?.content, [
      { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'AAAA' } },
    ])
  })

  it('may be data URLs', () => {
    const [message] = decodeMessages({ role: 'user', content: '', images: ['data:image/jpeg;base64,AAAA'] })
    assert.deepEqual(message?.content, [
      { type: 'image', source: { type: 'base64', mediaType: 'image/jpeg', data: 'AAAA' } },
    ])
  })

  it('of tools stand behind the text, those of other roles are left out', () => {
    const images = [IMAGES.png, 7, '']
    const [system, assistant, tool] = decodeMessages(
      { role: 'system', content: 's', images },
      { role: 'assistant', content: 'a', images },
      { role: 'tool', content: 't', images },
    )
    assert.deepEqual(system?.content, [{ type: 'text', text: 's' }])
    assert.deepEqual(assistant?.content, [{ type: 'text', text: 'a' }])
    assert.deepEqual(tool?.content, [
      { type: 'text', text: 't' },
      { type: 'image', source: { type: 'base64', mediaType: 'image/png', data: IMAGES.png } },
    ])
  })
})

describe('tool calls and results', () => {
  const calls = (...list: [name: string, id?: string][]): Json => ({
    role: 'assistant',
    content: '',
    tool_calls: list.map(([name, id]) => ({ ...(id !== undefined && { id }), function: { name, arguments: {} } })),
  })
  const result = (more: Json = {}): Json => ({ role: 'tool', content: 'ok', ...more })
  const matched = (...messages: Json[]): string[] =>
    decodeMessages(...messages).flatMap((message) => (message.role === 'tool' ? [message.callId] : []))

  const table: [name: string, messages: Json[], ids: string[]][] = [
    ['by order', [calls(['a'], ['b']), result(), result()], ['call_0', 'call_1']],
    ['by name', [calls(['a'], ['b']), result({ tool_name: 'b' }), result({ tool_name: 'a' })], ['call_1', 'call_0']],
    ['by the older field name', [calls(['a'], ['b']), result({ name: 'b' }), result()], ['call_1', 'call_0']],
    ['by id', [calls(['a', 'x'], ['b', 'y']), result({ tool_call_id: 'y' }), result()], ['y', 'x']],
    [
      'same names by order',
      [calls(['a'], ['a']), result({ tool_name: 'a' }), result({ tool_name: 'a' })],
      ['call_0', 'call_1'],
    ],
    ['over turns', [calls(['a']), result(), calls(['a']), result()], ['call_0', 'call_1']],
    [
      'after calls nobody answered',
      [calls(['a']), { role: 'user', content: 'no' }, calls(['b']), result()],
      ['call_1'],
    ],
    ['with a message for each call', [calls(['a']), calls(['b']), result(), result()], ['call_0', 'call_1']],
    ['beside ids that the client made', [calls(['a'], ['b', 'call_0']), result(), result()], ['call_1', 'call_0']],
    ['without any call', [result({ tool_call_id: 'lost' }), result()], ['lost', '']],
  ]
  for (const [name, messages, ids] of table)
    it(`are matched ${name}`, () => assert.deepEqual(matched(...messages), ids))

  it('have the same ids when the conversation grows', () => {
    const start = [calls(['a'], ['b']), result(), result()]
    const short = decodeMessages(...start)
    assert.deepEqual(decodeMessages(...start, calls(['c']), result()).slice(0, short.length), short)
  })

  const args: [given: unknown, text: string][] = [
    [{ b: 1, a: [true, null] }, '{"b":1,"a":[true,null]}'],
    ['{"a": 1}', '{"a": 1}'],
    ['', '{}'],
    [undefined, '{}'],
    [null, '{}'],
  ]
  for (const [given, text] of args) {
    it(`reads the arguments ${JSON.stringify(given)}`, () => {
      const [message] = decodeMessages({
        role: 'assistant',
        content: '',
        tool_calls: [{ function: { name: 'f', arguments: given } }, { function: {} }, 'x'],
      })
      assert.deepEqual(message?.content, [{ type: 'tool_call', id: 'call_0', name: 'f', arguments: text }])
    })
  }
})

describe('messages', () => {
  it('have roles in any case, and unknown roles are left out', () => {
    const roles = ['System', 'USER', 'developer', 'control', 'assistant', 'function']
    assert.deepEqual(
      decodeMessages(...roles.map((role) => ({ role, content: 'x' }))).map(({ role }) => role),
      ['system', 'user', 'system', 'assistant', 'tool'],
    )
  })

  it('may hold text parts', () => {
    const [message] = decodeMessages({ role: 'user', content: [{ type: 'text', text: 'hi' }] })
    assert.deepEqual(message?.content, [{ type: 'text', text: 'hi' }])
  })

  const wrong: [body: Json, param: string][] = [
    [{ messages: 'hi' }, 'messages'],
    [{ messages: {} }, 'messages'],
    [{ messages: ['hi'] }, 'messages.0'],
    [{ messages: [{ role: 'user', content: 'a' }, { content: 'b' }] }, 'messages.1.role'],
    [{ model: 7, messages: [] }, 'model'],
  ]
  for (const [body, param] of wrong) {
    it(`are refused: ${JSON.stringify(body)}`, () => {
      assert.throws(
        () => decode(body),
        (error) => error instanceof BadRequest && error.param === param,
      )
    })
  }

  for (const messages of [[], null, undefined]) {
    it(`may be none: ${JSON.stringify(messages)}`, () => assert.deepEqual(decode({ messages }).messages, []))
  }
})

describe('settings', () => {
  const table: [name: string, body: Json, expected: Partial<ChatRequest>][] = [
    [
      'all options',
      {
        options: {
          temperature: 0.5,
          top_p: 0.9,
          top_k: 40,
          seed: 7,
          stop: ['a', '', 'b'],
          num_predict: 99,
          presence_penalty: 1,
          frequency_penalty: -1,
          num_ctx: 8192,
          mirostat: 2,
        },
      },
      {
        temperature: 0.5,
        topP: 0.9,
        topK: 40,
        seed: 7,
        stop: ['a', 'b'],
        maxTokens: 99,
        presencePenalty: 1,
        frequencyPenalty: -1,
      },
    ],
    ['one stop sequence', { options: { stop: 'end' } }, { stop: ['end'] }],
    ['no limit', { options: { num_predict: -1 } }, {}],
    ['the whole context', { options: { num_predict: -2 } }, {}],
    ['options of wrong types', { options: { temperature: '1', seed: null, stop: [] } }, {}],
    ['options that are none', { options: [] }, {}],
    ['JSON', { format: 'json' }, { output: { type: 'json' } }],
    ['a schema', { format: { type: 'object' } }, { output: { type: 'json_schema', schema: { type: 'object' } } }],
    ['no format', { format: '' }, {}],
    ['thinking', { think: true }, { thinking: { mode: 'on' } }],
    ['no thinking', { think: false }, { thinking: { mode: 'off' } }],
    ['a level', { think: 'low' }, { thinking: { mode: 'on', effort: 'low' } }],
    ['the highest level', { think: 'max' }, { thinking: { mode: 'on', effort: 'max' } }],
    ['the level none', { think: 'none' }, { thinking: { mode: 'off' } }],
    ['an unknown level', { think: 'deep' }, { thinking: { mode: 'on' } }],
    ['what only a local server knows', { keep_alive: -1, truncate: false, shift: false, logprobs: true }, {}],
    ['a choice without tools', { tool_choice: 'required', tools: [] }, {}],
    ['no stream', { stream: false }, { stream: false }],
    ['null', { stream: null, format: null, think: null, options: null, tools: null }, {}],
  ]
  for (const [name, body, expected] of table) {
    it(name, () => assert.deepEqual(decode(body), { model: 'm', messages: [], tools: [], stream: true, ...expected }))
  }

  it('keeps tools that are no functions for servers that know them', () => {
    const raw = { type: 'web_search' }
    assert.deepEqual(decode({ tools: [raw] }).tools, [
      { type: 'native', dialect: 'ollama-chat', name: 'web_search', raw },
    ])
  })
})
