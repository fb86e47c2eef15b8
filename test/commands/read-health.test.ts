import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readHealth } from '../../src/commands/read-health.ts'
import { UsageError } from '../../src/diagnostics/errors.ts'

describe('readHealth', () => {
  it('reads a snapshot', () => {
    const snapshot = {
      targets: { 'a/b': { state: 'open', failures: 2, retryAt: 5, latencyMs: 80 } },
      providers: { c: { restingUntil: 9, reason: 'rate_limit' } },
    }
    assert.deepEqual(readHealth(JSON.stringify(snapshot), 'h.json', 0), snapshot)
    assert.deepEqual(readHealth('{}', 'h.json', 0), { targets: {}, providers: {} })
  })

  it('reads what /healthz answers, from now on', () => {
    const answer = {
      status: 'ok',
      resting: { a: { reason: 'no_key' }, b: { reason: 'quota', for_ms: 100 } },
      open: { 'c/d': { failures: 3, retry_in_ms: 50 } },
    }
    assert.deepEqual(readHealth(JSON.stringify(answer), 'h.json', 1000), {
      targets: { 'c/d': { state: 'open', failures: 3, retryAt: 1050 } },
      providers: { a: { reason: 'no_key', restingUntil: Infinity }, b: { reason: 'quota', restingUntil: 1100 } },
    })
  })

  for (const text of [
    '',
    '[]',
    'null',
    '{"target":{}}',
    '{"targets":[]}',
    '{"targets":{"a/b":{"state":"shut","failures":1}}}',
    '{"targets":{"a/b":{"state":"open"}}}',
    '{"targets":{"a/b":{"state":"closed","failures":0,"latencyMs":-1000}}}',
    '{"targets":{"a/b":{"state":"closed","failures":-1}}}',
    '{"resting":{},"open":{"a/b":{"failures":-1}}}',
    '{"providers":{"a":{"restingUntil":"soon","reason":"x"}}}',
    '{"resting":{"a":1},"open":{}}',
    '{"resting":{},"open":{"a/b":{}}}',
  ]) {
    it(`refuses ${text || 'nothing'}`, () => assert.throws(() => readHealth(text, 'h.json', 0), UsageError))
  }
})
