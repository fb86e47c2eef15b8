import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** For nobody but its owner. */
export const FILE_MODE = 0o600

/** Name of the file that a process writes before it takes the place of `path`. The process stands in it for the sweep. */
export function temporaryOf(path: string, pid: number): string {
  return `${path}.tmp-${pid}`
}

/**
 * Replaces a file as a whole: whoever reads it sees the old text or the new one, after a crash or a loss of power too.
 * One call at a time for each process and path. Rejects with Node's error, and leaves the old file then.
 */
export async function replaceFile(path: string, text: string, pid: number): Promise<void> {
  const temporary = temporaryOf(path, pid)
  try {
    const file = await open(temporary, 'w', FILE_MODE)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** Makes the new name last. Windows cannot open folders, and some file systems cannot sync them: then it is best effort. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } catch {
    // the file itself is safe
  }
}
