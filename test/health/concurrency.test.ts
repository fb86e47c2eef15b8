import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MOST, newConcurrency, stepConcurrency } from '../../src/health/concurrency.ts'
import type { Concurrency, ConcurrencyEvent, ConcurrencyOptions } from '../../src/health/concurrency.ts'

const REMOTE: ConcurrencyOptions = { most: MOST, isFixed: false }

function after(
  events: ConcurrencyEvent[],
  options: ConcurrencyOptions,
  from?: Concurrency,
  now: number = 0,
): Concurrency {
  return events.reduce((state, event) => stepConcurrency(state, event, now, options), from ?? newConcurrency(options))
}
const answers = (count: number): ConcurrencyEvent[] => Array.from({ length: count }, () => ({ type: 'answer' }))
const overload = (startedAt: number): ConcurrencyEvent => ({ type: 'overload', startedAt })

test('concurrency: all slots at first, and never more', () => {
  assert.equal(newConcurrency(REMOTE).limit, 64)
  assert.equal(after(answers(1000), REMOTE).limit, 64)
})

test('concurrency: seven tenths after a complaint, one more after as many answers as the limit', () => {
  const lowered = after([overload(0)], REMOTE)
  assert.equal(lowered.limit, 44)
  assert.equal(after(answers(43), REMOTE, lowered).limit, 44)
  assert.equal(after(answers(44), REMOTE, lowered).limit, 45)
  assert.equal(after(answers(44 + 45), REMOTE, lowered).limit, 46)
})

test('concurrency: the complaints of one burst count once', () => {
  const lowered = after([overload(0), overload(5), overload(9)], REMOTE, undefined, 10)
  assert.equal(lowered.limit, 44)
  assert.equal(after([overload(10)], REMOTE, lowered, 20).limit, 30)
})

test('concurrency: one call is always left', () => {
  let state = newConcurrency(REMOTE)
  for (let now = 1; now < 50; now++) state = stepConcurrency(state, overload(now), now, REMOTE)
  assert.equal(state.limit, 1)
  assert.equal(after(answers(1), REMOTE, state).limit, 2)
})

test('concurrency: a fixed limit stays', () => {
  const fixed = { most: 2, isFixed: true }
  assert.equal(after([overload(0), overload(1), ...answers(9)], fixed).limit, 2)
})
