import type { ScoreInput } from './types.ts'

/** Failures in a row after which nothing is left of the term. */
const FAILURES = 3
/** After this time without a further failure they are forgiven, in ms; until then they count less and less. */
const FORGIVEN_MS = 60_000

/**
 * 1 without failures, a third less for each of the last ones, back to 1 within a minute. An open breaker whose time has
 * come counts as well: it needs a request to find out, and lets one through at a time.
 */
export function healthTerm({ health, now }: ScoreInput): number {
  if (health?.state !== 'closed') return 1
  const age = Math.max(0, now - (health.failedAt ?? now))
  return 1 - (Math.min(health.failures, FAILURES) / FAILURES) * Math.max(0, 1 - age / FORGIVEN_MS)
}
