import type { Affinity } from '../policy/types.ts'

/** Sessions remembered; the least recently used go first. */
const MAX_SESSIONS = 10_000
/** Provider prompt caches are gone after this time without a request, in ms. */
const TTL_MS = 3_600_000

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
}
