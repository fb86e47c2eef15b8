import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { lockName } from '../catalog/lock/lock-name.ts'
import { readLock } from '../catalog/lock/read.ts'
import type { Lock } from '../catalog/lock/types.ts'
import { SageError } from '../diagnostics/errors.ts'
import { BUILT_IN } from './open-profile.ts'
import type { OpenedProfile } from './open-profile.ts'

/** Where a lock file is. */
export interface LockPlace {
  path: string
  /** What messages call it. */
  name: string
}

/** The place of a profile's lock file; undefined for a profile that is no file. */
export function lockPlace({ name, directory }: OpenedProfile): LockPlace | undefined {
  return name === BUILT_IN ? undefined : { path: join(directory, lockName(basename(name))), name: lockName(name) }
}

/** The text of a lock file; undefined when there is none. Throws SAGE4004 when it cannot be read. */
export function readLockText({ path, name }: LockPlace): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    if (code === 'ENOENT') return undefined
    throw new SageError('SAGE4004', `${name} cannot be read (${code})`, { cause: error })
  }
}

/** The lock of a profile with its text; undefined when it has none. Throws SAGE1040 or SAGE4004. */
export function loadLock(opened: OpenedProfile): { lock: Lock; text: string } | undefined {
  const place = lockPlace(opened)
  const text = place === undefined ? undefined : readLockText(place)
  return place === undefined || text === undefined ? undefined : { lock: readLock(text, place.name), text }
}
