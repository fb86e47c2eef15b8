import type { UpstreamError } from '../chat/error.ts'

/** A broken connection, by Node's and undici's codes. */
const RESETS: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])

/** Longest wait after a fault that is over at once, in ms. */
const SHORT_MS = 300
/** Longest wait after a rate limit that names none, in ms. */
const UNNAMED_MS = 1000
/** Waits are spread over this part of them, so that many requests do not come back together. */
const SPREAD = 0.5
/** Most and least that is added to a wait that the provider asked for, in ms. */
const MOST_ADDED_MS = 250
const LEAST_ADDED_MS = 10

/** What else decides whether a target is worth one more call. */
export interface RetryCase {
  /** Longest wait that the policy allows, in ms; 0 for none. */
  longestMs: number
  /** The provider had answered nothing, not even headers. */
  isSilent: boolean
  /** No other target is left. */
  isLast: boolean
  /** In [0, 1): spreads the wait. */
  chance: number
}

/**
 * How long to wait before one more call to a target that was well until it failed with this error, in ms; undefined when
 * it is not worth it. A rate limit is waited out when the provider says how long and that is short, or when nobody else
 * is left to ask; a single 500 and a connection that broke before the answer are often over at once. Anything else says that it will last.
 */
export function retryWaitMs(
  { kind, status, code = '', retryAfterMs }: UpstreamError,
  { longestMs, isSilent, isLast, chance }: RetryCase,
): number | undefined {
  if (longestMs === 0) return undefined
  if (kind === 'rate_limit') {
    if (retryAfterMs === undefined) return isLast ? spread(Math.min(UNNAMED_MS, longestMs), chance) : undefined
    if (retryAfterMs > longestMs) return undefined
    return retryAfterMs + Math.max(LEAST_ADDED_MS, Math.min(MOST_ADDED_MS, retryAfterMs * SPREAD) * chance)
  }
  const isBrief = (kind === 'server' && status === 500) || (kind === 'network' && isSilent && RESETS.has(code))
  return isBrief ? spread(Math.min(SHORT_MS, longestMs), chance) : undefined
}

function spread(ms: number, chance: number): number {
  return ms * (1 - SPREAD * chance)
}
