import type { TargetHealth } from './types.ts'

/** A target that answered so lately is no dead one, whatever its breaker says. In ms. */
const LATELY_MS = 30_000
/** A target that has not failed for so long is taken for well. In ms. */
export const CALM_MS = 10_000

/** Whether the target answered within the last seconds: it fails now and then, but may answer the next request. */
export function answeredLately(health: TargetHealth | undefined, now: number): boolean {
  return health?.answeredAt !== undefined && now < health.answeredAt + LATELY_MS
}
