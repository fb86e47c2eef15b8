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
 * Which of these targets, by their places, take more than three times as long to their first content as the median of the
 * others does. Only those measured often enough, and lately, are compared, and only where there are at least two others.
 */
export function slowOnes(healths: readonly (TargetHealth | undefined)[], now: number): ReadonlySet<number> {
  const known: { at: number; latencyMs: number }[] = []
  for (const [at, health] of healths.entries()) {
    const latencyMs = (health?.samples ?? 0) < ENOUGH_SAMPLES ? undefined : recentLatency(health, now)
    if (latencyMs !== undefined) known.push({ at, latencyMs })
  }
  if (known.length <= LEAST_PEERS) return NONE
  known.sort((a, b) => a.latencyMs - b.latencyMs)
  const slow = known.filter((one) => {
    const others = known.filter((other) => other !== one).map(({ latencyMs }) => latencyMs)
    return one.latencyMs > SLOW_FACTOR * median(others)
  })
  return new Set(slow.map(({ at }) => at))
}

const NONE: ReadonlySet<number> = new Set()

/** Of values in ascending order. */
function median(values: readonly number[]): number {
  const middle = Math.floor(values.length / 2)
  const upper = values[middle] ?? 0
  return values.length % 2 === 1 ? upper : ((values[middle - 1] ?? upper) + upper) / 2
}
