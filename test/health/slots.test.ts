import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Slots } from '../../src/health/slots.ts'
import type { Slot } from '../../src/health/slots.ts'

const ONE = { name: 'p', local: true, maxConcurrency: 1 }

test('slots: no more than the limit; the first who waits gets the next one', () => {
  const slots = new Slots()
  const first = slots.take(ONE, 0)
  assert.ok(first)
  assert.equal(slots.take(ONE, 0), undefined)
  const got: string[] = []
  let second: Slot | undefined
  slots.enqueue(ONE, 0, (slot) => {
    got.push('b')
    second = slot
  })
  const leave = slots.enqueue(ONE, 0, () => got.push('left'))
  slots.enqueue(ONE, 0, () => got.push('c'))
  leave?.()
  assert.deepEqual(slots.snapshot(), { p: { limit: 1, inFlight: 1, waiting: 2 } })
  first.free(1)
  first.free(1)
  assert.deepEqual(got, ['b'])
  second?.free(2)
  assert.deepEqual(got, ['b', 'c'])
})

test('slots: who comes to wait when one has been freed meanwhile waits for nothing', () => {
  const slots = new Slots()
  slots.take(ONE, 0)?.free(1)
  let isGiven = false
  assert.ok(slots.enqueue(ONE, 2, () => (isGiven = true)))
  assert.ok(isGiven)
  assert.deepEqual(slots.snapshot(), { p: { limit: 1, inFlight: 1, waiting: 0 } })
})

test('slots: a queue has an end', () => {
  const slots = new Slots()
  slots.take(ONE, 0)
  for (let n = 0; n < 100; n++) assert.ok(slots.enqueue(ONE, 0, () => undefined))
  assert.equal(
    slots.enqueue(ONE, 0, () => undefined),
    undefined,
  )
})

test('slots: nobody overtakes who waits; a local provider without a setting has no limit', () => {
  const slots = new Slots()
  const free = { name: 'q', local: true }
  for (let n = 0; n < 1000; n++) assert.ok(slots.take(free, 0))
  const remote = { name: 'r', local: false }
  const taken = Array.from({ length: 64 }, () => slots.take(remote, 0))
  assert.ok(taken.every((slot) => slot !== undefined))
  assert.equal(slots.take(remote, 0), undefined)
})

test('slots: the setting of a changed profile holds from the next call on', () => {
  const slots = new Slots()
  slots.take(ONE, 0)
  assert.equal(slots.take(ONE, 0), undefined)
  assert.ok(slots.take({ ...ONE, maxConcurrency: 2 }, 0))
})

test('slots: whatever happens, taken and freed slots are the same number, and the limit holds', () => {
  const event = fc.record({
    kind: fc.constantFrom('take', 'wait', 'leave', 'free', 'free twice', 'answer', 'overload'),
    at: fc.nat(20),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 80 }), fc.integer({ min: 1, max: 6 }), (events, maxConcurrency) => {
      const slots = new Slots()
      const provider = { name: 'p', local: false, maxConcurrency }
      const held: Slot[] = []
      const leaves: (() => void)[] = []
      let now = 0
      for (const { kind, at } of events) {
        now++
        const slot = held[at % Math.max(held.length, 1)]
        if (kind === 'take') held.push(...[slots.take(provider, now)].filter((one) => one !== undefined))
        else if (kind === 'wait') {
          const leave = slots.enqueue(provider, now, (one) => held.push(one))
          leaves.push(leave ?? assert.fail('the queue is short'))
        } else if (kind === 'leave') leaves[at % Math.max(leaves.length, 1)]?.()
        else if (kind === 'answer') slot?.answered(now)
        else if (kind === 'overload') slot?.overloaded(now, now)
        else if (slot !== undefined) {
          held.splice(held.indexOf(slot), 1)
          slot.free(now)
          if (kind === 'free twice') slot.free(now)
        }
        const { inFlight = 0, waiting = 0 } = slots.snapshot()['p'] ?? {}
        assert.equal(inFlight, held.length)
        assert.ok(inFlight <= maxConcurrency)
        assert.ok(waiting === 0 || inFlight > 0, 'nobody waits for nothing')
      }
      for (let n = 0; held.length > 0; n++) {
        assert.ok(n < 1000)
        held.pop()?.free(now)
      }
      assert.deepEqual([slots.snapshot()['p']?.inFlight ?? 0, slots.snapshot()['p']?.waiting ?? 0], [0, 0])
    }),
  )
})

test('slots: a provider that is gone is forgotten, and what it gave is freed as ever', () => {
  const slots = new Slots()
  const held = slots.take(ONE, 0)
  slots.take({ ...ONE, name: 'other' }, 0)
  slots.keepOnly(new Map([['other', []]]))
  assert.deepEqual(Object.keys(slots.snapshot()), ['other'])
  held?.free(1)
  assert.deepEqual(Object.keys(slots.snapshot()), ['other'])
  assert.ok(slots.take(ONE, 2))
})
