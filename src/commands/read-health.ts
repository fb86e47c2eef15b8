import { UsageError } from '../diagnostics/errors.ts'
import type { HealthSnapshot } from '../health/types.ts'

const SHAPE =
  'a health snapshot is {"targets": {"provider/model": {"state": "closed" | "open" | "half-open", "failures": 0}}, ' +
  '"providers": {"provider": {"restingUntil": 0, "reason": "rate_limit"}}}'

/** Reads a health snapshot from JSON. Throws `UsageError`. */
export function readHealth(text: string, file: string): HealthSnapshot {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${error instanceof Error ? error.message : ''}`, SHAPE)
  }
  const given = isRecord(value) ? value : fail(file, 'it must be an object')
  const { targets = {}, providers = {}, ...rest } = given
  const [unknown] = Object.keys(rest)
  if (unknown !== undefined) fail(file, `unknown key "${unknown}"`)
  if (!isRecord(targets) || !Object.values(targets).every(isTarget)) fail(file, 'wrong targets')
  if (!isRecord(providers) || !Object.values(providers).every(isProvider)) fail(file, 'wrong providers')
  return { targets, providers } as HealthSnapshot
}

function isTarget(value: unknown): boolean {
  if (!isRecord(value)) return false
  const { state, failures, retryAt, latencyMs } = value
  const known = state === 'closed' || state === 'open' || state === 'half-open'
  return known && typeof failures === 'number' && isOptionalNumber(retryAt) && isOptionalNumber(latencyMs)
}

function isProvider(value: unknown): boolean {
  return isRecord(value) && typeof value['restingUntil'] === 'number' && typeof value['reason'] === 'string'
}

function isOptionalNumber(value: unknown): boolean {
  return value === undefined || typeof value === 'number'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function fail(file: string, why: string): never {
  throw new UsageError(`${file} is no health snapshot: ${why}`, SHAPE)
}
