import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ollamaClient } from '../../../src/dialects/ollama-chat/index.ts'
import { BadRequest, type RequestFacts } from '../../../src/dialects/types.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { factsOf, IMAGES, outlineOf, type Json } from './support.ts'

const user = (content: string, more: Json = {}): Json => ({ role: 'user', content, ...more })
const assistant = (content: string): Json => ({ role: 'assistant', content })
const result = (content: string, more: Json = {}): Json => ({ role: 'tool', tool_name: 'f', content, ...more })
const system = (content: string): Json => ({ role: 'system', content })
const TOOL: Json = { type: 'function', function: { name: 'f' } }

describe('the facts of', () => {
  const table: [name: string, body: Json, expected: Partial<RequestFacts>][] = [
    ['a plain request', {}, { model: 'm', stream: true, turn: 'hi', firstTurn: 'hi', previousTurn: '', session: '' }],
    ['a request without a stream', { stream: false }, { stream: false }],
    ['a request without a model', { model: undefined }, { model: '' }],
    [
      'a conversation',
      {
        messages: [system('s1'), system('s2'), user('one'), assistant('a'), user('two'), assistant('b'), user('three')],
      },
      { system: 's1\ns2', firstTurn: 'one', previousTurn: 'two', turn: 'three', inToolLoop: false },
    ],
    [
      'injected text',
      {
        messages: [
          user('<system-reminder>x</system-reminder>do it'),
          assistant('a'),
          user('<environment_context>e</environment_context>'),
        ],
      },
      { turn: 'do it', firstTurn: 'do it', previousTurn: '' },
    ],
    ['a tool loop', { messages: [user('go'), assistant(''), result('ok')] }, { inToolLoop: true, turn: 'go' }],
    [
      'a tool loop with more behind it',
      {
        messages: [user('go'), assistant(''), result('ok'), system('s'), user('<system-reminder>x</system-reminder>')],
      },
      { inToolLoop: true, turn: 'go', system: '' },
    ],
    ['a tool loop that is over', { messages: [user('go'), result('ok'), assistant('done')] }, { inToolLoop: false }],
    [
      'a picture after a tool',
      { messages: [user('go'), result('ok'), user('', { images: [IMAGES.png] })] },
      { inToolLoop: false },
    ],
    [
      'roles in capitals',
      {
        messages: [
          { role: 'System', content: 's' },
          { role: 'USER', content: 'go' },
        ],
      },
      { system: 's', turn: 'go' },
    ],
    ['a role behind the content', { messages: [{ content: 'go', role: 'user' }] }, { turn: 'go' }],
    [
      'unknown roles',
      { messages: [user('go'), { role: 'control', content: 'thinking' }] },
      { turn: 'go', inToolLoop: false },
    ],
    [
      'tools',
      { tools: [TOOL, TOOL] },
      { tools: 2, toolForced: false, toolsBytes: JSON.stringify([TOOL, TOOL]).length },
    ],
    ['an empty list of tools', { tools: [], tool_choice: 'required' }, { tools: 0, toolForced: false, toolsBytes: 0 }],
    ['a demanded call', { tools: [TOOL], tool_choice: 'required' }, { toolForced: true }],
    [
      'a named tool',
      { tools: [TOOL], tool_choice: { type: 'function', function: { name: 'f' } } },
      { toolForced: true },
    ],
    ['a free choice', { tools: [TOOL], tool_choice: 'auto' }, { toolForced: false }],
    ['JSON', { format: 'json' }, { json: 'object' }],
    ['a schema', { format: { type: 'object' } }, { json: 'schema' }],
    ['an empty format', { format: '' }, { json: 'none' }],
    ['thinking', { think: true }, { thinking: 'on' }],
    ['a level', { think: 'low' }, { thinking: 'on' }],
    ['no thinking', { think: false }, { thinking: 'off' }],
    ['an output limit', { options: { num_predict: 128 } }, { maxOutputTokens: 128 }],
    ['no output limit', { options: { num_predict: -2 } }, { maxOutputTokens: 0 }],
    ['no messages', { messages: [] }, { turn: '', firstTurn: '', system: '', inToolLoop: false, vision: false }],
    ['null for messages', { messages: null }, { turn: '', inputTokens: 0 }],
  ]
  for (const [name, body, expected] of table) {
    it(name, () => {
      const facts: Json = { ...factsOf(body) }
      assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, facts[key]])), expected)
    })
  }

  it('a request that has no messages at all', () => {
    const { turn, stream } = ollamaClient.readFacts(outlineOf({ model: 'm', keep_alive: 0 }))
    assert.deepEqual({ turn, stream }, { turn: '', stream: true })
  })
})

describe('pictures', () => {
  const picture = { images: [IMAGES.jpeg] }
  const table: [name: string, messages: Json[], vision: boolean, live: boolean][] = [
    ['in the last turn', [user('look', picture)], true, true],
    ['in an earlier turn', [user('look', picture), assistant('ok'), user('thanks')], true, false],
    ['from a tool of this turn', [user('go'), assistant(''), result('shot', picture)], true, true],
    ['alone after the turn', [user('go'), user('', picture)], true, true],
    ['alone', [user('', picture)], true, true],
    ['of an assistant', [user('draw'), { ...assistant('here'), ...picture }, user('nice')], false, false],
    ['in a list that is empty', [user('look', { images: [] })], false, false],
    ['that are only talked about', [user('what does "images": ["x"] mean?')], false, false],
  ]
  for (const [name, messages, vision, live] of table) {
    it(name, () => {
      const facts = factsOf({ messages })
      assert.deepEqual([facts.vision, facts.liveVision, facts.documents], [vision, live, false])
    })
  }

  it('weigh nothing as text', () => {
    const data = IMAGES.png + 'A'.repeat(100_000)
    const { inputTokens } = factsOf({ messages: [user('look', { images: [data] })] })
    assert.equal(inputTokens, Math.ceil(JSON.stringify([user('look', { images: [''] })]).length / 4))
  })
})

it('long turns keep head and tail, a long system prompt its head', () => {
  const { turn, system: opening } = factsOf({
    messages: [system(`s${'x'.repeat(5000)}`), user(`a${'b'.repeat(50_000)}c`)],
  })
  assert.equal(turn.length, 20_000)
  assert.ok(turn.startsWith('ab') && turn.endsWith('bc'))
  assert.equal(opening, `s${'x'.repeat(1999)}`)
})

it('messages in the middle are not parsed', () => {
  const padding = 'x'.repeat(20_000)
  const bytes = `{"model":"m","messages":[{"role":"user","content":"one"},{"role":"assistant","content":"\\q${padding}"},{"role":"user","content":"two"},{"role":"user","content":"three"}]}`
  // The bad escape would be found by a parse.
  const { firstTurn, previousTurn, turn } = ollamaClient.readFacts(new JsonOutline(Buffer.from(bytes)))
  assert.deepEqual([firstTurn, previousTurn, turn], ['one', 'two', 'three'])
})

describe('a body that is no request', () => {
  const table: [body: Json, param: string][] = [
    [{ model: 7 }, 'model'],
    [{ messages: 'hi' }, 'messages'],
    [{ messages: { role: 'user' } }, 'messages'],
    [{ messages: [user('a'), 'b'] }, 'messages.1'],
  ]
  for (const [body, param] of table) {
    it(JSON.stringify(body), () => {
      assert.throws(
        () => factsOf(body),
        (error) => error instanceof BadRequest && error.param === param,
      )
    })
  }
})
