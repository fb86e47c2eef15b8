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

test('sessions: kept over a restart by their hash, for as long as they would have been', () => {
  const sessions = new Sessions()
  sessions.remember('old', A, 0)
  sessions.remember('x', A, HOUR)
  sessions.remember('x', B, HOUR + 1000)
  sessions.remember('y', A, HOUR + 2000)
  const wall = 1_700_000_000_000
  const saved: unknown = JSON.parse(JSON.stringify(sessions.save({ mono: HOUR + 2000, wall })))
  assert.deepEqual(saved, [
    { key: 'x', ...B, usedAt: wall - 1000, isMixed: true },
    { key: 'y', ...A, usedAt: wall, isMixed: false },
  ])
  const next = new Sessions()
  next.restore(saved, { mono: 10, wall: wall + 60_000 })
  assert.deepEqual([next.find('x', 10), next.find('y', 10), next.find('old', 10)], [B, A, undefined])
  assert.equal(next.isMixed('x', 'b/m'), true)
  assert.equal(next.find('y', 10 + HOUR - 60_000 + 1), undefined)
})

test('sessions: what is malformed or too old on disk is left out', () => {
  const wall = 1_700_000_000_000
  const sound = { key: 'x', ...A, usedAt: wall, isMixed: false }
  for (const wrong of [
    { ...sound, key: 1 },
    { ...sound, target: undefined },
    { ...sound, usedAt: '1' },
    null,
    [],
    'x',
  ]) {
    const sessions = new Sessions()
    sessions.restore([{ ...sound, key: 'before' }, wrong, { ...sound, key: 'after' }], { mono: 0, wall })
    assert.deepEqual(
      sessions.save({ mono: 0, wall }).map(({ key }) => key),
      ['before', 'after'],
    )
  }
  const sessions = new Sessions()
  sessions.restore([{ ...sound, usedAt: wall - 2 * HOUR }], { mono: 0, wall })
  sessions.restore({ sessions: [] }, { mono: 0, wall })
  // A clock that was set back: its age is not known, so it counts as new.
  sessions.restore([{ ...sound, key: 'future', usedAt: wall + 5 * HOUR }], { mono: 0, wall })
  assert.deepEqual(
    [sessions.find('x', 0), sessions.find('future', HOUR), sessions.find('future', HOUR + 1)],
    [undefined, A, undefined],
  )
})
