import { SageError } from '../diagnostics/errors.ts'
import { writeText } from '../init/write-text.ts'
import type { LockPlace } from './lock-file.ts'

/** Writes a lock file: after a crash there is the old text or the new one, never a part. Throws SAGE4007. */
export async function writeLock({ path, name }: LockPlace, text: string): Promise<void> {
  try {
    await writeText(path, text)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new SageError('SAGE4007', `${name} cannot be written (${code})`, { cause: error })
  }
}
