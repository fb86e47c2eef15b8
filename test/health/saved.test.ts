import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readHealth, saveHealth } from '../../src/health/saved.ts'
import type { Moment } from '../../src/health/saved.ts'
import { HealthTracker } from '../../src/health/tracker.ts'

const HOUR = 3_600_000
const KEYS = new Map([
  ['p', ['env:A', 'env:B']],
  ['q', []],
])
/** Wall clock of the first run's start. */
const WALL = 1_700_000_000_000

/** What a tracker knows, through JSON and into another that begins at `now`. */
function restart(tracker: HealthTracker, saved: Moment, now: Moment): HealthTracker {
  const text = JSON.stringify(saveHealth(tracker.known(), KEYS, saved))
  const next = new HealthTracker({ p: 2, q: 0 })
  next.restore(readHealth(JSON.parse(text), KEYS, now))
  return next
}

describe('saved health', () => {
  const tracker = new HealthTracker({ p: 2, q: 0 })
  for (let n = 0; n < 3; n++) tracker.failure('p/broken', 0.5, 1000)
  tracker.success('q/fast', 120, 2000)
  tracker.failure('q/once', 0.5, 2000)
  tracker.rest('p', 0, 'rate_limit', 60_000, 3000)
  const stopped = { mono: 3000, wall: WALL }

  it('goes on as before after a short restart, on another clock', () => {
    const next = restart(tracker, stopped, { mono: 50, wall: WALL + 500 })
    assert.equal(next.acquire('p/broken', 1000, 51), undefined)
    const { targets } = next.snapshot()
    assert.deepEqual([targets['p/broken']?.state, targets['p/broken']?.failures], ['open', 3])
    assert.deepEqual([targets['q/fast']?.latencyMs, targets['q/fast']?.measuredAt], [120, 50 - 1500])
    assert.equal(targets['q/once']?.failures, 1)
    const rest = 60_000 - 500
    assert.deepEqual(
      next.keyOrder('p', 50 + rest - 1).map(({ resting }) => resting),
      [false, true],
    )
    assert.deepEqual(
      next.keyOrder('p', 50 + rest + 1).map(({ resting }) => resting),
      [false, false],
    )
    assert.ok(next.acquire('p/broken', 1000, 50 + 500 + 3000))
  })

  it('names keys by reference and has nothing else of them', () => {
    const saved = saveHealth(tracker.known(), KEYS, stopped)
    assert.deepEqual(saved.keys, {
      p: { 'env:A': { restingUntil: WALL + 60_000, reason: 'rate_limit', strikes: 1 } },
    })
  })

  it('finds a key again whose place has changed', () => {
    const saved = saveHealth(tracker.known(), KEYS, stopped)
    const moved = new Map([['p', ['env:NEW', 'env:B', 'env:A']]])
    const { keys } = readHealth(saved, moved, { mono: 0, wall: WALL })
    assert.deepEqual(
      keys.get('p')?.map((state) => state?.restingUntil),
      [undefined, undefined, 60_000],
    )
  })

  it('lets a refused key be tried again: who restarts may have mended it', () => {
    const refused = new HealthTracker({ p: 2, q: 0 })
    refused.rest('p', 0, 'auth', undefined, 0)
    assert.deepEqual(saveHealth(refused.known(), KEYS, stopped).keys, {})
  })

  it('forgets what is long ago, and providers that are gone', () => {
    const next = restart(tracker, stopped, { mono: 0, wall: WALL + 25 * HOUR })
    assert.deepEqual(next.snapshot(), { targets: {}, providers: {} })
    const saved = saveHealth(tracker.known(), KEYS, stopped)
    const other = readHealth(saved, new Map([['q', []]]), { mono: 0, wall: WALL })
    assert.deepEqual([[...other.targets.keys()], [...other.keys.keys()]], [['q/fast', 'q/once'], []])
  })

  it('never rests longer than an hour, nor in the past, whatever the wall clock does meanwhile', () => {
    const jump = fc.integer({ min: -48 * HOUR, max: 48 * HOUR })
    fc.assert(
      fc.property(jump, fc.nat(10_000_000), fc.nat(5_000_000), (by, mono, retryAfter) => {
        const before = new HealthTracker({ p: 2, q: 0 })
        before.rest('p', 0, 'quota', retryAfter, 100)
        before.block('p/gone', retryAfter, 100)
        const now = { mono, wall: WALL + by }
        const known = readHealth(saveHealth(before.known(), KEYS, { mono: 100, wall: WALL }), KEYS, now)
        for (const { breaker, failedAt = 0, measuredAt = 0 } of known.targets.values()) {
          assert.ok(breaker.retryAt <= mono + HOUR)
          assert.ok(failedAt <= mono && measuredAt <= mono)
        }
        for (const state of known.keys.get('p') ?? []) {
          if (state !== undefined) assert.ok(state.restingUntil > mono && state.restingUntil <= mono + HOUR)
        }
      }),
    )
  })

  it('leaves out what is malformed and keeps the rest', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (target, key) => {
        const good = { breaker: { state: 'open', failures: 3, openings: 1, retryAt: WALL + 5000 } }
        const saved = { targets: { 'p/x': target, 'p/good': good }, keys: { p: { 'env:A': key } } }
        const { targets } = readHealth(saved, KEYS, { mono: 0, wall: WALL })
        assert.equal(targets.get('p/good')?.breaker.retryAt, 5000)
      }),
    )
    fc.assert(
      fc.property(fc.anything(), (saved) => {
        readHealth(saved, KEYS, { mono: 0, wall: WALL })
      }),
    )
  })
})
