import type { ScoreInput } from './types.ts'

/** Time to first content at which half of the term is left, in ms. */
const HALF_MS = 1000
/** A target that was never measured: as good as one at `HALF_MS`. */
const UNMEASURED = 0.5

/** 1 for an immediate answer, 0.5 at one second, falling towards 0. */
export function latencyTerm({ health }: ScoreInput): number {
  return health?.latencyMs === undefined ? UNMEASURED : 1 / (1 + health.latencyMs / HALF_MS)
}
