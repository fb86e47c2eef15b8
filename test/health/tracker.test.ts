import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HealthTracker } from '../../src/health/tracker.ts'

test('tracker: usable keys come first, in profile order; resting ones by the end of their rest', () => {
  const tracker = new HealthTracker({ p: 3 })
  tracker.rest('p', 0, 'rate_limit', 9000, 0)
  tracker.rest('p', 1, 'rate_limit', 5000, 0)
  assert.deepEqual(tracker.keyOrder('p', 0), [
    { index: 2, resting: false },
    { index: 1, resting: true },
    { index: 0, resting: true },
  ])
  assert.deepEqual(
    tracker.keyOrder('p', 9001).map(({ index }) => index),
    [0, 1, 2],
  )
})

test('tracker: the provider rests only while all of its keys do, and until the first is back', () => {
  const tracker = new HealthTracker({ p: 2 })
  tracker.rest('p', 0, 'rate_limit', 9000, 0)
  assert.deepEqual(tracker.snapshot().providers, {})
  tracker.rest('p', 1, 'quota', undefined, 0)
  assert.deepEqual(tracker.snapshot().providers['p'], { restingUntil: 9000, reason: 'rate_limit' })
  tracker.keyWorked('p', 1)
  assert.deepEqual(tracker.snapshot().providers, {})
})

test('tracker: a rate limit without a delay rests longer each time', () => {
  const tracker = new HealthTracker({ p: 1 })
  const rests = [0, 1, 2].map(() => {
    tracker.rest('p', 0, 'rate_limit', undefined, 0)
    return tracker.snapshot().providers['p']?.restingUntil
  })
  assert.deepEqual(rests, [5000, 10_000, 20_000])
})

test('tracker: a wait named by the provider is believed up to an hour', () => {
  const tracker = new HealthTracker({ p: 1 })
  tracker.rest('p', 0, 'rate_limit', 1e12, 0)
  assert.equal(tracker.snapshot().providers['p']?.restingUntil, 3_600_000)
})

test('tracker: only one request probes an open target', () => {
  const tracker = new HealthTracker({})
  for (let i = 0; i < 3; i++) tracker.failure('p/m', 0.5, 0)
  const { retryAt = NaN } = tracker.snapshot().targets['p/m'] ?? {}
  assert.equal(tracker.acquire('p/m', 1000, retryAt - 1), undefined)
  assert.deepEqual(tracker.acquire('p/m', 1000, retryAt), { target: 'p/m', until: retryAt + 1000 })
  assert.equal(tracker.snapshot().targets['p/m']?.state, 'half-open')
  assert.equal(tracker.acquire('p/m', 1000, retryAt), undefined)
  tracker.success('p/m', 100, retryAt)
  assert.deepEqual(tracker.acquire('p/m', 1000, retryAt), { target: 'p/m' })
})

test('tracker: a probe that found nothing out leaves its place; a lost one leaves it after its lease', () => {
  const tracker = new HealthTracker({})
  tracker.block('p/m', 1000, 0)
  const first = tracker.acquire('p/m', 500, 1000)
  assert.ok(first)
  tracker.release(first, 1100)
  const second = tracker.acquire('p/m', 500, 1100)
  assert.ok(second)
  assert.equal(tracker.acquire('p/m', 500, 1599), undefined)
  const third = tracker.acquire('p/m', 500, 1600)
  assert.ok(third)
  tracker.release(second, 1700)
  assert.equal(tracker.acquire('p/m', 500, 1700), undefined, 'the lost probe does not give away the place of the next')
})

test('tracker: a probe that begins to answer is answer enough', () => {
  const tracker = new HealthTracker({})
  tracker.block('p/m', 1000, 0)
  tracker.acquire('p/m', 500, 1000)
  tracker.began('p/m', 1100)
  assert.equal(tracker.snapshot().targets['p/m']?.state, 'closed')
})

