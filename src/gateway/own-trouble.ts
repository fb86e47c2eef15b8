import { TransportError } from '../providers/transport/types.ts'
import type { Unavailable } from './types.ts'

export const SHUTTING_DOWN = 'the router is shutting down'

/** This process or this machine has no file descriptors left for another connection. */
const NO_FILES: ReadonlySet<string> = new Set(['EMFILE', 'ENFILE'])

/** Why an attempt failed without any fault of the provider's; undefined when it is not so. `isOver`: the router stops. */
export function ownTrouble(error: unknown, isOver: boolean): Unavailable | undefined {
  if (!(error instanceof TransportError)) return undefined
  if (isOver) return { type: 'unavailable', code: 'shutting_down', message: SHUTTING_DOWN }
  if (!NO_FILES.has(error.code)) return undefined
  return { type: 'unavailable', code: 'overloaded', message: 'the router has too many connections open' }
}
