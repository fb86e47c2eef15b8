import { basename, dirname, join } from 'node:path'
import { lockName } from '../catalog/lock/lock-name.ts'
import { SageError } from '../diagnostics/errors.ts'
import { readText } from '../init/file-text.ts'
import { noteFiles } from '../init/write-files.ts'
import type { Writing } from '../init/write-files.ts'
import type { Context } from './context.ts'
import { runDiscover } from './discover.ts'

export interface LockResult {
  path: string
  written: boolean
  /** Why there is none. */
  problem?: string
}

/** Writes the lock beside the profile as `sage discover` does, and notes it for undoing. Failing is no failure of init. */
export async function lockProfile(context: Context, profile: string, writing: Writing): Promise<LockResult> {
  const path = join(dirname(profile), lockName(basename(profile)))
  const before = readText(path)
  try {
    await runDiscover({ ...context, stdout: { ...context.stdout, write: () => undefined } }, { profile })
  } catch (error) {
    if (!(error instanceof SageError)) throw error
    return { path, written: false, problem: error.message }
  }
  const after = readText(path)
  if (after === undefined || after === before) return { path, written: false }
  await noteFiles(writing, [{ path, before, after }])
  return { path, written: true }
}
