import assert from 'node:assert/strict'
import { test } from 'node:test'
import { recentLatency, slowOnes } from '../../src/health/latency.ts'
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

test('slow is who takes more than three times as long as the median of two others', () => {
  const cases: [latencies: (number | undefined)[], slow: number[], samples?: number][] = [
    [[100, 100, 301], [2]],
    [[100, 100, 300], []],
    [[100, 100, 100], []],
    // One other says nothing.
    [[100, 900], []],
    [[100, undefined, 900], []],
    [[100, 200, 500], [2]],
    [[100, 300, 500], []],
    // Half of them may be slow: that is the usual then.
    [[100, 900, 900], []],
    [
      [10, 10, 10, 100, 100],
      [3, 4],
    ],
    [[100, 100, 900], [], 19],
    [[0, 0, 1], [2]],
    [[0, 0, 0], []],
  ]
  for (const [latencies, slow, samples = 20] of cases) {
    const healths = latencies.map((latencyMs) => ({
      state: 'closed' as const,
      failures: 0,
      ...(latencyMs !== undefined && { latencyMs, samples, measuredAt: 0 }),
    }))
    assert.deepEqual(slowOnes([...healths, undefined], 1000), new Set(slow), JSON.stringify(latencies))
    // Five minutes later nobody knows any more.
    assert.equal(slowOnes(healths, 300_001).size, 0)
  }
})
