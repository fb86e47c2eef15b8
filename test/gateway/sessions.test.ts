import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Sessions } from '../../src/gateway/sessions.ts'

const HOUR = 3_600_000
const A = { target: 'a/m', policy: 'auto', rule: 'default' }
const B = { target: 'b/m', policy: 'auto', rule: 'default' }

test('sessions: an unknown one is undefined', () => {
  assert.equal(new Sessions().find('x', 0), undefined)
})

test('sessions: the last target is remembered, each session for itself', () => {
  const sessions = new Sessions()
  sessions.remember('x', A, 0)
  sessions.remember('y', B, 0)
  assert.deepEqual([sessions.find('x', 1), sessions.find('y', 1)], [A, B])
  sessions.remember('x', B, 2)
  assert.deepEqual(sessions.find('x', 3), B)
})

test('sessions: forgotten an hour after the last answer', () => {
  const sessions = new Sessions()
  sessions.remember('x', A, 1000)
  assert.deepEqual(sessions.find('x', 1000 + HOUR), A)
  assert.equal(sessions.find('x', 1001 + HOUR), undefined)
  sessions.remember('x', A, 1000 + HOUR)
  assert.deepEqual(sessions.find('x', 1000 + 2 * HOUR), A)
})

test('sessions: at most 10,000, the least recently used goes first', () => {
  const sessions = new Sessions()
  for (let i = 0; i < 10_000; i++) sessions.remember(`s${i}`, A, i)
  sessions.remember('s0', B, 10_000)
  sessions.remember('one more', A, 10_001)
  assert.deepEqual(sessions.find('s0', 10_001), B)
  assert.equal(sessions.find('s1', 10_001), undefined)
  assert.deepEqual(sessions.find('s2', 10_001), A)
})
