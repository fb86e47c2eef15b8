import { earn, FULL_BUDGET, giveBack, left, spend } from './budget.ts'
import { BREAKER_DEFAULTS, CLOSED, step } from './breaker.ts'
import type { Breaker, BreakerEvent } from './breaker.ts'
import { recentLatency } from './latency.ts'
import { restKey } from './keys.ts'
import type { KeyState } from './keys.ts'
import { answeredLately, CALM_MS } from './lately.ts'
import type { KnownHealth, KnownTarget } from './saved.ts'
import { Slots } from './slots.ts'
import type { HealthSnapshot, ProviderHealth, TargetHealth } from './types.ts'

/** Weight of the newest sample in the smoothed latency. */
const LATENCY_WEIGHT = 0.3

/** Least time between two probes of the last target that is left, in ms. */
export const PACE_MS = 1000

/** Leave to ask a target once. */
export interface Permit {
  target: string
  /** For a probe: when it counts as lost, in ms. */
  until?: number
}

/** What the gateway learns of its targets and keys. Times are the caller's clock, in ms. */
export class HealthTracker {
  /** Calls under way. */
  readonly slots: Slots = new Slots()
  readonly #breakers = new Map<string, Breaker>()
  readonly #failedAt = new Map<string, number>()
  readonly #measuredAt = new Map<string, number>()
  /** How often the latency was measured. */
  readonly #samples = new Map<string, number>()
  /** Last failure or probe. */
  readonly #touchedAt = new Map<string, number>()
  readonly #answeredAt = new Map<string, number>()
  #budget = FULL_BUDGET
  readonly #targets: Record<string, TargetHealth> = {}
  readonly #keys = new Map<string, (KeyState | undefined)[]>()
  readonly #providers: Record<string, ProviderHealth> = {}

  /** `keyCounts` says how many keys each provider has; 0 means that it needs none. */
  constructor(keyCounts: Readonly<Record<string, number>>) {
    for (const [provider, count] of Object.entries(keyCounts)) {
      this.#keys.set(provider, Array.from<KeyState | undefined>({ length: Math.max(count, 1) }).fill(undefined))
    }
  }