test('tracker: the rest of the last target that is left is cut short, by one probe in a second', () => {
  const tracker = new HealthTracker({})
  for (let i = 0; i < 3; i++) tracker.failure('p/m', 0.5, 0)
  assert.equal(tracker.acquireLast('p/m', 500, 999), undefined)
  const probe = tracker.acquireLast('p/m', 500, 1000)
  assert.ok(probe)
  assert.equal(tracker.acquireLast('p/m', 500, 1400), undefined, 'one at a time')
  tracker.failure('p/m', 0.5, 1400)
  assert.equal(tracker.acquireLast('p/m', 500, 2399), undefined)
  assert.ok(tracker.acquireLast('p/m', 500, 2400))
})

test('tracker: an open target that answered within half a minute may be asked when nobody else answers', () => {
  const tracker = new HealthTracker({})
  assert.equal(tracker.acquireAnyway('p/m', 0), undefined, 'nothing is known of it')
  tracker.success('p/m', undefined, 1000)
  for (let i = 0; i < 3; i++) tracker.failure('p/m', 0.5, 2000)
  assert.equal(tracker.acquire('p/m', 500, 2500), undefined)
  assert.deepEqual(tracker.acquireAnyway('p/m', 2500), { target: 'p/m' })
  assert.equal(tracker.snapshot().targets['p/m']?.answeredAt, 1000)
  assert.equal(tracker.acquireAnyway('p/m', 31_000), undefined)
})

test('tracker: a target is well when it has answered since its last failure, and that was a while ago', () => {
  const tracker = new HealthTracker({})
  assert.ok(tracker.isWell('p/m', 0))
  tracker.failure('p/m', 0.5, 0)
  assert.ok(!tracker.isWell('p/m', 60_000))
  tracker.success('p/m', undefined, 1000)
  assert.ok(!tracker.isWell('p/m', 9999))
  assert.ok(tracker.isWell('p/m', 10_000))
})

test('tracker: latency is smoothed', () => {
  const tracker = new HealthTracker({})
  tracker.success('p/m', 100, 0)
  tracker.success('p/m', 200, 0)
  assert.equal(tracker.snapshot().targets['p/m']?.latencyMs, 130)
})

test('tracker: a provider without a key is out for good', () => {
  const tracker = new HealthTracker({ p: 0 })
  tracker.disable('p', 'no_key')
  assert.deepEqual(tracker.snapshot().providers['p'], { restingUntil: Infinity, reason: 'no_key' })
})

test('tracker: what is known goes with its provider; a key keeps its rest wherever it now stands', () => {
  const tracker = new HealthTracker({ same: 1, moved: 2, gone: 1 })
  for (const provider of ['same', 'moved', 'gone']) {
    tracker.block(`${provider}/m`, 1000, 0)
    tracker.rest(provider, 0, 'quota', 9000, 0)
  }
  tracker.rest('moved', 1, 'auth', 5000, 0)
  const keys = new Map([
    ['same', [0]],
    ['moved', [1]],
    ['fresh', [undefined, undefined]],
    ['keyless', []],
  ])
  tracker.replaceProviders(keys, new Set(['same']))
  const { targets, providers } = tracker.snapshot()
  assert.deepEqual(Object.keys(targets), ['same/m'])
  assert.deepEqual(providers, {
    same: { restingUntil: 9000, reason: 'quota' },
    moved: { restingUntil: 5000, reason: 'auth' },
  })
  assert.deepEqual(tracker.keyOrder('moved', 0), [{ index: 0, resting: true }])
  assert.deepEqual(
    ['fresh', 'keyless', 'gone'].map((provider) => tracker.keyOrder(provider, 0).length),
    [2, 1, 1],
  )
  tracker.rest('gone', 0, 'quota', 9000, 0)
  assert.equal(tracker.snapshot().providers['gone'], undefined, 'nothing is learnt of it any more')
})

test('tracker: a provider that gets its missing key may be used', () => {
  const tracker = new HealthTracker({ p: 0 })
  tracker.disable('p', 'no_key')
  tracker.replaceProviders(new Map([['p', [undefined]]]), new Set())
  assert.deepEqual(tracker.snapshot().providers, {})
})
