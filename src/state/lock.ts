import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { codeOf } from '../lib/error-code.ts'
import { FILE_MODE } from './replace-file.ts'
import type { Processes } from './sweep.ts'

export interface Lock {
  /** Whether it is still ours: somebody may have taken us for dead. */
  isHeld(): Promise<boolean>
  /** Whether nobody has it: its file was deleted. */
  isGone(): Promise<boolean>
  /** Gives it back. Never rejects. */
  release(): Promise<void>
}

/** A lock without a number in it is being made this moment, unless it is older than this, in ms. */
const MAKING_MS = 10_000

/** Locks of this process: our own number in a lock that is not among them is that of a process before. */
const held = new Set<string>()

/**
 * Takes a lock for this process: a file with its number in it. The lock of a process that runs no longer is taken over.
 * Resolves with the number of the process that has it otherwise, 0 when it is not known. Rejects with Node's error.
 */
export async function takeLock(path: string, processes: Processes, wall: number): Promise<Lock | { heldBy: number }> {
  const text = `${processes.pid}\n`
  for (let tries = 0; tries < 3; tries++) {
    if (await create(path, text)) {
      held.add(path)
      return {
        isHeld: async () => (await read(path)) === text,
        isGone: async () => (await read(path)) === undefined,
        release: () => release(path, text),
      }
    }
    const found = await read(path)
    if (found === undefined) continue
    const holder = Number(found)
    if (found === '' ? !(await isOld(path, wall)) : isInUse(path, holder, processes)) return { heldBy: holder }
    await remove(path, found, processes.pid)
  }
  return { heldBy: 0 }
}

function isInUse(path: string, holder: number, { pid, isRunning }: Processes): boolean {
  if (!Number.isSafeInteger(holder) || holder <= 0) return false
  return holder === pid ? held.has(path) : isRunning(holder)
}

async function create(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', FILE_MODE)
    try {
      await file.writeFile(text)
      return true
    } finally {
      await file.close()
    }
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/** Removes a lock with this text in it. Two may try at once: what was not meant is put back. */
async function remove(path: string, text: string, pid: number): Promise<void> {
  const aside = `${path}.tmp-${pid}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  if ((await read(aside)) === text) await rm(aside, { force: true })
  else await rename(aside, path)
}

async function release(path: string, text: string): Promise<void> {
  held.delete(path)
  if ((await read(path)) === text) await rm(path, { force: true }).catch(() => undefined)
}

/** undefined when there is none. */
async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

async function isOld(path: string, wall: number): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined)
  return facts === undefined || wall - facts.mtimeMs > MAKING_MS
}
