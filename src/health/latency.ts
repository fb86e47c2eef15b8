import type { TargetHealth } from './types.ts'

/** A measure is forgotten after this time, in ms: a target that was slow is asked again one day, and may have recovered. */
const STALE_MS = 300_000

/** Time to first content of a target in ms; undefined when it was not measured lately. `now` is the clock of `health`. */
export function recentLatency(health: TargetHealth | undefined, now: number): number | undefined {
  const { latencyMs, measuredAt } = health ?? {}
  return measuredAt !== undefined && now - measuredAt > STALE_MS ? undefined : latencyMs
}

/** Measures after which a latency is taken for what is usual of a target. */
const ENOUGH_SAMPLES = 20
/** A target is slow when it takes more than this many times as long as its peers. */
const SLOW_FACTOR = 3
/** Fewer peers say nothing of what is usual. */
const LEAST_PEERS = 2

/**
 * The targets that take more than three times as long to their first content as the median of the others does. Only
 * targets measured often enough, and lately, are compared, and only where there are at least two others.
 */
export function slowTargets(
  targets: readonly string[],
  healthOf: (target: string) => TargetHealth | undefined,
  now: number,
): ReadonlySet<string> {
  const known = targets.flatMap((target): [target: string, latencyMs: number][] => {
    const health = healthOf(target)
    const latencyMs = (health?.samples ?? 0) < ENOUGH_SAMPLES ? undefined : recentLatency(health, now)
    return latencyMs === undefined ? [] : [[target, latencyMs]]
  })
  if (known.length <= LEAST_PEERS) return NONE
  known.sort((a, b) => a[1] - b[1])
  return new Set(
    known.flatMap(([target, latencyMs], at) => {
      const others = known.filter((_, index) => index !== at).map(([, ms]) => ms)
      return latencyMs > SLOW_FACTOR * median(others) ? [target] : []
    }),
  )
}

const NONE: ReadonlySet<string> = new Set()

/** Of values in ascending order. */
function median(values: readonly number[]): number {
  const middle = Math.floor(values.length / 2)
  const upper = values[middle] ?? 0
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? upper) + upper) / 2
}
