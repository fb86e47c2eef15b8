import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionKey } from '../../src/gateway/session-key.ts'
import type { Facts } from '../../src/policy/types.ts'
import { facts } from '../policy/helpers.ts'

const BASE: Partial<Facts> = {
  model: 'sage/auto',
  client: 'agent/1.0',
  system: 'You are an agent.',
  firstTurn: 'Fix the test.',
  toolsBytes: 5000,
}

function key(given: Partial<Facts> = {}): string {
  return sessionKey(facts({ ...BASE, ...given }))
}

/** What changes inside a conversation, and must not change its session. */
const SAME: Record<string, Partial<Facts>> = {
  'a later turn': { turn: 'And now?', previousTurn: 'Fix the test.', inToolLoop: true, inputTokens: 90_000 },
  'an image': { vision: true, liveVision: true },
  'streamed or not': { stream: true },
  'other limits': { maxOutputTokens: 5, thinking: 'on' },
  'a header that names no session': { headers: { 'x-stainless-retry-count': '1' } },
  'an empty session header': { headers: { 'session-id': '' } },
}
for (const [name, given] of Object.entries(SAME)) {
  test(`session key: ${name} is the same session`, () => {
    assert.equal(key(given), key())
  })
}

const OTHER: Record<string, Partial<Facts>> = {
  'another first turn': { firstTurn: 'Write a poem.' },
  'another system prompt': { system: 'You write titles.' },
  'another model name': { model: 'sage/fast' },
  'another client': { client: 'agent/2.0' },
  'another dialect': { dialect: 'anthropic-messages' },
  'other tools': { toolsBytes: 0 },
  'a session in the body': { session: 's1' },
  'a session header': { headers: { 'x-session-id': 's1' } },
}
test('session key: what tells sessions apart, tells every two of them apart', () => {
  const keys = [key(), ...Object.values(OTHER).map((given) => key(given))]
  // The id is the same whether it stands in the body or in a header.
  assert.equal(key(OTHER['a session in the body']), key(OTHER['a session header']))
  assert.equal(new Set(keys).size, keys.length - 1)
})

for (const name of ['x-claude-code-session-id', 'session-id', 'session_id', 'x-session-id', 'x-session-affinity']) {
  test(`session key: ${name} names the session`, () => {
    assert.notEqual(key({ headers: { [name]: 'one' } }), key({ headers: { [name]: 'two' } }))
    assert.equal(key({ headers: { [name]: 'one' } }), key({ headers: { [name]: 'one' }, toolsBytes: 7 }))
  })
}

test('session key: one session id, but side calls with another prompt are sessions of their own', () => {
  const headers = { 'session-id': 'one' }
  assert.notEqual(key({ headers }), key({ headers, system: 'You write titles.' }))
})

test('session key: the parts cannot be shifted into each other', () => {
  assert.notEqual(key({ system: 'ab', firstTurn: 'c' }), key({ system: 'a', firstTurn: 'bc' }))
})

test('session key: it shows nothing of the prompt', () => {
  assert.match(key(), /^[A-Za-z0-9_-]{43}$/)
})
