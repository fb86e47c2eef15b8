import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** The process that runs this, and who else runs. */
export interface Processes {
  /** Our own process. */
  pid: number
  isRunning(pid: number): boolean
}

/** Copies of unreadable state that are kept, the newest ones. */
const KEPT_COPIES = 5

/**
 * Removes what crashed processes left of `name` in a folder: temporary files of those that run no longer, and all but the
 * newest copies of state that could not be read. Never rejects.
 */
export async function sweep(folder: string, name: string, { pid, isRunning }: Processes): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((other) => other.startsWith(`${name}.`))
  const left = names.filter((other) => {
    const writer = Number(/\.tmp-(\d+)$/.exec(other)?.[1] ?? 0)
    // Our own number on a file that was there before us is that of a process before: containers number alike.
    return writer > 0 && (writer === pid || !isRunning(writer))
  })
  const copies = names.filter((other) => /\.corrupt-\d+$/.test(other)).sort((a, b) => ageOf(a) - ageOf(b))
  for (const other of [...left, ...copies.slice(0, -KEPT_COPIES)]) {
    await rm(join(folder, other), { force: true }).catch(() => undefined)
  }
}

function ageOf(name: string): number {
  return Number(/\d+$/.exec(name)?.[0])
}
