import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { earn, FULL_BUDGET, giveBack, left, spend } from '../../src/health/budget.ts'
import type { RetryBudget } from '../../src/health/budget.ts'

/** Takes as many calls as it can get at this time. */
function drain(budget: RetryBudget, now: number): { budget: RetryBudget; taken: number } {
  let taken = 0
  for (let next = spend(budget, now); next !== undefined; next = spend(next, now)) {
    budget = next
    taken++
  }
  return { budget, taken }
}

function requests(budget: RetryBudget, count: number, now: number): RetryBudget {
  return Array.from({ length: count }).reduce<RetryBudget>((state) => earn(state, now), budget)
}

describe('the retry budget', () => {
  test('a quiet router has three calls in ten seconds', () => {
    const first = drain(FULL_BUDGET, 0)
    assert.equal(first.taken, 3)
    assert.equal(drain(first.budget, 3000).taken, 0)
    assert.equal(drain(first.budget, 3400).taken, 1)
    assert.equal(drain(first.budget, 100_000).taken, 3)
  })

  test('a hundred requests earn twenty more, for a minute', () => {
    const busy = requests(FULL_BUDGET, 100, 1000)
    assert.equal(left(busy, 1000), 23)
    assert.equal(drain(busy, 1000).taken, 23)
    assert.equal(drain(busy, 59_000).taken, 23)
    assert.equal(drain(busy, 62_000).taken, 3)
  })

  test('what is given back may be taken again, and no more than that', () => {
    const empty = drain(requests(FULL_BUDGET, 100, 1000), 1000).budget
    assert.equal(left(giveBack(empty, 1500), 1500), 1)
    assert.equal(left(giveBack(giveBack(empty, 1500), 1500), 1500), 2)
    const quiet = drain(FULL_BUDGET, 0).budget
    assert.equal(left(giveBack(quiet, 0), 0), 1)
    assert.equal(left(giveBack(FULL_BUDGET, 0), 0), 3)
  })

  test('a clock that jumps ahead neither breaks it nor makes it grow', () => {
    const { budget } = drain(requests(FULL_BUDGET, 50, 0), 0)
    assert.equal(drain(budget, 1e12).taken, 3)
  })

  test('calls stay below a fifth of the requests and the floor, whatever the order', () => {
    const steps = fc.array(
      fc.record({ wait: fc.integer({ min: 0, max: 5000 }), requests: fc.nat(20), calls: fc.nat(20) }),
      { maxLength: 60 },
    )
    fc.assert(
      fc.property(steps, (list) => {
        let budget = FULL_BUDGET
        let now = 0
        let earned = 0
        let spent = 0
        for (const step of list) {
          now += step.wait
          budget = requests(budget, step.requests, now)
          earned += step.requests
          for (let n = 0; n < step.calls; n++) {
            const next = spend(budget, now)
            assert.equal(next !== undefined, left(budget, now) > 0)
            if (next === undefined) break
            budget = next
            spent++
          }
        }
        assert.ok(spent <= earned * 0.2 + 3 + (now * 3) / 10_000, `${spent} of ${earned} in ${now} ms`)
        assert.ok(budget.seconds.length <= 61)
      }),
    )
  })
})
