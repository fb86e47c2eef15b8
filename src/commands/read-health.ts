import { UsageError } from '../diagnostics/errors.ts'
import type { HealthSnapshot, ProviderHealth, TargetHealth } from '../health/types.ts'
import { isRecord } from '../lib/is-record.ts'

const SHAPE =
  'give what GET /healthz answers, or {"targets": {"provider/model": {"state": "open", "failures": 3, "retryAt": 1000}}, ' +
  '"providers": {"provider": {"restingUntil": 1000, "reason": "rate_limit"}}}'

/**
 * Reads a health snapshot from JSON: a `HealthSnapshot`, or the answer of a server's /healthz, whose times count from
 * `now` (ms). Throws `UsageError`.
 */
export function readHealth(text: string, file: string, now: number): HealthSnapshot {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : ''}`, SHAPE)
  }
  if (!isRecord(value)) return fail(file, 'it must be an object')
  if (isRecord(value['resting']) && isRecord(value['open']))
    return fromAnswer(value['resting'], value['open'], file, now)
  const { targets = {}, providers = {}, ...rest } = value
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) return fail(file, `unknown key "${unknown}"`)
  if (!isRecord(targets) || !Object.values(targets).every(isTarget)) return fail(file, 'wrong targets')
  if (!isRecord(providers) || !Object.values(providers).every(isProvider)) return fail(file, 'wrong providers')
  return { targets, providers } as HealthSnapshot
}

/** No time in the answer means: until something changes. */
function fromAnswer(
  resting: Record<string, unknown>,
  open: Record<string, unknown>,
  file: string,
  now: number,
): HealthSnapshot {
  const providers: Record<string, ProviderHealth> = {}
  for (const [name, entry] of Object.entries(resting)) {
    if (!isRecord(entry) || typeof entry['reason'] !== 'string') return fail(file, `wrong entry ${name}`)
    const { reason, for_ms: left } = entry
    providers[name] = { reason, restingUntil: typeof left === 'number' ? now + left : Infinity }
  }
  const targets: Record<string, TargetHealth> = {}
  for (const [name, entry] of Object.entries(open)) {
    if (!isRecord(entry) || typeof entry['failures'] !== 'number' || entry['failures'] < 0)
      return fail(file, `wrong entry ${name}`)
    const { failures, state, retry_in_ms: left, answered_ms_ago: age } = entry
    targets[name] = {
      state: state === 'half-open' ? state : 'open',
      failures,
      retryAt: typeof left === 'number' ? now + left : Infinity,
      ...(typeof age === 'number' && { answeredAt: now - age }),
    }
  }
  return { targets, providers }
}

function isTarget(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { state, failures, retryAt, answeredAt, latencyMs, samples } = value
  const known = state === 'closed' || state === 'open' || state === 'half-open'
  // Less than nothing would be a score without bounds.
  const counts = [failures, latencyMs ?? 0, samples ?? 0].every((count) => typeof count === 'number' && count >= 0)
  return known && counts && [retryAt, answeredAt].every(isOptionalNumber)
}

function isProvider(value: unknown): boolean {
  return isRecord(value) && typeof value['restingUntil'] === 'number' && typeof value['reason'] === 'string'
}

function isOptionalNumber(value: unknown): boolean {
  return value === undefined || typeof value === 'number'
}

function fail(file: string, why: string): never {
  throw new UsageError(`${file} is no health snapshot: ${why}`, SHAPE)
}
