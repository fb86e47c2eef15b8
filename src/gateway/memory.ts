// What a router has learnt and can go on with after a restart: health and sessions. No text of any request is in it.
import { readHealth, saveHealth } from '../health/saved.ts'
import type { Moment, SavedHealth } from '../health/saved.ts'
import { isRecord } from '../lib/is-record.ts'
import type { Provider } from '../providers/types.ts'
import type { SavedSession } from './sessions.ts'
import type { Gateway } from './types.ts'

/** For JSON. */
export interface Memory {
  health: SavedHealth
  /** The least recently used first. */
  sessions: SavedSession[]
}

type Learner = Pick<Gateway, 'health' | 'sessions' | 'clock'>

export function saveMemory({ health, sessions, clock }: Learner, providers: Iterable<Provider>): Memory {
  const now = momentOf(clock)
  return { health: saveHealth(health.known(), referencesOf(providers), now), sessions: sessions.save(now) }
}

/** Takes over what `saveMemory` gave, as far as it still says something; anything else is left out. */
export function restoreMemory(
  { health, sessions, clock }: Learner,
  providers: Iterable<Provider>,
  saved: unknown,
): void {
  if (!isRecord(saved)) return
  const now = momentOf(clock)
  health.restore(readHealth(saved['health'], referencesOf(providers), now))
  sessions.restore(saved['sessions'], now)
}

function momentOf(clock: Gateway['clock']): Moment {
  return { mono: clock.mono(), wall: clock.wall() }
}

function referencesOf(providers: Iterable<Provider>): Map<string, string[]> {
  return new Map([...providers].map(({ name, keys }) => [name, keys.map(({ reference }) => reference)]))
}
