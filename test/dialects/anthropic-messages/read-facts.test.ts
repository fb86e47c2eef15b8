import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { anthropicClient } from '../../../src/dialects/anthropic-messages/index.ts'
import { BadRequest } from '../../../src/dialects/types.ts'
import type { RequestFacts } from '../../../src/dialects/types.ts'
import { outline } from './support.ts'

const FIXTURE = join(import.meta.dirname, '../../fixtures/dialects/anthropic-messages/claude-code-loop.json')

function facts(body: Record<string, unknown>): RequestFacts {
  return anthropicClient.readFacts(outline({ model: 'm', messages: [user('hi')], ...body }))
}

function user(...content: unknown[]): unknown {
  return {
    role: 'user',
    content: content.length === 1 && typeof content[0] === 'string' ? content[0] : content.map(block),
  }
}

function block(content: unknown): unknown {
  return typeof content === 'string' ? { type: 'text', text: content } : content
}

function call(id: string): unknown {
  return { role: 'assistant', content: [{ type: 'tool_use', id, name: 'f', input: { type: 'image', text: '' } }] }
}

function result(id: string, content: unknown = 'done'): unknown {
  return { type: 'tool_result', tool_use_id: id, content }
}

const PNG = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'A'.repeat(4000) } }
const PDF = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'B'.repeat(4000) } }
const REMINDER = '<system-reminder>be careful</system-reminder>'

describe('readFacts: an agent request as a whole', () => {
  it('reads everything', () => {
    const text = readFileSync(FIXTURE, 'utf8')
    const body = JSON.parse(text) as Record<string, unknown>
    const bytes = ['system', 'messages', 'tools'].reduce((sum, key) => sum + JSON.stringify(body[key]).length, 0)
    assert.deepEqual(anthropicClient.readFacts(outline(JSON.stringify(body))), {
      model: 'sage/auto',
      stream: true,
      turn: 'Print nonce.txt, then echo the second word.',
      previousTurn: '',
      firstTurn: 'Print nonce.txt, then echo the second word.',
      inToolLoop: true,
      vision: false,
      liveVision: false,
      documents: false,
      system: "You are a coding agent.\nWork toward the user's goals.",
      tools: 2,
      toolForced: false,
      toolsBytes: JSON.stringify(body['tools']).length,
      json: 'none',
      thinking: 'on',
      inputTokens: Math.ceil(bytes / 4),
      maxOutputTokens: 32000,
      session: '00000000-0000-4000-8000-000000000012',
    })
    assert.equal(anthropicClient.readFacts(outline(text)).turn, 'Print nonce.txt, then echo the second word.')
  })
})

describe('readFacts: turns', () => {
  const table: [string, unknown[], Partial<RequestFacts>][] = [
    [
      'three human turns',
      [
        user('one'),
        { role: 'assistant', content: 'a' },
        user('two'),
        { role: 'assistant', content: 'b' },
        user('three'),
      ],
      { turn: 'three', previousTurn: 'two', firstTurn: 'one', inToolLoop: false },
    ],
    ['parts are joined', [user(REMINDER, 'one', 'two')], { turn: 'one\ntwo', firstTurn: 'one\ntwo', previousTurn: '' }],
    ['a tool result is no turn', [user('go'), call('a'), user(result('a'))], { turn: 'go', inToolLoop: true }],
    [
      'nor are text blocks inside one',
      [user('go'), call('a'), user(result('a', [{ type: 'text', text: 'tool says' }]))],
      { turn: 'go', inToolLoop: true },
    ],
    [
      'nor is one with a reminder',
      [user('go'), call('a'), user(result('a'), REMINDER)],
      { turn: 'go', inToolLoop: true },
    ],
    [
      'a person speaks beside the result',
      [user('go'), call('a'), user(result('a'), 'stop that')],
      { turn: 'stop that', previousTurn: 'go', inToolLoop: false },
    ],
    [
      'system turns do not end the loop',
      [user('go'), call('a'), user(result('a')), { role: 'system', content: 'env' }],
      { turn: 'go', inToolLoop: true },
    ],
    [
      'nor does injected context behind the result',
      [user('go'), call('a'), user(result('a')), user('<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>> x')],
      { turn: 'go', inToolLoop: true },
    ],
    [
      'an assistant turn last',
      [user('go'), { role: 'assistant', content: 'Sure,' }],
      { turn: 'go', inToolLoop: false },
    ],
    [
      'a picture behind the result',
      [user('go'), call('a'), user(result('a')), user(PNG)],
      { inToolLoop: false, turn: 'go' },
    ],
    [
      'text that names blocks',
      [user('tool_result'), user('say "text" and "image"')],
      { turn: 'say "text" and "image"' },
    ],
    [
      'keys in another order',
      [
        { content: 'one', role: 'user' },
        { content: 'sys', role: 'system' },
      ],
      { turn: 'one' },
    ],
    ['nobody spoke', [user(REMINDER)], { turn: '', previousTurn: '', firstTurn: '', inToolLoop: false }],
  ]
  for (const [name, messages, expected] of table) {
    it(name, () => {
      const found = facts({ messages })
      assert.deepEqual({ ...found, ...expected }, found)
    })
  }

  it('keeps head and tail of a very long turn', () => {
    const { turn } = facts({ messages: [user('a'.repeat(30_000) + 'z'.repeat(30_000))] })
    assert.equal(turn, 'a'.repeat(10_000) + 'z'.repeat(10_000))
  })
})

