import type { ScoreInput } from './types.ts'

/** Failures in a row after which nothing is left of the term. */
const FAILURES = 3
/** A target whose breaker is about to be probed: might be well again, might not. */
const PROBE = 0.5

/** 1 without failures, a third less for each of the last ones, 0.5 while a probe is due. */
export function healthTerm({ health }: ScoreInput): number {
  if (health === undefined) return 1
  if (health.state !== 'closed') return PROBE
  return 1 - Math.min(health.failures, FAILURES) / FAILURES
}
