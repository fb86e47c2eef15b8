// How many calls beyond the first of each request may be made, so that an outage is not fed with retries.

/** Part of the requests of the last minute that may cost another call. */
const SHARE = 0.2
/** Time over which requests earn and calls are counted, in ms. */
const WINDOW_MS = 60_000
/** Calls that are always allowed, so that a quiet router can still fail over. */
const FLOOR = 3
/** Time in which the floor is filled again, in ms. */
const FLOOR_MS = 10_000

/** Requests and extra calls by second, and what is left of the floor. Times are the caller's clock, in ms. */
export interface RetryBudget {
  seconds: readonly { second: number; requests: number; extra: number }[]
  /** Of the floor, as of `filledAt`. */
  floor: number
  filledAt: number
}

export const FULL_BUDGET: RetryBudget = { seconds: [], floor: FLOOR, filledAt: 0 }

/** A request came in: it earns a part of a call. */
export function earn(budget: RetryBudget, now: number): RetryBudget {
  return count(budget, now, 1, 0)
}

/** Takes one extra call; undefined when the budget is empty: then the call is not made, nor queued. */
export function spend(budget: RetryBudget, now: number): RetryBudget | undefined {
  const { requests, extra } = totals(budget, now)
  if (extra + 1 <= requests * SHARE) return count(budget, now, 0, 1)
  const floor = floorAt(budget, now)
  // What the floor pays for does not use up what requests have earned.
  return floor < 1 ? undefined : { ...budget, floor: floor - 1, filledAt: now }
}

/** An extra call was answered: what it took may be taken again. */
export function giveBack(budget: RetryBudget, now: number): RetryBudget {
  const at = budget.seconds.findLastIndex(({ second, extra }) => extra > 0 && second > (now - WINDOW_MS) / 1000)
  if (at < 0) return { ...budget, floor: Math.min(FLOOR, floorAt(budget, now) + 1), filledAt: now }
  const seconds = budget.seconds.map((entry, place) => (place === at ? { ...entry, extra: entry.extra - 1 } : entry))
  return { ...budget, seconds }
}

/** Extra calls that could be made now. */
export function left(budget: RetryBudget, now: number): number {
  const { requests, extra } = totals(budget, now)
  return Math.max(0, Math.floor(requests * SHARE - extra)) + Math.floor(floorAt(budget, now))
}

function floorAt({ floor, filledAt }: RetryBudget, now: number): number {
  return Math.min(FLOOR, floor + (Math.max(0, now - filledAt) * FLOOR) / FLOOR_MS)
}

function totals({ seconds }: RetryBudget, now: number): { requests: number; extra: number } {
  const sum = { requests: 0, extra: 0 }
  for (const entry of seconds) {
    if (entry.second <= (now - WINDOW_MS) / 1000) continue
    sum.requests += entry.requests
    sum.extra += entry.extra
  }
  return sum
}

function count(budget: RetryBudget, now: number, requests: number, extra: number): RetryBudget {
  const second = Math.floor(now / 1000)
  const kept = budget.seconds.filter((entry) => entry.second > (now - WINDOW_MS) / 1000)
  const last = kept.at(-1)
  const same = last?.second === second ? last : { second, requests: 0, extra: 0 }
  const others = last?.second === second ? kept.slice(0, -1) : kept
  const counted = { second, requests: same.requests + requests, extra: same.extra + extra }
  return { ...budget, seconds: [...others, counted] }
}
