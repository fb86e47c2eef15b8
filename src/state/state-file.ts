import { mkdir, readFile, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { decodeState, encodeState } from './encode.ts'
import { codeOf } from '../lib/error-code.ts'
import { takeLock } from './lock.ts'
import type { Lock } from './lock.ts'
import { replaceFile } from './replace-file.ts'
import { sweep } from './sweep.ts'
import type { Processes } from './sweep.ts'

export interface StateFileOptions extends Processes {
  folder: string
  /** Of the file, which gets `.json` behind it. */
  name: string
  /** Unix time in ms. */
  wall(): number
}

/** `memory`: nothing is kept, and why, in words. `moved`: what was there could not be read, and where it is now. */
export type OpenedState =
  | { kind: 'file'; file: StateFile; state: unknown; moved?: { path: string; problem: string } }
  | { kind: 'memory'; reason: string }

/**
 * State that outlives the process: one file for one process at a time, replaced as a whole. It is a cache, so nothing that
 * is wrong with it is an error: what cannot be read is set aside, and without a place to write there is none.
 */
export class StateFile {
  readonly path: string
  readonly #options: StateFileOptions
  #lock: Lock

  private constructor(path: string, lock: Lock, options: StateFileOptions) {
    this.path = path
    this.#lock = lock
    this.#options = options
  }

  /** Opens the state or makes room for it. Never rejects. */
  static async open(options: StateFileOptions): Promise<OpenedState> {
    const { folder, name, wall } = options
    const path = join(folder, `${name}.json`)
    try {
      const lock = await makeLock(options)
      if ('heldBy' in lock) {
        const who = lock.heldBy === 0 ? 'another process' : `process ${lock.heldBy}`
        return { kind: 'memory', reason: `${who} keeps its state in ${path}` }
      }
      try {
        await sweep(folder, name, options)
        const file = new StateFile(path, lock, options)
        return { kind: 'file', file, ...(await readState(path, wall())) }
      } catch (error) {
        await lock.release()
        throw error
      }
    } catch (error) {
      return { kind: 'memory', reason: `${folder} cannot be written (${codeOf(error)})` }
    }
  }

  /** Replaces the state. Rejects with Node's error, or with `ELOCKED` when another process has taken it. One call at a time. */
  async save(state: unknown): Promise<void> {
    if (!(await this.#lock.isHeld())) await this.#takeAgain()
    await replaceFile(this.path, encodeState(state), this.#options.pid)
  }

  /** Somebody may have deleted the folder. Whoever has taken the lock meanwhile keeps it. */
  async #takeAgain(): Promise<void> {
    const lock = (await this.#lock.isGone()) ? await makeLock(this.#options) : undefined
    if (lock === undefined || 'heldBy' in lock) {
      throw Object.assign(new Error('another process has the lock'), { code: 'ELOCKED' })
    }
    this.#lock = lock
  }

  /** Lets another process have it. Never rejects. */
  close(): Promise<void> {
    return this.#lock.release()
  }
}

async function makeLock(options: StateFileOptions): ReturnType<typeof takeLock> {
  const { folder, name, wall } = options
  await mkdir(dirname(folder), { recursive: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return takeLock(join(folder, `${name}.lock`), options, wall())
}

/** Largest state that is read, in bytes; ours is far smaller. */
const MAX_BYTES = 16 * 1024 * 1024

async function readState(
  path: string,
  wall: number,
): Promise<{ state: unknown; moved?: { path: string; problem: string } }> {
  let text: string
  try {
    const bytes = await readFile(path)
    text = bytes.length > MAX_BYTES ? '' : bytes.toString('utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { state: undefined }
    throw error
  }
  const decoded = decodeState(text)
  if (decoded.ok) return { state: decoded.state }
  const aside = `${path}.corrupt-${wall}`
  await rename(path, aside)
  return { state: undefined, moved: { path: aside, problem: decoded.problem } }
}
