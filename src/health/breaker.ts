// A circuit breaker as a reducer: closed until it has failed often enough, then open, then half-open for one probe at a time.

export interface Breaker {
  /** `half-open`: one request is finding out whether the target works again. */
  state: 'closed' | 'open' | 'half-open'
  /** Failures in a row. */
  failures: number
  /** Times it opened without a success in between. */
  openings: number
  /** While open: when the next probe may go; while half-open: when the one under way counts as lost. In ms. */
  retryAt: number
}

export interface BreakerOptions {
  /** Failures in a row that open it. */
  threshold: number
  /** First rest, in ms; doubles with every opening. */
  restMs: number
  /** Longest rest, in ms. A recovered provider is found again within this time. */
  maxRestMs: number
  /** Share by which a rest is spread, so that many clients do not probe together. */
  jitter: number
}

export const BREAKER_DEFAULTS: BreakerOptions = { threshold: 3, restMs: 3000, maxRestMs: 12_000, jitter: 0.2 }

export const CLOSED: Breaker = { state: 'closed', failures: 0, openings: 0, retryAt: 0 }

export type BreakerEvent =
  | { type: 'success' }
  /** `chance` in [0, 1) places the rest within its jitter. */
  | { type: 'failure'; chance: number }
  /** A probe starts: nobody else may probe for `leaseMs`. */
  | { type: 'probe'; leaseMs: number }
  /** The probe ended and found nothing out: the next one may go. */
  | { type: 'release' }

export function step(breaker: Breaker, event: BreakerEvent, now: number, options: BreakerOptions): Breaker {
  switch (event.type) {
    case 'success':
      return CLOSED
    case 'probe':
      return breaker.state === 'closed' ? breaker : { ...breaker, state: 'half-open', retryAt: now + event.leaseMs }
    case 'release':
      return breaker.state === 'half-open' ? { ...breaker, state: 'open', retryAt: now } : breaker
    case 'failure': {
      const failures = breaker.failures + 1
      // What was under way when it opened tells nothing new.
      if (breaker.state === 'open') return { ...breaker, failures }
      if (breaker.state === 'closed' && failures < options.threshold) return { ...breaker, failures }
      const rest = Math.min(options.restMs * 2 ** breaker.openings, options.maxRestMs)
      const spread = 1 + options.jitter * (2 * event.chance - 1)
      return { state: 'open', failures, openings: breaker.openings + 1, retryAt: now + rest * spread }
    }
  }
}
