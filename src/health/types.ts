/** What the gateway has learnt of its targets, frozen for one decision. Times are the caller's clock, in ms. */
export interface HealthSnapshot {
  /** By `provider/model`; absent means nothing is known against it. */
  readonly targets: Readonly<Record<string, TargetHealth>>
  /** By provider name: why none of its keys may be used now. */
  readonly providers: Readonly<Record<string, ProviderHealth>>
}

export interface TargetHealth {
  state: 'closed' | 'open' | 'half-open'
  /** When an open breaker lets one probe through; while half-open: when the one under way counts as lost. */
  retryAt?: number
  /** Consecutive failures. */
  failures: number
  /** When the last of them was. */
  failedAt?: number
  /** When it answered last; told while its breaker is not closed. */
  answeredAt?: number
  /** Smoothed time to first content, in ms. */
  latencyMs?: number
  /** How often it was measured. */
  samples?: number
  /** When it was measured last; absent in a snapshot written by hand: then it counts as new. */
  measuredAt?: number
}

export interface ProviderHealth {
  /** All keys rest until then. */
  restingUntil: number
  /** `rate_limit`, `quota`, `auth`, or `no_key` for a provider that was given none. */
  reason: string
}

export const EMPTY_HEALTH: HealthSnapshot = { targets: {}, providers: {} }