  /** A live view: read it at once, or copy it. */
  snapshot(): HealthSnapshot {
    return { targets: this.#targets, providers: this.#providers }
  }

  /** What would be worth knowing after a restart. */
  known(): KnownHealth {
    const targets = [...this.#breakers].map(([name, known]): [string, KnownTarget] => {
      // Nobody waits for a probe any more after a restart.
      const breaker: Breaker = known.state === 'half-open' ? { ...known, state: 'open' } : known
      const { latencyMs } = this.#targets[name] ?? {}
      return [name, { breaker, failedAt: this.#failedAt.get(name), latencyMs, measuredAt: this.#measuredAt.get(name) }]
    })
    return { targets: new Map(targets), keys: this.#keys }
  }

  /** Begins with what `known` gave an earlier tracker. */
  restore({ targets, keys }: KnownHealth): void {
    for (const [name, { breaker, failedAt, latencyMs, measuredAt }] of targets) {
      this.#breakers.set(name, breaker)
      if (failedAt !== undefined) this.#failedAt.set(name, failedAt)
      if (measuredAt !== undefined) this.#measuredAt.set(name, measuredAt)
      this.#show(name, breaker, latencyMs)
    }
    for (const [provider, states] of keys) {
      if (states.length === 0 || states.length !== this.#keys.get(provider)?.length) continue
      const own = [...states]
      this.#keys.set(provider, own)
      this.#refreshProvider(provider, own)
    }
  }

  /**
   * The providers are others from now on. `keys` has for each of them which of its former keys every key is, undefined for
   * a new one; what is known of providers that it does not name goes, and of targets all but those of `kept` providers.
   */
  replaceProviders(keys: ReadonlyMap<string, readonly (number | undefined)[]>, kept: ReadonlySet<string>): void {
    for (const target of Object.keys(this.#targets)) {
      if (kept.has(target.slice(0, target.indexOf('/')))) continue
      delete this.#targets[target]
      for (const known of [
        this.#breakers,
        this.#failedAt,
        this.#measuredAt,
        this.#samples,
        this.#touchedAt,
        this.#answeredAt,
      ])
        known.delete(target)
    }
    for (const provider of Object.keys(this.#providers)) if (!kept.has(provider)) delete this.#providers[provider]
    for (const provider of this.#keys.keys()) if (!keys.has(provider)) this.#keys.delete(provider)
    this.slots.keepOnly(keys)
    for (const [provider, former] of keys) {
      if (kept.has(provider)) continue
      const before = this.#keys.get(provider) ?? []
      const states = former.length === 0 ? [undefined] : former.map((at) => (at === undefined ? at : before[at]))
      this.#keys.set(provider, states)
      this.#refreshProvider(provider, states)
    }
  }

  /** A provider that cannot be used at all, e.g. `no_key`. */
  disable(provider: string, reason: string): void {
    this.#providers[provider] = { restingUntil: Infinity, reason }
  }

  /** The target answered; `latencyMs` is the time to its first content, where it was measured. */
  success(target: string, latencyMs: number | undefined, now: number): void {
    const before = recentLatency(this.#targets[target], now) ?? latencyMs
    const smoothed =
      latencyMs === undefined || before === undefined ? before : before + LATENCY_WEIGHT * (latencyMs - before)
    if (latencyMs !== undefined) {
      this.#measuredAt.set(target, now)
      this.#samples.set(target, (this.#samples.get(target) ?? 0) + 1)
    }
    this.#answeredAt.set(target, now)
    this.#update(target, { type: 'success' }, now, smoothed)
  }

  /** The target failed in a way that speaks against it. `chance` in [0, 1) spreads the rest. */
  failure(target: string, chance: number, now: number): void {
    this.#failedAt.set(target, now)
    this.#touchedAt.set(target, now)
    this.#update(target, { type: 'failure', chance }, now)
  }

  /** A request came in: it earns a part of an extra call. */
  requested(now: number): void {
    this.#budget = earn(this.#budget, now)
  }

  /**
   * Leave for one more call for a request. It is free at a target that has not failed since it last answered: leaving a
   * broken target is no retry. Anywhere else it is paid from the budget, so that an outage is not fed. undefined: no leave.
   */
  mayTryAgain(target: string, now: number): 'free' | 'paid' | undefined {
    if (this.failures(target) === 0) return 'free'
    return this.spendRetry(now) ? 'paid' : undefined
  }

  /** A call that was paid for was answered: it fed no outage. */
  refundRetry(now: number): void {
    this.#budget = giveBack(this.#budget, now)
  }

  /** Takes one extra call; false when the budget is empty. */
  spendRetry(now: number): boolean {
    const rest = spend(this.#budget, now)
    if (rest !== undefined) this.#budget = rest
    return rest !== undefined
  }

  /** Failures of a target since its last answer. */
  failures(target: string): number {
    return this.#targets[target]?.failures ?? 0
  }

  /** Whether a failure of the target would be a single one: it has answered since the last, and that was a while ago. */
  isWell(target: string, now: number): boolean {
    return this.failures(target) === 0 && now >= (this.#failedAt.get(target) ?? -Infinity) + CALM_MS
  }

  /** Complaints of the provider about a key since it last worked. */
  strikes(provider: string, index: number): number {
    return this.#keys.get(provider)?.[index]?.strikes ?? 0
  }

  /** Extra calls that could be made now at targets that fail. */
  retriesLeft(now: number): number {
    return left(this.#budget, now)
  }

  /** The target is gone (404, retired): leave it alone for a while. */
  block(target: string, restMs: number, now: number): void {
    const breaker: Breaker = { state: 'open', failures: 1, openings: 1, retryAt: now + restMs }
    this.#breakers.set(target, breaker)
    this.#show(target, breaker)
  }

  /** Leave to ask a target: always while its breaker is closed, else only to one probe at a time. undefined: not now. */
  acquire(target: string, leaseMs: number, now: number): Permit | undefined {
    const breaker = this.#breakers.get(target)
    if (breaker === undefined || breaker.state === 'closed') return { target }
    return now < breaker.retryAt ? undefined : this.#probe(target, leaseMs, now)
  }

  /** As `acquire`, for the last target that is left: its rest is cut short, but by no more than one probe in a second. */
  acquireLast(target: string, leaseMs: number, now: number): Permit | undefined {
    const permit = this.acquire(target, leaseMs, now)
    if (permit !== undefined) return permit
    const isPaced = now < (this.#touchedAt.get(target) ?? -Infinity) + PACE_MS
    const isOpen = this.#breakers.get(target)?.state === 'open'
    return isOpen && !isPaced ? this.#probe(target, leaseMs, now) : undefined
  }

  /** Leave to ask a target that its breaker keeps from others: one that answered lately, for a request that nobody else answers. */
  acquireAnyway(target: string, now: number): Permit | undefined {
    return answeredLately(this.#targets[target], now) ? { target } : undefined
  }

  /** The call ended. A probe that found nothing out leaves its place to the next one. */
  release({ target, until }: Permit, now: number): void {
    const breaker = this.#breakers.get(target)
    if (breaker?.state === 'half-open' && breaker.retryAt === until) this.#update(target, { type: 'release' }, now)
  }

  /** The target has begun to answer: that is all that a probe wants to know. */
  began(target: string, now: number): void {
    if (this.#breakers.get(target)?.state === 'half-open') this.#update(target, { type: 'success' }, now)
  }

  #probe(target: string, leaseMs: number, now: number): Permit {
    this.#touchedAt.set(target, now)
    this.#update(target, { type: 'probe', leaseMs }, now)
    return { target, until: now + leaseMs }
  }

  /** Indexes of the provider's keys, usable ones first in profile order, then resting ones by the end of their rest. */
  keyOrder(provider: string, now: number): { index: number; resting: boolean }[] {
    const states = this.#keys.get(provider) ?? [undefined]
    return states
      .map((state, index) => ({ index, until: state === undefined ? 0 : state.restingUntil }))
      .map(({ index, until }) => ({ index, until: until > now ? until : 0 }))
      .sort((a, b) => a.until - b.until || a.index - b.index)
      .map(({ index, until }) => ({ index, resting: until > 0 }))
  }

  /** The provider complained about a key. */
  rest(
    provider: string,
    index: number,
    reason: KeyState['reason'],
    retryAfterMs: number | undefined,
    now: number,
  ): void {
    const states = this.#keys.get(provider)
    if (states === undefined) return
    states[index] = restKey(states[index], reason, retryAfterMs, now)
    this.#refreshProvider(provider, states)
  }

  /** The key worked. */
  keyWorked(provider: string, index: number): void {
    const states = this.#keys.get(provider)
    if (states?.[index] === undefined) return
    states[index] = undefined
    this.#refreshProvider(provider, states)
  }

  #refreshProvider(provider: string, states: (KeyState | undefined)[]): void {
    let first: KeyState | undefined
    for (const state of states) {
      if (state === undefined) {
        delete this.#providers[provider]
        return
      }
      if (first === undefined || state.restingUntil < first.restingUntil) first = state
    }
    if (first !== undefined) this.#providers[provider] = { restingUntil: first.restingUntil, reason: first.reason }
  }

  #update(target: string, event: BreakerEvent, now: number, latencyMs?: number): void {
    const breaker = step(this.#breakers.get(target) ?? CLOSED, event, now, BREAKER_DEFAULTS)
    this.#breakers.set(target, breaker)
    this.#show(target, breaker, latencyMs)
  }

  #show(target: string, breaker: Breaker, latencyMs: number | undefined = this.#targets[target]?.latencyMs): void {
    const { state, failures, retryAt } = breaker
    const failedAt = this.#failedAt.get(target)
    const measuredAt = this.#measuredAt.get(target)
    const samples = this.#samples.get(target)
    const answeredAt = this.#answeredAt.get(target)
    this.#targets[target] = {
      state,
      failures,
      ...(failures > 0 && failedAt !== undefined && { failedAt }),
      ...(state !== 'closed' && { retryAt }),
      ...(state !== 'closed' && answeredAt !== undefined && { answeredAt }),
      ...(latencyMs !== undefined && { latencyMs }),
      ...(measuredAt !== undefined && { measuredAt }),
      ...(samples !== undefined && { samples }),
    }
  }
}
