import type { Moment } from '../health/saved.ts'
import { isRecord } from '../lib/is-record.ts'
import type { Affinity } from '../policy/types.ts'

/** Sessions remembered; the least recently used go first. */
const MAX_SESSIONS = 10_000
/** Provider prompt caches are gone after this time without a request, in ms. */
const TTL_MS = 3_600_000
/** Sessions that are kept over a restart, the most recently used ones. */
const MAX_SAVED = 2000

/** For JSON. `key` is a hash; `usedAt` is Unix time in ms. */
export interface SavedSession extends Affinity {
  key: string
  usedAt: number
  isMixed: boolean
}

/** Which target serves which agent session, in memory. */
export class Sessions {
  readonly #entries = new Map<string, { affinity: Affinity; usedAt: number; isMixed: boolean }>()

  find(key: string, now: number): Affinity | undefined {
    const entry = this.#entries.get(key)
    return entry === undefined || now - entry.usedAt > TTL_MS ? undefined : entry.affinity
  }

  /** True when the target would not be the only one to have answered in this session: its history has others' proofs. */
  isMixed(key: string, target: string): boolean {
    const entry = this.#entries.get(key)
    return entry !== undefined && (entry.isMixed || entry.affinity.target !== target)
  }

  remember(key: string, affinity: Affinity, now: number): void {
    const isMixed = this.isMixed(key, affinity.target)
    this.#entries.delete(key)
    this.#entries.set(key, { affinity, usedAt: now, isMixed })
    if (this.#entries.size > MAX_SESSIONS) {
      const oldest = this.#entries.keys().next().value
      if (oldest !== undefined) this.#entries.delete(oldest)
    }
  }

  /** The sessions that could still be found, the least recently used first. */
  save(now: Moment): SavedSession[] {
    const live = [...this.#entries].filter(([, { usedAt }]) => now.mono - usedAt <= TTL_MS)
    return live.slice(-MAX_SAVED).map(([key, { affinity, usedAt, isMixed }]) => {
      return { key, ...affinity, usedAt: Math.round(now.wall + usedAt - now.mono), isMixed }
    })
  }

  /** Takes what `save` gave; what is too old or malformed is left out. */
  restore(saved: unknown, now: Moment): void {
    for (const entry of Array.isArray(saved) ? (saved as unknown[]).slice(-MAX_SAVED) : []) {
      if (!isSaved(entry)) continue
      const { key, usedAt, isMixed, target, policy, rule } = entry
      const age = Math.max(now.wall - usedAt, 0)
      if (age > TTL_MS) continue
      this.#entries.set(key, { affinity: { target, policy, rule }, usedAt: now.mono - age, isMixed })
    }
  }
}

function isSaved(entry: unknown): entry is SavedSession {
  if (!isRecord(entry)) return false
  const { key, target, policy, rule, usedAt, isMixed } = entry
  const isNamed = [key, target, policy, rule].every((name) => typeof name === 'string')
  return isNamed && typeof usedAt === 'number' && typeof isMixed === 'boolean'
}
