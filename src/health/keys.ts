// Rest of API keys after a provider complained: which key to use now, and until when the others wait.

export interface KeyState {
  /** The key is not used before this time, in ms. */
  restingUntil: number
  reason: 'rate_limit' | 'quota' | 'auth'
  /** Complaints in a row without a delay named by the provider. */
  strikes: number
}

/** Longest rest that a provider's own signal can ask for, in ms. */
const MAX_REST_MS = 3_600_000
/** First rest after a rate limit that names no delay, in ms; doubles with every further one. */
const RATE_LIMIT_REST_MS = 5000
const MAX_RATE_LIMIT_REST_MS = 300_000
/** Money does not come back in seconds. */
const QUOTA_REST_MS = 3_600_000
/** A refused key is tried again now and then: the user may have mended it on the provider's page. */
const AUTH_REST_MS = 600_000

/** State of a key after a complaint. `retryAfterMs` is the provider's own wish, when it gave one. */
export function restKey(
  previous: KeyState | undefined,
  reason: KeyState['reason'],
  retryAfterMs: number | undefined,
  now: number,
): KeyState {
  const strikes = previous?.reason === reason ? previous.strikes + 1 : 1
  return { restingUntil: now + restMs(reason, strikes, retryAfterMs), reason, strikes }
}

function restMs(reason: KeyState['reason'], strikes: number, retryAfterMs: number | undefined): number {
  if (retryAfterMs !== undefined) return Math.min(Math.max(retryAfterMs, 0), MAX_REST_MS)
  if (reason === 'quota') return QUOTA_REST_MS
  if (reason === 'auth') return AUTH_REST_MS
  return Math.min(RATE_LIMIT_REST_MS * 2 ** (strikes - 1), MAX_RATE_LIMIT_REST_MS)
}
