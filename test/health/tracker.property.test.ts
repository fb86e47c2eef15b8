// P-06: breakers, retry budget and keys against a model of them that is too simple to be wrong.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BREAKER_DEFAULTS } from '../../src/health/breaker.ts'
import { HealthTracker, PACE_MS } from '../../src/health/tracker.ts'
import type { Permit } from '../../src/health/tracker.ts'
import { runsOf } from '../helpers/runs.ts'

const TARGETS = ['p/m', 'q/m'] as const
const KEYS = { p: 2, q: 1 }
const LEASE_MS = 13_000
/** Seconds that requests earn for, and the share of a call that each earns. */
const [WINDOW_MS, SHARE] = [60_000, 0.2]
const [FLOOR, FLOOR_MS] = [3, 10_000]
/** How long an answer speaks for a target whose breaker is open. */
const LATELY_MS = 30_000

type Target = (typeof TARGETS)[number]
type Provider = keyof typeof KEYS

interface ModelTarget {
  failures: number
  isOpen: boolean
  /** Times it opened since the last success. */
  openings: number
  /** When its rest ends. */
  restsUntil: number
  /** End of the lease of the probe under way. */
  leaseUntil: number | undefined
  /** Last failure or probe. */
  touchedAt: number
  /** Last success. */
  answeredAt: number
}

interface Model {
  now: number
  targets: Record<Target, ModelTarget>
  /** When each key may be used again. */
  keys: Record<Provider, number[]>
  /** Times of requests and of extra calls. */
  earned: number[]
  spent: number[]
  floor: number
  floorAt: number
}

interface Real {
  tracker: HealthTracker
  permits: Permit[]
}

type Command = fc.Command<Model, Real>

const clean = (): ModelTarget => ({
  failures: 0,
  isOpen: false,
  openings: 0,
  restsUntil: 0,
  leaseUntil: undefined,
  touchedAt: -Infinity,
  answeredAt: -Infinity,
})

const newModel = (): Model => ({
  now: 0,
  targets: { 'p/m': clean(), 'q/m': clean() },
  keys: { p: [0, 0], q: [0] },
  earned: [],
  spent: [],
  floor: FLOOR,
  floorAt: 0,
})

/** What the tracker shows must be what the model says, after every step. */
function compare(model: Model, { tracker }: Real): void {
  const { targets, providers } = tracker.snapshot()
  for (const name of TARGETS) {
    const { failures, isOpen, leaseUntil, restsUntil } = model.targets[name]
    const shown = targets[name] ?? { state: 'closed', failures: 0 }
    assert.equal(shown.state, isOpen ? (leaseUntil === undefined ? 'open' : 'half-open') : 'closed', name)
    assert.equal(shown.failures, failures, name)
    if (!isOpen) continue
    const until = leaseUntil ?? restsUntil
    const jitter = leaseUntil === undefined ? Math.abs(until - model.now) * BREAKER_DEFAULTS.jitter + 1 : 0
    assert.ok(Math.abs((shown.retryAt ?? NaN) - until) <= jitter, `${name}: ${shown.retryAt} for ${until}`)
    // The real jitter is taken over, so that the model goes on from the same moment.
    if (leaseUntil === undefined) model.targets[name].restsUntil = shown.retryAt ?? NaN
  }
  for (const provider of ['p', 'q'] as const) {
    const soonest = Math.min(...model.keys[provider])
    const until = providers[provider]?.restingUntil ?? 0
    assert.equal(until > model.now, soonest > model.now, `${provider} rests`)
    const order = tracker.keyOrder(provider, model.now)
    assert.deepEqual(
      order.map(({ resting }) => resting),
      order.map(({ index }) => (model.keys[provider][index] ?? 0) > model.now),
    )
    assert.deepEqual(new Set(order.map(({ index }) => index)).size, KEYS[provider])
  }
}

function step(name: string, run: (model: Model, real: Real) => void): Command {
  return {
    check: () => true,
    run: (model, real) => {
      run(model, real)
      compare(model, real)
    },
    toString: () => name,
  }
}

function fail(target: ModelTarget, now: number): void {
  target.failures++
  target.touchedAt = now
  const isProbe = target.leaseUntil !== undefined
  if (target.isOpen && !isProbe) return
  if (!isProbe && target.failures < BREAKER_DEFAULTS.threshold) return
  target.isOpen = true
  target.leaseUntil = undefined
  target.restsUntil = now + Math.min(BREAKER_DEFAULTS.restMs * 2 ** target.openings, BREAKER_DEFAULTS.maxRestMs)
  target.openings++
}

/** Whether the model lets a call through, and notes the probe. */
function acquire(target: ModelTarget, now: number, isLast: boolean): boolean {
  if (!target.isOpen) return true
  const isDue = now >= (target.leaseUntil ?? target.restsUntil)
  const isPanic = isLast && target.leaseUntil === undefined && now >= target.touchedAt + PACE_MS
  if (!isDue && !isPanic) return false
  target.leaseUntil = now + LEASE_MS
  target.touchedAt = now
  return true
}

/** Extra calls that the requests of the last minute pay for, as whole seconds are counted. */
function maySpend(model: Model): boolean {
  const recent = (times: number[]): number =>
    times.filter((time) => Math.floor(time / 1000) > (model.now - WINDOW_MS) / 1000).length
  if (recent(model.spent) + 1 <= recent(model.earned) * SHARE) {
    model.spent.push(model.now)
    return true
  }
  model.floor = Math.min(FLOOR, model.floor + ((model.now - model.floorAt) * FLOOR) / FLOOR_MS)
  model.floorAt = model.now
  if (model.floor < 1) return false
  model.floor--
  return true
}

