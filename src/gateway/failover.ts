import { targetOf } from '../catalog/types.ts'
import type { Model } from '../catalog/types.ts'
import { recentLatency } from '../health/latency.ts'
import type { Slot } from '../health/slots.ts'
import type { Permit } from '../health/tracker.ts'
import { recheck, waitsFor } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Target } from '../policy/types.ts'
import type { Provider } from '../providers/types.ts'
import { attemptRecord } from './attempt-record.ts'
import { classify } from './classify.ts'
import { DEADLINE } from './deadline.ts'
import type { Calls, Cut, FailoverResult, Failure, Step, Stop } from './failover-types.ts'
import { learn } from './learn.ts'
import { SHUTTING_DOWN } from './own-trouble.ts'
import { isOverload } from './overload.ts'
import { retryWaitMs } from './retry.ts'
import type { AttemptRecord, Gateway } from './types.ts'
import { waitForSlot } from './wait-for-slot.ts'

/** Longest wait for a slot, in ms. */
const QUEUE_MS = 10_000

/**
 * A probe of an open breaker that takes longer counts as lost, and the next request may send another, in ms. Longer than
 * the time that a cloud provider gets for its first content, and short enough for a recovery to be seen within 15 s.
 */
const PROBE_LEASE_MS = 13_000

/**
 * Walks the chain until one target answers: next key after a key fault, next target after a provider fault, only a
 * larger window after a context overflow, nobody after the client's own mistake. A target that was well until now is
 * asked once more where that is likely to help (`retryWaitMs`), one target a request. An endpoint that was not reached
 * is not asked again, for none of its models; nor is one that answered nothing at all in time, unless there is no other.
 * Every hard constraint is checked again before every attempt; calls beyond
 * the first at targets that fail, such second calls, and the retries of clients come out of one budget. No attempt begins
 * when the request's time (`deadlineAt`, on the gateway's clock, in ms) is over, or will be before the target usually
 * answers. A provider that has as many calls as it gets is passed over; when nobody else answers, the request waits for it,
 * but not for long. An answer that was left open goes on at the next target that is known to go on with a begun text.
 * `attempts` grows as it goes.
 */
export function failover(
  gateway: Gateway,
  inputs: DecisionInputs,
  attempts: AttemptRecord[],
  calls: Calls,
  deadlineAt: number = Infinity,
): Promise<FailoverResult> {
  gateway.health.requested(gateway.clock.mono())
  return new Walk(gateway, inputs, attempts, calls, deadlineAt).run()
}

class Walk {
  readonly #gateway: Gateway
  readonly #inputs: DecisionInputs
  readonly #attempts: AttemptRecord[]
  readonly #calls: Calls
  readonly #deadlineAt: number
  readonly #isRetry: boolean
  readonly #limit: { minContextExclusive?: number; written?: number } = {}
  /** Endpoints that are not asked again. */
  readonly #left = new Set<string>()
  /** The failure that decides the client's error. */
  #last: Failure | undefined
  /** The failure of the attempt made last. */
  #latest: Failure | undefined
  /** Attempts that count against the limit. */
  #counted = 0
  #hasRetried = false
  /** Targets that were passed over because of their breakers. */
  readonly #resting: Stop[] = []
  /** Targets that were passed over for want of a slot. */
  readonly #busy: Stop[] = []
  /** The client has a part of an answer, and its stream is open. */
  #broken: Cut | undefined
  /** A target was passed over for want of time. */
  #isLate = false

  constructor(gateway: Gateway, inputs: DecisionInputs, attempts: AttemptRecord[], calls: Calls, deadlineAt: number) {
    this.#gateway = gateway
    this.#inputs = inputs
    this.#attempts = attempts
    this.#calls = calls
    this.#deadlineAt = deadlineAt
    this.#isRetry = isRetryOfClient(inputs.facts.headers)
  }

