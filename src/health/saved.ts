// What health looks like on disk: dates instead of a clock that only this process knows, keys by reference.
import { isRecord } from '../lib/is-record.ts'
import { CLOSED } from './breaker.ts'
import type { Breaker } from './breaker.ts'
import type { KeyState } from './keys.ts'

/** What a tracker knows of one target. Times are the tracker's clock, in ms. */
export interface KnownTarget {
  breaker: Breaker
  failedAt?: number | undefined
  /** Smoothed time to first content, in ms. */
  latencyMs?: number | undefined
  measuredAt?: number | undefined
}

/** What a tracker can be given again. */
export interface KnownHealth {
  /** By `provider/model`. */
  targets: ReadonlyMap<string, KnownTarget>
  /** By provider, in the order of its keys; undefined is a key that nothing is known against. */
  keys: ReadonlyMap<string, readonly (KeyState | undefined)[]>
}

/** For JSON. Times are Unix time in ms. */
export interface SavedHealth {
  targets: Record<string, KnownTarget>
  /** By provider and the key's reference; never its value. */
  keys: Record<string, Record<string, KeyState>>
}

/** Both clocks at one moment, in ms. */
export interface Moment {
  mono: number
  wall: number
}

/** By provider, the references of its keys. */
export type KeyReferences = ReadonlyMap<string, readonly string[]>

/** Longest rest that is believed of a file, in ms: the clock of the machine may have been wrong when it was written. */
const MAX_REST_MS = 3_600_000
/** What was seen longer ago says nothing any more, in ms. */
const MAX_AGE_MS = 3_600_000

export function saveHealth({ targets, keys }: KnownHealth, references: KeyReferences, now: Moment): SavedHealth {
  const date = (mono: number): number => Math.round(now.wall + mono - now.mono)
  const saved: SavedHealth = { targets: {}, keys: {} }
  for (const [name, { breaker, failedAt, latencyMs, measuredAt }] of targets) {
    saved.targets[name] = {
      breaker: { ...breaker, retryAt: date(breaker.retryAt) },
      ...(failedAt !== undefined && { failedAt: date(failedAt) }),
      ...(latencyMs !== undefined && { latencyMs: Math.round(latencyMs) }),
      ...(measuredAt !== undefined && { measuredAt: date(measuredAt) }),
    }
  }
  for (const [provider, states] of keys) {
    const resting = states.flatMap((state, at): [string, KeyState][] => {
      const reference = references.get(provider)?.[at]
      if (state === undefined || reference === undefined || state.restingUntil <= now.mono) return []
      // Who restarts sage may just have mended the key.
      if (state.reason === 'auth') return []
      return [[reference, { ...state, restingUntil: date(state.restingUntil) }]]
    })
    if (resting.length > 0) saved.keys[provider] = Object.fromEntries(resting)
  }
  return saved
}

/** Reads what `saveHealth` gave: of the providers that are there, and what still says something. The rest is left out. */
export function readHealth(saved: unknown, references: KeyReferences, now: Moment): KnownHealth {
  const targets = new Map<string, KnownTarget>()
  const keys = new Map<string, (KeyState | undefined)[]>()
  const { targets: savedTargets, keys: savedKeys } = isRecord(saved) ? saved : {}
  for (const [name, target] of Object.entries(isRecord(savedTargets) ? savedTargets : {})) {
    if (!references.has(name.slice(0, name.indexOf('/')))) continue
    const known = readTarget(target, now)
    if (known !== undefined) targets.set(name, known)
  }
  for (const [provider, states] of Object.entries(isRecord(savedKeys) ? savedKeys : {})) {
    const read = references.get(provider)?.map((each) => readKey(isRecord(states) ? states[each] : undefined, now))
    if (read !== undefined) keys.set(provider, read)
  }
  return { targets, keys }
}

function readTarget(saved: unknown, now: Moment): KnownTarget | undefined {
  if (!isRecord(saved) || !isRecord(saved['breaker'])) return undefined
  const { state, failures, openings, retryAt } = saved['breaker']
  if (state !== 'open' && state !== 'closed') return undefined
  if (!isCount(failures) || !isCount(openings) || !isTime(retryAt)) return undefined
  const failedAt = pastTime(saved['failedAt'], now)
  const measuredAt = pastTime(saved['measuredAt'], now)
  const isResting = state === 'open' && retryAt > now.wall
  if (failedAt === undefined && measuredAt === undefined && !isResting) return undefined
  const { latencyMs } = saved
  return {
    // Failures that are long over do not count towards the next opening.
    breaker:
      failedAt === undefined && !isResting ? CLOSED : { state, failures, openings, retryAt: futureTime(retryAt, now) },
    ...(failedAt !== undefined && { failedAt }),
    ...(measuredAt !== undefined && isTime(latencyMs) && { latencyMs, measuredAt }),
  }
}

function readKey(saved: unknown, now: Moment): KeyState | undefined {
  if (!isRecord(saved)) return undefined
  const { restingUntil, reason, strikes } = saved
  if (reason !== 'rate_limit' && reason !== 'quota') return undefined
  if (!isTime(restingUntil) || !isCount(strikes) || restingUntil <= now.wall) return undefined
  return { restingUntil: futureTime(restingUntil, now), reason, strikes }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

/** On this process's clock; not before now, and not further ahead than is believed. */
function futureTime(wall: number, now: Moment): number {
  return now.mono + Math.min(Math.max(wall - now.wall, 0), MAX_REST_MS)
}

/** On this process's clock; not after now. undefined when it is too long ago, or no time. */
function pastTime(wall: unknown, now: Moment): number | undefined {
  if (!isTime(wall)) return undefined
  const age = Math.max(now.wall - wall, 0)
  return age > MAX_AGE_MS ? undefined : now.mono - age
}
