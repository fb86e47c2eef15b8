import type { Gateway } from '../gateway/types.ts'

/** Body of GET /healthz: what works and what rests; no keys, no prompts, no addresses. */
export function healthBody(gateway: Gateway, startedAt: number, version: string): Record<string, unknown> {
  const now = gateway.clock.mono()
  const { targets, providers } = gateway.health.snapshot()
  const resting = Object.entries(providers).filter(([, { restingUntil }]) => restingUntil > now)
  const open = Object.entries(targets).filter(([, { state }]) => state === 'open')
  return {
    status: gateway.shutdown?.isDraining === true ? 'draining' : 'ok',
    version,
    uptime_s: Math.floor((now - startedAt) / 1000),
    profile: gateway.profile.file,
    policies: gateway.profile.policies.map(({ name }) => name),
    models: gateway.catalog.models.length,
    retries_left: gateway.health.retriesLeft(now),
    resting: Object.fromEntries(
      resting.map(([name, { reason, restingUntil }]) => [
        name,
        { reason, ...(Number.isFinite(restingUntil) && { for_ms: Math.ceil(restingUntil - now) }) },
      ]),
    ),
    open: Object.fromEntries(
      open.map(([name, { failures, retryAt }]) => [
        name,
        { failures, retry_in_ms: Math.max(0, Math.ceil((retryAt ?? now) - now)) },
      ]),
    ),
  }
}
