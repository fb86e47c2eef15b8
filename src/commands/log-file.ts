import { constants } from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'
import { SageError } from '../diagnostics/errors.ts'
import { LOG_FORMAT } from '../explain/record.ts'
import { codeOf } from '../lib/error-code.ts'

export interface LogFileOptions {
  path: string
  /** Size at which a new file is begun, in bytes. */
  maxBytes: number
  /** Older files that are kept, as `path.1` (the newest) and on. */
  keep: number
}

/** For nobody but its owner: what people asked and when is nobody else's business. */
const MODE = 0o600
/** Every file begins with these bytes; one that does not is somebody else's and is left alone. */
const BEGINNING = `{"type":"log","format":"${LOG_FORMAT}"`

/** A file of lines that is only ever added to, and set aside when it has become too large. */
export class LogFile {
  readonly #options: LogFileOptions
  #handle: FileHandle
  #size: number

  private constructor(options: LogFileOptions, opened: Opened) {
    this.#options = options
    this.#handle = opened.handle
    this.#size = opened.size
  }

  /** Opens the file or makes it, its folder too. Throws `SageError` when it cannot, or when the file is no decision log. */
  static async open(options: LogFileOptions): Promise<LogFile> {
    try {
      await mkdir(dirname(options.path), { recursive: true, mode: 0o700 })
      return new LogFile(options, await openFile(options.path))
    } catch (error) {
      if (error instanceof SageError) throw error
      throw new SageError('SAGE4010', `cannot write ${options.path} (${codeOf(error)})`, { cause: error })
    }
  }

  /** Whether so many bytes more would make it too large. An empty file takes anything. `waiting` bytes are as good as written. */
  isFull(waiting: number, more: number): boolean {
    const size = this.#size + waiting
    return size > 0 && size + more > this.#options.maxBytes
  }

  async append(text: string): Promise<void> {
    const bytes = Buffer.from(text)
    await this.#handle.appendFile(bytes)
    this.#size += bytes.length
  }

  /** Sets the file aside and begins a new one. */
  async rotate(): Promise<void> {
    const { path, keep } = this.#options
    await this.#handle.close()
    for (let n = keep; n > 0; n--) await moveFile(n === 1 ? path : `${path}.${n - 1}`, `${path}.${n}`)
    if (keep === 0) await rm(path, { force: true })
    const { handle, size } = await openFile(path)
    this.#handle = handle
    this.#size = size
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

interface Opened {
  handle: FileHandle
  size: number
}

async function openFile(path: string): Promise<Opened> {
  // Reading too, so that opening a pipe does not wait for somebody at its other end.
  const handle = await open(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT, MODE)
  try {
    const stats = await handle.stat()
    if (!stats.isFile()) throw new SageError('SAGE4010', `${path} is not a regular file`)
    if ((stats.mode & 0o077) !== 0) await handle.chmod(MODE)
    return { handle, size: stats.size + (await continueFile(handle, stats.size, path)) }
  } catch (error) {
    await handle.close()
    throw error
  }
}

/** Makes sure that the file is a decision log, and ends a line that was cut. Returns the bytes that it added. */
async function continueFile(handle: FileHandle, size: number, path: string): Promise<number> {
  if (size === 0) return 0
  const start = Buffer.alloc(BEGINNING.length)
  await handle.read(start, 0, start.length, 0)
  if (start.toString() !== BEGINNING) {
    throw new SageError('SAGE4010', `${path} is something else than a decision log`, { hint: 'name a file of its own' })
  }
  const last = Buffer.alloc(1)
  await handle.read(last, 0, 1, size - 1)
  if (last.toString() === '\n') return 0
  await handle.appendFile('\n')
  return 1
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
}
