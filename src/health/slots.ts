import { MOST, newConcurrency, stepConcurrency } from './concurrency.ts'
import type { Concurrency, ConcurrencyEvent, ConcurrencyOptions } from './concurrency.ts'

/** Requests that may wait for one provider; more are turned away at once. */
const LONGEST_QUEUE = 100

/** What slots depend on. */
export interface Limited {
  name: string
  /** On this machine or its network: it is not slowed down by what it says, only by `maxConcurrency`. */
  local: boolean
  /** Most calls at a time, by the profile. */
  maxConcurrency?: number
}

/** Leave to have a call under way. Freed once, whatever becomes of the call. */
export interface Slot {
  answered(now: number): void
  /** `startedAt`: when the call began, in ms. */
  overloaded(startedAt: number, now: number): void
  free(now: number): void
}

interface Lane {
  state: Concurrency
  options: ConcurrencyOptions
  waiting: ((slot: Slot) => void)[]
}

/** Calls under way by provider, and who waits for one to end. Times are the caller's clock, in ms. */
export class Slots {
  readonly #lanes = new Map<string, Lane>()

  /** A slot, if one is free and nobody waits for it. */
  take(provider: Limited, now: number): Slot | undefined {
    const lane = this.#lane(provider)
    return lane.waiting.length > 0 || lane.state.inFlight >= lane.state.limit ? undefined : open(lane, now)
  }

  /** Calls back with a slot when one is free, which may be at once; returns what leaves the queue. undefined: the queue is full. */
  enqueue(provider: Limited, now: number, callback: (slot: Slot) => void): (() => void) | undefined {
    const lane = this.#lane(provider)
    const { waiting } = lane
    // One may have been freed since `take` had none, and nobody would tell.
    if (waiting.length === 0 && lane.state.inFlight < lane.state.limit) {
      callback(open(lane, now))
      return () => undefined
    }
    if (waiting.length >= LONGEST_QUEUE) return undefined
    waiting.push(callback)
    return () => {
      const at = waiting.indexOf(callback)
      if (at >= 0) waiting.splice(at, 1)
    }
  }

  /** Forgets all other providers. Slots that they have given are freed as ever. */
  keepOnly(providers: ReadonlyMap<string, unknown>): void {
    for (const name of this.#lanes.keys()) if (!providers.has(name)) this.#lanes.delete(name)
  }

  /** Of the providers that have calls under way, that have lowered limits, or that are waited for. */
  snapshot(): Record<string, { limit: number; inFlight: number; waiting: number }> {
    const busy = [...this.#lanes].filter(
      ([, { state, options, waiting }]) => state.inFlight > 0 || state.limit < options.most || waiting.length > 0,
    )
    return Object.fromEntries(
      busy.map(([name, { state, waiting }]) => [
        name,
        { limit: state.limit, inFlight: state.inFlight, waiting: waiting.length },
      ]),
    )
  }

  /** The profile may have changed since the last call: its bounds hold from now on. */
  #lane(provider: Limited): Lane {
    const options = optionsOf(provider)
    const lane = this.#lanes.get(provider.name)
    if (lane === undefined) {
      const fresh = { state: newConcurrency(options), options, waiting: [] }
      this.#lanes.set(provider.name, fresh)
      return fresh
    }
    if (lane.options.most !== options.most || lane.options.isFixed !== options.isFixed) {
      lane.options = options
      lane.state = { ...lane.state, limit: options.most }
    }
    return lane
  }
}

function optionsOf({ local, maxConcurrency }: Limited): ConcurrencyOptions {
  return { most: maxConcurrency ?? (local ? Infinity : MOST), isFixed: local }
}

function open(lane: Lane, now: number): Slot {
  const step = (event: ConcurrencyEvent, at: number): void => {
    lane.state = stepConcurrency(lane.state, event, at, lane.options)
  }
  let isFree = false
  step({ type: 'take' }, now)
  return {
    answered: (at) => step({ type: 'answer' }, at),
    overloaded: (startedAt, at) => step({ type: 'overload', startedAt }, at),
    free: (at) => {
      if (isFree) return
      isFree = true
      step({ type: 'free' }, at)
      while (lane.state.inFlight < lane.state.limit) {
        const next = lane.waiting.shift()
        if (next === undefined) return
        next(open(lane, at))
      }
    },
  }
}