describe('readFacts: media', () => {
  const table: [string, unknown[], [vision: boolean, live: boolean, documents: boolean]][] = [
    ['none, though tools speak of them', [user('go'), call('a'), user(result('a'))], [false, false, false]],
    ['an image in the human turn', [user('see', PNG)], [true, true, false]],
    ['an image in an older turn', [user('see', PNG), user('thanks')], [true, false, false]],
    ['an image only', [user(PNG)], [true, true, false]],
    ['an image in the result of the open loop', [user('go'), call('a'), user(result('a', [PNG]))], [true, true, false]],
    [
      'an image in an older result',
      [user('go'), call('a'), user(result('a', [PNG])), user('and?')],
      [true, false, false],
    ],
    ['a document', [user('read', PDF)], [false, false, true]],
    ['a document in a result', [user('go'), call('a'), user(result('a', [PDF]))], [false, false, true]],
  ]
  for (const [name, messages, [vision, liveVision, documents]] of table) {
    it(name, () => {
      const found = facts({ messages })
      assert.deepEqual([found.vision, found.liveVision, found.documents], [vision, liveVision, documents])
      assert.ok(found.inputTokens < 150, 'base64 data is not counted')
    })
  }
})

describe('readFacts: fields', () => {
  const table: [string, Record<string, unknown>, Partial<RequestFacts>][] = [
    ['no model', { model: undefined }, { model: '' }],
    ['no max_tokens', {}, { maxOutputTokens: 0, stream: false, session: '', system: '', tools: 0, toolsBytes: 0 }],
    ['empty tools', { tools: [] }, { tools: 0, toolsBytes: 2 }],
    ['server tools count', { tools: [{ name: 'f' }, { type: 'web_search_20250305', name: 'w' }] }, { tools: 2 }],
    ['any', { tool_choice: { type: 'any' } }, { toolForced: true }],
    ['tool', { tool_choice: { type: 'tool', name: 'f' } }, { toolForced: true }],
    ['auto', { tool_choice: { type: 'auto' } }, { toolForced: false }],
    ['format', { output_config: { format: { type: 'json_schema', schema: {} } } }, { json: 'schema' }],
    ['format of the beta', { output_format: { type: 'json_schema', schema: {} } }, { json: 'schema' }],
    ['effort', { output_config: { effort: 'high' } }, { json: 'none', thinking: 'unset' }],
    ['enabled', { thinking: { type: 'enabled', budget_tokens: 2048 } }, { thinking: 'on' }],
    ['disabled', { thinking: { type: 'disabled' } }, { thinking: 'off' }],
    ['plain user id', { metadata: { user_id: 'user_1' } }, { session: 'user_1' }],
    ['user id that only looks like JSON', { metadata: { user_id: '{oops' } }, { session: '{oops' }],
    ['system text', { system: 'be brief' }, { system: 'be brief' }],
    [
      'long system',
      { system: [block('a'.repeat(1500)), block('b'.repeat(1500))] },
      { system: `${'a'.repeat(1500)}\n${'b'.repeat(499)}` },
    ],
  ]
  for (const [name, body, expected] of table) {
    it(name, () => {
      const found = facts(body)
      assert.deepEqual({ ...found, ...expected }, found)
    })
  }
})

describe('readFacts: wrong shapes', () => {
  const table: [string, Record<string, unknown>, string][] = [
    ['model', { model: 5 }, 'model'],
    ['null model', { model: null }, 'model'],
    ['no messages', { messages: undefined }, 'messages'],
    ['messages object', { messages: {} }, 'messages'],
    ['messages empty', { messages: [] }, 'messages'],
    ['message text', { messages: ['hi'] }, 'messages.0'],
  ]
  for (const [name, body, param] of table) {
    it(name, () => {
      assert.throws(
        () => facts(body),
        (error) => error instanceof BadRequest && error.param === param,
      )
    })
  }
})
