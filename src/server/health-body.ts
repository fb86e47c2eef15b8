import type { Slots } from '../health/slots.ts'
import type { Snapshots } from './snapshots.ts'

/** Where what was learnt outlives the process, if anywhere. */
export type StatePlace = { kept: 'file'; path: string } | { kept: 'memory'; reason?: string }

/**
 * Body of GET /healthz: what works and what rests; no keys, no prompts, no addresses. `degraded` means that the files on disk
 * are not what is served, because something is wrong with them.
 */
export function healthBody(
  snapshots: Snapshots,
  startedAt: number,
  version: string,
  state: StatePlace,
): Record<string, unknown> {
  const { gateway } = snapshots.current
  const { problem, restart = [] } = snapshots.pending
  const now = gateway.clock.mono()
  const { targets, providers } = gateway.health.snapshot()
  const resting = Object.entries(providers).filter(([, { restingUntil }]) => restingUntil > now)
  const open = Object.entries(targets).filter(([, { state }]) => state !== 'closed')
  return {
    status: gateway.shutdown?.isDraining === true ? 'draining' : problem === undefined ? 'ok' : 'degraded',
    ...(problem !== undefined && { problem }),
    ...(restart.length > 0 && { restart_for: restart }),
    version,
    uptime_s: Math.floor((now - startedAt) / 1000),
    profile: gateway.profile.file,
    policies: gateway.profile.policies.map(({ name }) => name),
    models: gateway.catalog.models.length,
    state,
    retries_left: gateway.health.retriesLeft(now),
    resting: Object.fromEntries(
      resting.map(([name, { reason, restingUntil }]) => [
        name,
        { reason, ...(Number.isFinite(restingUntil) && { for_ms: Math.ceil(restingUntil - now) }) },
      ]),
    ),
    concurrency: concurrencyOf(gateway.health.slots),
    open: Object.fromEntries(
      open.map(([name, { state: breaker, failures, retryAt, answeredAt }]) => [
        name,
        {
          state: breaker,
          failures,
          retry_in_ms: Math.max(0, Math.ceil((retryAt ?? now) - now)),
          ...(answeredAt !== undefined && { answered_ms_ago: Math.floor(now - answeredAt) }),
        },
      ]),
    ),
  }
}

/** By provider: calls under way, how many it gets at most, and requests that wait for it. */
function concurrencyOf(slots: Slots): Record<string, Record<string, number>> {
  return Object.fromEntries(
    Object.entries(slots.snapshot()).map(([name, { limit, inFlight, waiting }]) => [
      name,
      { in_flight: inFlight, ...(Number.isFinite(limit) && { limit }), waiting },
    ]),
  )
}
