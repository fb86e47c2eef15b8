import { constants } from 'node:fs'
import { appendFile, chmod, open, readdir, readlink, stat } from 'node:fs/promises'
import type { Files } from '../effects.ts'

/** Larger files are none that doctor reads, in bytes. */
const MAX_BYTES = 1_048_576

/** The disk. Reading never rejects: what cannot be read is not there. */
export const realFiles: Files = {
  read: (path) => readText(path).catch(() => undefined),
  stat: async (path) => {
    const facts = await stat(path).catch(() => undefined)
    if (facts === undefined) return undefined
    const kind = facts.isFile() ? 'file' : facts.isDirectory() ? 'folder' : 'other'
    return { kind, mode: facts.mode & 0o777, changedAt: facts.mtimeMs }
  },
  list: (path) => readdir(path).catch(() => []),
  link: (path) => readlink(path).catch(() => undefined),
  setMode: (path, mode) => chmod(path, mode),
  append: (path, text) => appendFile(path, text),
}

/** A pipe is refused, not waited for: without O_NONBLOCK, opening one waits for somebody to write. */
async function readText(path: string): Promise<string | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const facts = await file.stat()
    // Files below /proc have no size; they are short.
    if (!facts.isFile() || facts.size > MAX_BYTES) return undefined
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}
