import { existsSync } from 'node:fs'
import { chmod, stat } from 'node:fs/promises'
import writeFileAtomic from 'write-file-atomic'

/** Bits that let the group and others write. */
const OTHERS_WRITE = 0o022

/**
 * Writes a text file at once: after a crash there is the old text or the new one, never a part. A file that was there
 * keeps its mode; a new one can be changed by its owner alone, even where the system would let others (umask 000).
 */
export async function writeText(path: string, text: string): Promise<void> {
  const isNew = !existsSync(path)
  await writeFileAtomic(path, text)
  if (!isNew) return
  const { mode } = await stat(path)
  if ((mode & OTHERS_WRITE) !== 0) await chmod(path, mode & 0o777 & ~OTHERS_WRITE)
}
