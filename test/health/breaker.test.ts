import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BREAKER_DEFAULTS, CLOSED, step } from '../../src/health/breaker.ts'
import type { Breaker } from '../../src/health/breaker.ts'

const OPTIONS = { threshold: 3, restMs: 1000, maxRestMs: 4000, jitter: 0 }
const FAILURE = { type: 'failure', chance: 0.5 } as const

function fail(breaker: Breaker, times: number, now: number): Breaker {
  let current = breaker
  for (let i = 0; i < times; i++) current = step(current, FAILURE, now, OPTIONS)
  return current
}

test('breaker: stays closed below the threshold', () => {
  assert.deepEqual(fail(CLOSED, 2, 0), { state: 'closed', failures: 2, openings: 0, retryAt: 0 })
})

test('breaker: opens at the threshold and rests', () => {
  assert.deepEqual(fail(CLOSED, 3, 100), { state: 'open', failures: 3, openings: 1, retryAt: 1100 })
})

test('breaker: every failed probe doubles the rest, up to its limit', () => {
  let breaker = fail(CLOSED, 3, 0)
  const rests: number[] = []
  for (let i = 0; i < 4; i++) {
    breaker = step(step(breaker, { type: 'probe', leaseMs: 10 }, 0, OPTIONS), FAILURE, 0, OPTIONS)
    rests.push(breaker.retryAt)
  }
  assert.deepEqual(rests, [2000, 4000, 4000, 4000])
})

test('breaker: one success closes it whatever came before', () => {
  assert.deepEqual(step(fail(CLOSED, 9, 0), { type: 'success' }, 50, OPTIONS), CLOSED)
})

test('breaker: half-open while a probe is under way', () => {
  const probe = { type: 'probe', leaseMs: 700 } as const
  const probed = step(fail(CLOSED, 3, 0), probe, 1000, OPTIONS)
  assert.deepEqual(probed, { state: 'half-open', failures: 3, openings: 1, retryAt: 1700 })
  assert.equal(step(CLOSED, probe, 1000, OPTIONS), CLOSED)
  assert.deepEqual(step(probed, { type: 'release' }, 1200, OPTIONS), { ...probed, state: 'open', retryAt: 1200 })
  assert.equal(step(CLOSED, { type: 'release' }, 1200, OPTIONS), CLOSED)
})

test('breaker: calls that were under way when it opened do not prolong its rest', () => {
  assert.deepEqual(fail(CLOSED, 7, 100), { state: 'open', failures: 7, openings: 1, retryAt: 1100 })
})

test('breaker: chance spreads the rest within the jitter', () => {
  const spread = { ...OPTIONS, threshold: 1, jitter: 0.2 }
  const rest = (chance: number): number => step(CLOSED, { type: 'failure', chance }, 0, spread).retryAt
  assert.deepEqual([rest(0), rest(0.5), rest(1)], [800, 1000, 1200])
})

test('breaker: a recovered target is asked again within 15 s', () => {
  assert.ok(BREAKER_DEFAULTS.maxRestMs * (1 + BREAKER_DEFAULTS.jitter) <= 15_000)
})
