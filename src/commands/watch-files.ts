// Notices that files have become others, in whatever way editors, deployments and people change them.
import { createHash } from 'node:crypto'
import { watch } from 'node:fs'
import type { FSWatcher } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { SettledContents } from './settled-contents.ts'

export interface WatchTimes {
  /** From the sign that one of the files has changed to the first reading, in ms. */
  noticeMs: number
  /** From one reading to the next, and from a sign of something else in the same folder to a look at the files, in ms. */
  settleMs: number
  /** Between looks at the files where nobody tells of changes, as on network drives, in ms. */
  pollMs: number
}

const TIMES: WatchTimes = { noticeMs: 20, settleMs: 150, pollMs: 2000 }
/** A larger file is told by its size and times alone, in bytes. */
const MAX_READ = 16 * 1024 * 1024

/**
 * Calls back once the contents of the files are others than before and two readings in a row were the same: a file that is
 * being written is waited for. Files may come, go, be replaced or be links. It watches their folders, for a watch on a file
 * ends when an editor puts another one in its place; and it looks by itself now and then. Keeps no process alive.
 */
export class FileWatch {
  readonly #onChange: () => void
  readonly #times: WatchTimes
  readonly #watchers = new Map<string, { watcher: FSWatcher; inode: number }>()
  readonly #poll: NodeJS.Timeout
  readonly #contents = new SettledContents()
  #paths: readonly string[]
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #isChecking = false
  /** Something was to be looked at while a look was under way. */
  #isDue = false
  /** Sizes and times when nothing was to be done; '' when that is not known. */
  #stamp = ''

  constructor(paths: readonly string[], onChange: () => void, times: WatchTimes = TIMES) {
    this.#paths = paths
    this.#onChange = onChange
    this.#times = times
    this.#poll = setInterval(() => this.#look(), times.pollMs).unref()
  }

  /** Takes what the files hold now for known, and begins to watch. */
  async start(): Promise<void> {
    this.#contents.know(await contentsOf(this.#paths))
    await this.#arm()
    // What was changed before the watch began.
    this.#lookIn(this.#times.noticeMs)
  }

  /**
   * Watches these files from now on. When they are others than before, what they hold now counts as known, and it gives
   * true: what was read of them earlier may be out of date.
   */
  async use(paths: readonly string[]): Promise<boolean> {
    if (paths.length === this.#paths.length && paths.every((path, at) => path === this.#paths[at])) return false
    this.#paths = paths
    this.#stamp = ''
    this.#contents.know(await contentsOf(paths))
    await this.#arm()
    return true
  }

  close(): void {
    this.#isClosed = true
    clearInterval(this.#poll)
    clearTimeout(this.#timer)
    for (const { watcher } of this.#watchers.values()) watcher.close()
    this.#watchers.clear()
  }

  #look(): void {
    void this.#arm()
    this.#lookIn(this.#times.noticeMs)
  }

  /** A link among the folders above a file changes the file without a sign of its name. */
  #notice(name: string | null): void {
    const { noticeMs, settleMs } = this.#times
    this.#lookIn(this.#paths.some((path) => basename(path) === name) ? noticeMs : settleMs)
  }

  /** Not put off by further signs: a log that grows in the same folder must not keep a change from being seen. */
  #lookIn(ms: number): void {
    if (this.#timer !== undefined || this.#isClosed) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      void this.#check()
    }, ms).unref()
  }

  /** One at a time: of two readings side by side nobody knows which one is older. */
  async #check(): Promise<void> {
    if (this.#isChecking) {
      this.#isDue = true
      return
    }
    this.#isChecking = true
    try {
      await this.#compare()
    } finally {
      this.#isChecking = false
    }
    if (!this.#isDue) return
    this.#isDue = false
    this.#lookIn(this.#times.noticeMs)
  }

  async #compare(): Promise<void> {
    const stamp = await stampOf(this.#paths)
    if (stamp === this.#stamp || this.#isClosed) return
    const contents = await contentsOf(this.#paths)
    // What came between stamp and contents has a stamp that nobody has seen: a missing file looks the same before and after.
    const isOfContents = (await stampOf(this.#paths)) === stamp
    const found = this.#contents.read(contents)
    if (found === 'again') return this.#lookIn(this.#times.settleMs)
    this.#stamp = isOfContents ? stamp : ''
    if (found === 'changed' && !this.#isClosed) this.#onChange()
  }

  /** Watches the folders of the files, and of what links among them lead to. A folder that was replaced is another folder. */
  async #arm(): Promise<void> {
    const real = await Promise.all(this.#paths.map((path) => realpath(path).catch(() => path)))
    const folders = new Set([...this.#paths, ...real].map((path) => dirname(path)))
    for (const folder of this.#watchers.keys()) if (!folders.has(folder)) this.#drop(folder)
    for (const folder of folders) {
      const inode = await stat(folder).then(
        ({ ino }) => ino,
        () => undefined,
      )
      if (this.#isClosed) return
      if (inode === this.#watchers.get(folder)?.inode) continue
      this.#drop(folder)
      if (inode !== undefined) this.#watch(folder, inode)
    }
  }

  #watch(folder: string, inode: number): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => this.#notice(name))
      watcher.on('error', () => this.#drop(folder))
      this.#watchers.set(folder, { watcher, inode })
    } catch {
      // No watches left, or a file system without them: the files are looked at now and then anyway.
    }
  }

  #drop(folder: string): void {
    this.#watchers.get(folder)?.watcher.close()
    this.#watchers.delete(folder)
  }
}

async function stampOf(paths: readonly string[]): Promise<string> {
  const stamps = paths.map((path) =>
    stat(path).then(
      ({ dev, ino, size, mtimeMs, ctimeMs }) => [dev, ino, size, mtimeMs, ctimeMs].join(' '),
      (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
    ),
  )
  return (await Promise.all(stamps)).join('\n')
}

async function contentsOf(paths: readonly string[]): Promise<string> {
  return (await Promise.all(paths.map(contentOf))).join('\n')
}

/** A digest, or why there is none. A pipe is not read: that would wait for its writer. */
async function contentOf(path: string): Promise<string> {
  try {
    const stats = await stat(path)
    if (!stats.isFile()) return stats.isDirectory() ? 'a folder' : 'no file'
    if (stats.size > MAX_READ) return `${stats.size} ${stats.mtimeMs}`
    return createHash('sha256')
      .update(await readFile(path))
      .digest('base64')
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  }
}