  async run(): Promise<FailoverResult> {
    const result = await this.#walk()
    const isOver = result.type === 'done' || result.type === 'cut' || result.type === 'client_gone'
    if (this.#broken === undefined || isOver) return result
    this.#calls.rescue?.giveUp(this.#broken.error)
    return this.#broken
  }

  async #walk(): Promise<FailoverResult> {
    const { catalog, providers } = this.#gateway
    const { chain } = this.#inputs.decision
    for (const [position, target] of chain.entries()) {
      const model = catalog.byTarget.get(`${target.provider}/${target.model}`) ?? unknownModel(this.#gateway, target)
      const provider = providers.get(target.provider)
      if (model === undefined || provider === undefined) continue
      const step = await this.#offer({ provider, model, target, isLast: position === chain.length - 1 }, false)
      if (step !== 'next') return step
    }
    for (const stop of this.#resting) {
      const step = await this.#offer(stop, true)
      if (step !== 'next') return step
    }
    return (await this.#queue()) ?? { type: this.#isLate ? 'deadline' : 'exhausted', last: this.#last }
  }

  /** Asks a target now, if everything allows it. `anyway`: nobody else has answered, so its breaker is not the reason to refuse. */
  #offer(stop: Stop, anyway: boolean): Step | Promise<Step> {
    const { health, clock } = this.#gateway
    const { provider, model, target } = stop
    if (this.#left.has(provider.origin) || !this.#isFit(model, target)) return 'next'
    if (!this.#hasTimeFor(model)) return 'next'
    const slot = health.slots.take(provider, clock.mono())
    if (slot !== undefined) return this.#ask(stop, slot, anyway)
    this.#busy.push(stop)
    return 'next'
  }

  /** Asks a target, if its breaker and the budget allow it. The slot is freed in any case. */
  async #ask(stop: Stop, slot: Slot, anyway: boolean): Promise<Step> {
    const { health, clock } = this.#gateway
    const target = targetOf(stop.model)
    try {
      const isExtra = this.#isRetry || this.#attempts.length > 0
      const permit = this.#permit(stop, isExtra, anyway)
      if (permit === undefined) return 'next'
      try {
        const leave = isExtra ? health.mayTryAgain(target, clock.mono()) : 'free'
        if (leave === undefined) return 'next'
        const step = await this.#visit(stop, slot)
        if (leave === 'paid' && step !== 'next' && step.type === 'done') health.refundRetry(clock.mono())
        return step
      } finally {
        health.release(permit, clock.mono())
      }
    } finally {
      slot.free(clock.mono())
    }
  }

  /** The breaker's leave for one request. */
  #permit(stop: Stop, isExtra: boolean, anyway: boolean): Permit | undefined {
    const { health, clock } = this.#gateway
    const target = targetOf(stop.model)
    // Somebody has to find out that it works again, but a client that retries by itself need not be the one.
    const acquire = stop.isLast && !isExtra ? 'acquireLast' : 'acquire'
    const permit = health[acquire](target, PROBE_LEASE_MS, clock.mono())
    if (permit !== undefined || anyway) return permit ?? health.acquireAnyway(target, clock.mono())
    this.#resting.push(stop)
    return undefined
  }

  /** Waits for a slot at the providers that had none. undefined: there were none of those, or asking them was no use. */
  async #queue(): Promise<FailoverResult | undefined> {
    const { clock } = this.#gateway
    const until = Math.min(clock.mono() + QUEUE_MS, this.#deadlineAt)
    for (const stop of this.#busy) {
      if (this.#left.has(stop.provider.origin)) continue
      if (!this.#isFit(stop.model, stop.target)) continue
      const slot = await waitForSlot(this.#gateway, this.#calls, stop.provider, until)
      if (slot === 'left') return this.#stopped()
      const step = slot === undefined ? 'next' : await this.#ask(stop, slot, true)
      if (step !== 'next') return step
    }
    if (this.#busy.length === 0 || this.#last !== undefined) return undefined
    const names = [...new Set(this.#busy.map(({ provider }) => provider.name))].join(', ')
    return { type: 'unavailable', code: 'overloaded', message: `as many requests as may be are under way at ${names}` }
  }

  /** Tries a target with one key after the other, and patiently once more with the last of them. */
  async #visit(stop: Stop, slot: Slot): Promise<Step> {
    const { health, clock } = this.#gateway
    const { provider } = stop
    const isWell = health.isWell(targetOf(stop.model), clock.mono())
    for (const [rank, { index, resting }] of health.keyOrder(provider.name, clock.mono()).entries()) {
      // A provider whose keys all rest is in the chain only because nothing else is left: one key is asked anyway.
      if (resting && rank > 0) break
      const mayRetry = isWell && health.strikes(provider.name, index) === 0
      let step = await this.#attempt(stop, slot, index, 0)
      const wait = step === 'next' && mayRetry ? this.#retryWait(stop) : undefined
      if (wait !== undefined) {
        if ((await this.#calls.pause(wait)) === 'left') return this.#stopped()
        step = await this.#attempt(stop, slot, index, wait)
        if (step !== 'next' && step.type === 'done') health.refundRetry(clock.mono())
      }
      if (step !== 'next') return step
      if (this.#latest?.verdict.key === undefined) break
    }
    return 'next'
  }

  /** Tries a target with one key, and learns from how that went. */
  async #attempt({ provider, model, target }: Stop, slot: Slot, key: number, waitedMs: number): Promise<Step> {
    const { health, clock, redact } = this.#gateway
    const { decision, facts } = this.#inputs
    if (this.#counted >= decision.maxAttempts) return { type: 'exhausted', last: this.#last }
    if (clock.mono() >= this.#deadlineAt) return { type: 'deadline', last: this.#last }
    const started = clock.mono()
    const result = await this.#calls.tryTarget(provider, model, key)
    const course = { key, waitedMs, ms: clock.mono() - started, isRescue: this.#broken !== undefined }
    this.#attempts.push(attemptRecord(provider, model, course, result, redact))
    if (result.type === 'client_gone' || result.type === 'unavailable') return result
    if (result.type === 'cut' && result.isOwnFault === true) return result
    if (result.type === 'done') {
      slot.answered(clock.mono())
      if (this.#gateway.isReplaced?.(provider) !== true) {
        health.keyWorked(provider.name, key)
        health.success(targetOf(model), result.latencyMs, clock.mono())
      }
      return { type: 'done', target, usage: result.usage }
    }
    const { error } = result
    const verdict = classify(error)
    if (error.code === DEADLINE) return { type: 'deadline', last: this.#last }
    learn(this.#gateway, provider, model, key, error, verdict)
    if (isOverload(error)) slot.overloaded(started, clock.mono())
    if (result.type === 'cut') return result.isOpen === true ? this.#leaveOpen(result) : result
    if (!result.neverSent) this.#counted++
    const { neverSent, isSilent = false, raw } = result
    const isMute = isSilent && error.kind === 'timeout' && this.#hasOthers(provider)
    if (neverSent || isMute) this.#left.add(provider.origin)
    this.#latest = { target, error, verdict, isSilent, ...(raw !== undefined && { raw }) }
    this.#last = worse(this.#last, this.#latest)
    // Of an answer that another target began it is that beginning which may have been refused.
    if (verdict.next === 'none' && this.#broken === undefined) return { type: 'exhausted', last: this.#last }
    if (verdict.next === 'larger') {
      const exceeded = model.context ?? facts.inputTokens
      this.#limit.minContextExclusive = Math.max(this.#limit.minContextExclusive ?? 0, exceeded)
    }
    return 'next'
  }

  #leaveOpen(cut: Cut): Step {
    this.#broken = cut
    this.#latest = undefined
    this.#counted++
    this.#limit.written = this.#calls.rescue?.written() ?? 0
    return 'next'
  }

  /** Whether the target may be asked as far as the hard constraints go; with an answer left open, to go on with it. */
  #isFit(model: Model, target: Target): boolean {
    if (this.#broken !== undefined && model.continuesPrefill !== true) return false
    return recheck(this.#inputs, target, this.#limit) === undefined
  }

  /** How long to wait before a target that was well is asked once more, in ms; undefined when it is left. */
  #retryWait({ provider, model, isLast }: Stop): number | undefined {
    const { health, clock, random } = this.#gateway
    // A client that retries by itself is patient enough.
    if (this.#latest === undefined || this.#hasRetried || this.#isRetry) return undefined
    const { error, verdict, isSilent } = this.#latest
    const hasOtherKey = verdict.key !== undefined && health.keyOrder(provider.name, clock.mono())[0]?.resting === false
    // One attempt is kept for somebody else.
    const isRoom = this.#counted + (isLast ? 1 : 2) <= this.#inputs.decision.maxAttempts
    if (hasOtherKey || !isRoom) return undefined
    const longestMs = waitsFor(this.#inputs).retryMs
    const wait = retryWaitMs(error, { longestMs, isLast, isSilent, chance: random() })
    if (wait === undefined || !this.#hasTimeFor(model, wait)) return undefined
    if (!health.spendRetry(clock.mono())) return undefined
    this.#hasRetried = true
    return wait
  }

  /** Whether the target can be expected to answer in time after a wait. The first attempt is made in any case. */
  #hasTimeFor(model: Model, waitMs: number = 0): boolean {
    const { health, clock } = this.#gateway
    const now = clock.mono()
    const isFirst = this.#attempts.length === 0
    const usual = recentLatency(health.snapshot().targets[targetOf(model)], now) ?? 0
    const isTime = now + waitMs + (isFirst ? 0 : usual) < this.#deadlineAt
    if (!isTime && waitMs === 0) this.#isLate = true
    return isTime
  }

  /** Whether the chain has a target at another endpoint. */
  #hasOthers({ origin }: Provider): boolean {
    const { providers } = this.#gateway
    return this.#inputs.decision.chain.some(({ provider }) => (providers.get(provider)?.origin ?? origin) !== origin)
  }

  #stopped(): FailoverResult {
    return this.#gateway.shutdown?.isOver === true
      ? { type: 'unavailable', code: 'shutting_down', message: SHUTTING_DOWN }
      : { type: 'client_gone' }
  }
}

/** The official SDKs say which retry of a request this is. */
function isRetryOfClient(headers: Readonly<Record<string, string>>): boolean {
  return Number(headers['x-stainless-retry-count'] ?? 0) > 0
}

/** A pin may name a model that the catalogue does not list, at a provider that lists none. */
function unknownModel(gateway: Gateway, target: Target): Model | undefined {
  const provider = gateway.providers.get(target.provider)
  if (provider === undefined) return undefined
  return { provider: target.provider, id: target.model, capabilities: {}, local: provider.local, sources: ['assumed'] }
}

/** A client's mistake tells more than a provider's trouble: it stays the answer even if later candidates fail otherwise. */
function worse(before: Failure | undefined, now: Failure): Failure {
  return before?.verdict.clientFault === true && !now.verdict.clientFault ? before : now
}
