import type { Catalog } from '../catalog/types.ts'
import type { HealthSnapshot } from '../health/types.ts'
import type { World } from '../policy/types.ts'
import type { RecordedWorld } from './record.ts'

/** The world as a log holds it: all but the catalogue, which has a line of its own. */
export function recordWorld(world: World): RecordedWorld {
  const { catalog: _catalog, health, ...rest } = world
  return {
    ...rest,
    health: {
      targets: mapValues(health.targets, ({ retryAt, ...target }) =>
        retryAt === undefined ? target : { ...target, retryAt: finite(retryAt) },
      ),
      providers: mapValues(health.providers, ({ restingUntil, reason }) => ({
        restingUntil: finite(restingUntil),
        reason,
      })),
    },
  }
}

/** The world to decide in again. */
export function restoreWorld({ health, ...rest }: RecordedWorld, catalog: Catalog): World {
  const restored: HealthSnapshot = {
    targets: mapValues(health.targets, ({ retryAt, ...target }) =>
      retryAt === undefined ? target : { ...target, retryAt: retryAt ?? Infinity },
    ),
    providers: mapValues(health.providers, ({ restingUntil, reason }) => ({
      restingUntil: restingUntil ?? Infinity,
      reason,
    })),
  }
  return { ...rest, catalog, health: restored }
}

/** JSON has no infinity. */
function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
