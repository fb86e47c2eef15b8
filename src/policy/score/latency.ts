import { recentLatency } from '../../health/latency.ts'
import type { ScoreInput } from './types.ts'

/** Time to first content at which half of the term is left, in ms. */
const HALF_MS = 1000

/**
 * 1 for an immediate answer, 0.5 at one second, falling towards 0. A target that was not measured lately counts as the
 * fastest candidate, so that it is asked and measured before it can lose; without any measure all are worth 0.5. 0 for
 * one that is far slower than its peers, however fast they all are: it comes after them, and is never dropped for it.
 */
export function latencyTerm({ health, fastestMs = HALF_MS, isSlow = false, now }: ScoreInput): number {
  return isSlow ? 0 : 1 / (1 + (recentLatency(health, now) ?? fastestMs) / HALF_MS)
}
