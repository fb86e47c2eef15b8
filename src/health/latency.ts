import type { TargetHealth } from './types.ts'

/** A measure is forgotten after this time, in ms: a target that was slow is asked again one day, and may have recovered. */
const STALE_MS = 300_000

/** Time to first content of a target in ms; undefined when it was not measured lately. `now` is the clock of `health`. */
export function recentLatency(health: TargetHealth | undefined, now: number): number | undefined {
  const { latencyMs, measuredAt } = health ?? {}
  return measuredAt !== undefined && now - measuredAt > STALE_MS ? undefined : latencyMs
}
