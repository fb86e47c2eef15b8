import { targetOf } from '../catalog/types.ts'
import type { Model } from '../catalog/types.ts'
import type { Assumption } from '../explain/simulate.ts'
import type { SimulatedAttempt, Simulation } from '../explain/timeline.ts'
import { classify } from '../gateway/classify.ts'
import { deadlineError, exhaustedError } from '../gateway/errors.ts'
import { deadlineOf } from '../gateway/deadline.ts'
import { failover } from '../gateway/failover.ts'
import type { Calls, FailoverResult } from '../gateway/failover-types.ts'
import { Provenance } from '../gateway/provenance.ts'
import { hasRescuer, mayRescue } from '../gateway/rescue.ts'
import { Sessions } from '../gateway/sessions.ts'
import type { AttemptRecord, AttemptResult, Gateway } from '../gateway/types.ts'
import { HealthTracker } from '../health/tracker.ts'
import type { HealthSnapshot } from '../health/types.ts'
import { waitsFor } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Target } from '../policy/types.ts'
import type { Provider } from '../providers/types.ts'
import { simulateCall } from './simulated-call.ts'

/** Walks the chain with the server's own failover, on a clock that only the simulated calls move. Nothing is sent. */
export async function simulate(
  inputs: DecisionInputs,
  providers: readonly Provider[],
  assumed: Assumption[],
): Promise<Simulation> {
  const { profile, world, decision } = inputs
  const start = world.now
  let now = start
  const health = trackerOf(providers, world.health, start)
  const gateway: Gateway = {
    profile,
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    catalog: world.catalog,
    health,
    sessions: new Sessions(),
    provenance: new Provenance(),
    sendTo: () => {
      throw new Error('a simulation sends nothing')
    },
    clock: { mono: () => now, wall: () => world.wall ?? 0 },
    random: () => 0.5,
    redact: (text) => text,
    log: () => undefined,
  }
  const records: AttemptRecord[] = []
  const calls: { at: number; provider: Provider; model: Model; keyIndex: number; result: AttemptResult }[] = []
  const deadlineAt = deadlineOf(inputs.facts.headers, waitsFor(inputs), start)
  const simulated: Calls = {
    tryTarget: (provider, model, keyIndex) => {
      const at = now - start
      const { ms, result: simulatedResult } = simulateCall(provider, model, inputs, assumed, deadlineAt - now)
      now += ms
      const outcome = leftOpen(simulatedResult, inputs, { provider: provider.name, model: model.id })
      calls.push({ at, provider, model, keyIndex, result: outcome })
      return Promise.resolve(outcome)
    },
    pause: (ms) => {
      now += ms
      return Promise.resolve('over')
    },
    // How much was written before the break is anybody's guess.
    rescue: { written: () => 0, giveUp: () => undefined },
  }
  const result = await failover(gateway, inputs, records, simulated, deadlineAt)

  const attempts = calls.map(({ at, provider, model, keyIndex, result: outcome }, index): SimulatedAttempt => {
    const record = records[index]
    const waited = records[index + 1]?.waitedMs
    const key = provider.keys.length > 1 ? provider.keys[keyIndex]?.reference : undefined
    return {
      at,
      provider: provider.name,
      model: model.id,
      ...(key === undefined ? {} : { key }),
      outcome: outcome.type === 'failed' ? classify(outcome.error).code : (record?.outcome ?? ''),
      status: record?.status ?? 0,
      ms: record?.ms ?? 0,
      next: waited === undefined ? nextOf(outcome, calls[index + 1], provider, model) : 'again',
      ...(waited === undefined ? {} : { wait: Math.round(waited) }),
      counts: outcome.type !== 'failed' || !outcome.neverSent,
    }
  })
  const called = new Set(calls.map(({ model }) => targetOf(model)))
  const names = decision.chain.map(({ provider, model }) => `${provider}/${model}`)
  return {
    assumed,
    attempts,
    untried: names.filter((name) => !called.has(name)),
    ...endingOf(result, records),
    ms: now - start,
    maxAttempts: decision.maxAttempts,
    after: restsAfter(world.health, health.snapshot(), now),
  }
}

/** An answer that breaks off is taken for plain text. */
function leftOpen(result: AttemptResult, inputs: DecisionInputs, target: Target): AttemptResult {
  if (result.type !== 'cut' || !mayRescue(inputs) || !hasRescuer(inputs, target)) return result
  return { ...result, isOpen: true }
}

function nextOf(
  result: AttemptResult,
  next: { provider: Provider; model: Model } | undefined,
  provider: Provider,
  model: Model,
): SimulatedAttempt['next'] {
  if (result.type === 'done') return 'answers'
  if (next === undefined) return 'ends'
  if (result.type === 'cut') return 'next for the rest'
  if (result.type !== 'failed') return 'ends'
  if (next.provider === provider && next.model === model) return 'next key'
  return result.error.kind === 'context_length' ? 'larger context only' : 'next'
}

function endingOf(
  result: FailoverResult,
  records: readonly AttemptRecord[],
): Pick<Simulation, 'ending' | 'status' | 'code' | 'target'> {
  if (result.type === 'done') {
    return { ending: 'complete', status: 200, target: `${result.target.provider}/${result.target.model}` }
  }
  if (result.type !== 'exhausted' && result.type !== 'deadline') return { ending: 'cut', status: 200 }
  const isDeadline = result.type === 'deadline' && result.last?.verdict.clientFault !== true
  const asIs = (text: string): string => text
  const { status, code } = isDeadline ? deadlineError(records, asIs) : exhaustedError(result.last, records, asIs, 0)
  return { ending: 'refused', status, code }
}

/** A tracker that knows what the snapshot says. */
function trackerOf(providers: readonly Provider[], health: HealthSnapshot, now: number): HealthTracker {
  const tracker = new HealthTracker(Object.fromEntries(providers.map(({ name, keys }) => [name, keys.length])))
  for (const [target, { state, failures, retryAt = now }] of Object.entries(health.targets)) {
    if (state !== 'closed') tracker.block(target, retryAt - now, now)
    else for (let n = 0; n < failures; n++) tracker.failure(target, 0.5, now)
  }
  for (const { name, keys } of providers) {
    const resting = health.providers[name]
    if (resting === undefined) continue
    const { restingUntil, reason } = resting
    const isKnown = reason === 'rate_limit' || reason === 'quota' || reason === 'auth'
    if (!isKnown || !Number.isFinite(restingUntil)) tracker.disable(name, reason)
    else keys.forEach((_, index) => tracker.rest(name, index, reason, restingUntil - now, now))
  }
  return tracker
}

/** Providers and targets that rest because of the simulated calls. */
function restsAfter(before: HealthSnapshot, { providers, targets }: HealthSnapshot, now: number): Simulation['after'] {
  const left = (until: number): number | null => (Number.isFinite(until) ? Math.round(until - now) : null)
  return [
    ...Object.entries(providers)
      .filter(([name, { restingUntil }]) => before.providers[name]?.restingUntil !== restingUntil && restingUntil > now)
      .map(([name, { restingUntil, reason }]) => ({ name, reason, ms: left(restingUntil) })),
    ...Object.entries(targets)
      .filter(
        ([name, { state, retryAt = 0 }]) =>
          state !== 'closed' && before.targets[name]?.retryAt !== retryAt && retryAt > now,
      )
      .map(([name, { retryAt = 0 }]) => ({ name, reason: 'failures', ms: left(retryAt) })),
  ]
}
