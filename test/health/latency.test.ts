import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recentLatency } from '../../src/health/latency.ts'
import { HealthTracker } from '../../src/health/tracker.ts'

test('a measure is forgotten after five minutes', () => {
  const health = { state: 'closed', failures: 0, latencyMs: 900, measuredAt: 1000 } as const
  assert.equal(recentLatency(health, 1000), 900)
  assert.equal(recentLatency(health, 301_000), 900)
  assert.equal(recentLatency(health, 301_001), undefined)
  assert.equal(recentLatency(undefined, 0), undefined)
})

test('one written by hand does not grow old', () => {
  assert.equal(recentLatency({ state: 'closed', failures: 0, latencyMs: 900 }, 1e12), 900)
})

test('after that the next one counts alone; before, they are smoothed', () => {
  const tracker = new HealthTracker({ a: 0 })
  tracker.success('a/m', 1000, 0)
  tracker.success('a/m', 0, 1000)
  assert.equal(tracker.snapshot().targets['a/m']?.latencyMs, 700)
  // Whole answers are not measured, and do not make a measure younger.
  tracker.success('a/m', undefined, 200_000)
  tracker.success('a/m', 10, 302_000)
  assert.equal(tracker.snapshot().targets['a/m']?.latencyMs, 10)
})
