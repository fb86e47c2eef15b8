import { recentLatency } from '../../health/latency.ts'
import type { ScoreInput } from './types.ts'

/** Time to first content at which half of the term is left, in ms. */
const HALF_MS = 1000

/**
 * 1 for an immediate answer, 0.5 at one second, falling towards 0. A target that was not measured lately counts as the
 * fastest candidate, so that it is asked and measured before it can lose; without any measure all are worth 0.5.
 */
export function latencyTerm({ health, fastestMs = HALF_MS, now }: ScoreInput): number {
  return 1 / (1 + (recentLatency(health, now) ?? fastestMs) / HALF_MS)
}
