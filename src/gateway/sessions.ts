import type { Affinity } from '../policy/types.ts'

/** Sessions remembered; the least recently used go first. */
const MAX_SESSIONS = 10_000
/** Provider prompt caches are gone after this time without a request, in ms. */
const TTL_MS = 3_600_000

/** Which target serves which agent session, in memory. */
export class Sessions {
  readonly #entries = new Map<string, { affinity: Affinity; usedAt: number }>()

  find(key: string, now: number): Affinity | undefined {
    const entry = this.#entries.get(key)
    return entry === undefined || now - entry.usedAt > TTL_MS ? undefined : entry.affinity
  }

  remember(key: string, affinity: Affinity, now: number): void {
    this.#entries.delete(key)
    this.#entries.set(key, { affinity, usedAt: now })
    if (this.#entries.size > MAX_SESSIONS) {
      const oldest = this.#entries.keys().next().value
      if (oldest !== undefined) this.#entries.delete(oldest)
    }
  }
}
