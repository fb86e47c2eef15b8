import type { ClientError } from '../dialects/types.ts'
import { PACE_MS } from '../health/tracker.ts'
import type { DropReason, Decision, Target } from '../policy/types.ts'
import type { Failure } from './failover-types.ts'
import { describeAttempts } from './headers.ts'
import type { AttemptRecord, Gateway } from './types.ts'

/** An error for the client and the headers that go with it. */
export interface ErrorAnswer extends ClientError {
  headers: Record<string, string>
}

/** What clients that honour it need to hear: the router has retried already (openai and Anthropic SDKs read it). */
const DO_NOT_RETRY = { 'x-should-retry': 'false' } as const

/** The decision found no candidate. */
export function decisionError(decision: Decision, gateway: Gateway): ErrorAnswer {
  const error = decision.error
  if (error === undefined) throw new Error('a decision without an error has no error answer')
  if (error.code === 'unknown_model') {
    return { status: 404, code: 'model_not_found', message: error.message, headers: DO_NOT_RETRY }
  }
  if (error.code === 'bad_override') {
    return { status: 400, code: 'bad_request', message: error.message, headers: DO_NOT_RETRY }
  }
  return { ...statusOfDrops(decision, gateway), code: 'no_candidate', message: error.message }
}

const HEALTH_REASONS: ReadonlySet<DropReason> = new Set<DropReason>(['resting', 'circuit_open'])

/** 400 when the request can never be served by this profile; 429 or 503 with a delay when it could be later. */
function statusOfDrops(decision: Decision, gateway: Gateway): { status: number; headers: Record<string, string> } {
  const waiting = decision.candidates.filter(({ reason }) => reason !== undefined && HEALTH_REASONS.has(reason))
  if (waiting.length === 0) return { status: 400, headers: DO_NOT_RETRY }
  const { providers } = gateway.health.snapshot()
  const isRateLimit = waiting.some(({ provider }) => providers[provider]?.reason === 'rate_limit')
  const wait = waitMs(waiting, gateway)
  if (!Number.isFinite(wait)) return { status: 503, headers: DO_NOT_RETRY }
  return { status: isRateLimit ? 429 : 503, headers: { ...DO_NOT_RETRY, ...retryAfter(wait) } }
}

/** Every attempt failed, or none could be made. `waitMs` is the time until a target is worth asking again. */
export function exhaustedError(
  last: Failure | undefined,
  attempts: readonly AttemptRecord[],
  redact: (text: string) => string,
  waitMs: number,
): ErrorAnswer {
  if (last === undefined) {
    const message = 'no candidate could be tried just now: every one is resting after failures'
    // The last target that is left is probed more often than its rest says.
    const wait = retryAfter(Math.min(waitMs, PACE_MS))
    return { status: 503, code: 'no_candidate', message, headers: { ...DO_NOT_RETRY, ...wait } }
  }
  const { error, verdict } = last
  const status = verdict.clientFault && error.status >= 400 ? error.status : verdict.status
  const message = redact(
    verdict.clientFault
      ? error.message
      : attempts.length === 1
        ? `${last.target.provider}/${last.target.model} failed: ${error.message}`
        : `all ${attempts.length} attempts failed: ${describeAttempts(attempts)}`,
  )
  const isWorthWaiting = !verdict.clientFault && status !== 402 && status !== 404
  const wait = isWorthWaiting ? retryAfter(Math.min(error.retryAfterMs ?? waitMs, MAX_WAIT_MS)) : {}
  return { status, code: verdict.code, message, headers: { ...DO_NOT_RETRY, ...wait } }
}

/** The request's time was over before anybody answered. */
export function deadlineError(attempts: readonly AttemptRecord[], redact: (text: string) => string): ErrorAnswer {
  const tried = attempts.length === 0 ? 'nobody could be asked' : redact(describeAttempts(attempts))
  const message = `no answer within the time of the request: ${tried}`
  return { status: 504, code: 'deadline', message, headers: DO_NOT_RETRY }
}

/** Longest wait that is told to a client, in ms. */
const MAX_WAIT_MS = 3_600_000

/** Time until the first of these targets may be asked again, in ms; 0 when one may be asked now. */
export function waitMs(targets: readonly Target[], { health, clock }: Gateway): number {
  const now = clock.mono()
  const known = health.snapshot()
  const waits = targets.map(({ provider, model }) => {
    const target = known.targets[`${provider}/${model}`]
    const rest = known.providers[provider]?.restingUntil ?? 0
    return Math.max(
      0,
      Math.max(rest, target === undefined || target.state === 'closed' ? 0 : (target.retryAt ?? 0)) - now,
    )
  })
  return waits.length === 0 ? 0 : Math.min(...waits)
}

/** Whole seconds, rounded up (RFC 9110, section 10.2.3). */
function retryAfter(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) }
}