/** The newest call of the last minute is taken back; without one the floor gets its part. */
function refund(model: Model): void {
  const newest = model.spent.at(-1)
  if (newest !== undefined && Math.floor(newest / 1000) > (model.now - WINDOW_MS) / 1000) {
    model.spent.pop()
    return
  }
  model.floor = Math.min(FLOOR, model.floor + ((model.now - model.floorAt) * FLOOR) / FLOOR_MS + 1)
  model.floorAt = model.now
}

const target = fc.constantFrom(...TARGETS)
const commands = [
  fc.integer({ min: 1, max: 20_000 }).map((ms) => step(`wait ${ms}`, (model) => void (model.now += ms))),
  target.map((name) =>
    step(`wait for ${name}`, (model) => {
      const { leaseUntil, restsUntil } = model.targets[name]
      model.now = Math.max(model.now, Math.ceil(leaseUntil ?? restsUntil))
    }),
  ),
  target.map((name) =>
    step(`three failures ${name}`, (model, { tracker }) => {
      for (let n = 0; n < 3; n++) {
        tracker.failure(name, 0.5, model.now)
        fail(model.targets[name], model.now)
      }
    }),
  ),
  target.map((name) =>
    step(`failed probe ${name}`, (model, { tracker, permits }) => {
      const permit = tracker.acquire(name, LEASE_MS, model.now)
      assert.equal(permit !== undefined, acquire(model.targets[name], model.now, false))
      if (permit?.until === undefined) return
      permits.push(permit)
      tracker.failure(name, 0.5, model.now)
      fail(model.targets[name], model.now)
    }),
  ),
  target.map((name) =>
    step(`success ${name}`, (model, { tracker }) => {
      tracker.success(name, undefined, model.now)
      model.targets[name] = { ...clean(), touchedAt: model.targets[name].touchedAt, answeredAt: model.now }
    }),
  ),
  fc.tuple(target, fc.double({ min: 0, max: 0.999, noNaN: true })).map(([name, chance]) =>
    step(`failure ${name} ${chance}`, (model, { tracker }) => {
      tracker.failure(name, chance, model.now)
      fail(model.targets[name], model.now)
    }),
  ),
  target.map((name) =>
    step(`begins to answer ${name}`, (model, { tracker }) => {
      tracker.began(name, model.now)
      const known = model.targets[name]
      if (known.leaseUntil !== undefined)
        model.targets[name] = { ...clean(), touchedAt: known.touchedAt, answeredAt: known.answeredAt }
    }),
  ),
  fc.tuple(target, fc.boolean()).map(([name, isLast]) =>
    step(`ask ${name}${isLast ? ', the last' : ''}`, (model, { tracker, permits }) => {
      const permit = tracker[isLast ? 'acquireLast' : 'acquire'](name, LEASE_MS, model.now)
      assert.equal(permit !== undefined, acquire(model.targets[name], model.now, isLast))
      if (permit?.until !== undefined) permits.push(permit)
    }),
  ),
  target.map((name) =>
    step(`ask ${name} anyway`, (model, { tracker }) => {
      const { isOpen, answeredAt } = model.targets[name]
      const permit = tracker.acquireAnyway(name, model.now)
      assert.equal(permit !== undefined, isOpen && model.now < answeredAt + LATELY_MS)
      assert.equal(permit?.until, undefined, 'it is no probe')
    }),
  ),
  fc.nat(2).map((at) =>
    step(`release ${at}`, (model, { tracker, permits }) => {
      const permit = permits.at(-1 - at)
      if (permit === undefined) return
      tracker.release(permit, model.now)
      const known = model.targets[permit.target as Target]
      if (known.leaseUntil !== permit.until || permit.until === undefined) return
      known.leaseUntil = undefined
      known.restsUntil = model.now
    }),
  ),
  fc
    .tuple(fc.constantFrom('p' as const, 'q' as const), fc.nat(1), fc.integer({ min: 0, max: 30_000 }))
    .map(([provider, at, ms]) =>
      step(`limit ${provider} ${at} ${ms}`, (model, { tracker }) => {
        const index = at % KEYS[provider]
        tracker.rest(provider, index, 'rate_limit', ms, model.now)
        model.keys[provider][index] = model.now + ms
      }),
    ),
  fc.tuple(fc.constantFrom('p' as const, 'q' as const), fc.nat(1)).map(([provider, at]) =>
    step(`key works ${provider} ${at}`, (model, { tracker }) => {
      const index = at % KEYS[provider]
      tracker.keyWorked(provider, index)
      model.keys[provider][index] = 0
    }),
  ),
  fc.integer({ min: 1, max: 40 }).map((count) =>
    step(`${count} requests`, (model, { tracker }) => {
      for (let n = 0; n < count; n++) {
        tracker.requested(model.now)
        model.earned.push(model.now)
      }
    }),
  ),
  target.map((name) =>
    step(`extra call at ${name}`, (model, { tracker }) => {
      const isFree = model.targets[name].failures === 0
      const leave = isFree ? 'free' : maySpend(model) ? 'paid' : undefined
      assert.equal(tracker.mayTryAgain(name, model.now), leave)
    }),
  ),
  fc.constant(
    step('refund', (model, { tracker }) => {
      tracker.refundRetry(model.now)
      refund(model)
    }),
  ),
  fc.constant(step('retry', (model, { tracker }) => assert.equal(tracker.spendRetry(model.now), maySpend(model)))),
]

test('P-06: breakers, budget and keys do what their model does', () => {
  fc.assert(
    fc.property(fc.commands(commands, { maxCommands: 60, size: 'max' }), (sequence) => {
      fc.modelRun(() => ({ model: newModel(), real: { tracker: new HealthTracker(KEYS), permits: [] } }), sequence)
    }),
    runsOf('P-06', 2000, 20_000),
  )
})
