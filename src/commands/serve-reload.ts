import { ProfileError, SageError } from '../diagnostics/errors.ts'
import type { ServerEvent } from '../server/events.ts'
import type { Pending } from '../server/snapshots.ts'
import type { Workspace } from './load-workspace.ts'
import { FileWatch } from './watch-files.ts'
import type { WatchTimes } from './watch-files.ts'

/** What a reload needs of the server and of whoever started it. */
export interface ReloadTarget {
  /** Loads and checks everything anew; `onFile` hears of files that a change of could mend it. Throws what is wrong. */
  load(serving: Workspace, onFile: (path: string) => void): Promise<Workspace>
  /** Serves it from now on; gives the settings that are taken at the next start only. Throws what is wrong. */
  take(next: Workspace): Promise<readonly string[]>
  setPending(pending: Pending): void
  log(event: ServerEvent): void
}

/**
 * Takes changes of the profile, its lock, its cases and its key files while the server runs. What cannot be loaded or does
 * not hold changes nothing: the last good state is served, the problem is told once, and `GET /healthz` shows it until the
 * files are good again.
 */
export class Reload {
  readonly #target: ReloadTarget
  readonly #watch: FileWatch
  #serving: Workspace
  #running: Promise<void> | undefined
  #isAsked = false
  #isClosed = false
  #problem: Pending['problem']
  #restart: readonly string[] = []

  constructor(serving: Workspace, target: ReloadTarget, times?: WatchTimes) {
    this.#serving = serving
    this.#target = target
    this.#watch = new FileWatch(serving.files, () => void this.now(), times)
  }

  /** Begins to watch the files. */
  start(): Promise<void> {
    return this.#watch.start()
  }

  /** Reloads at once, changed or not. Resolves when it is done, well or not; never rejects. */
  now(): Promise<void> {
    this.#isAsked = true
    this.#running ??= this.#run().finally(() => (this.#running = undefined))
    return this.#running
  }

  /** Stops watching and waits for a reload under way. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#watch.close()
    await this.#running
  }

  /** One at a time; a change in the meantime is loaded afterwards. */
  async #run(): Promise<void> {
    while (this.#isAsked && !this.#isClosed) {
      this.#isAsked = false
      const files = new Set(this.#serving.files)
      let next: Workspace
      try {
        next = await this.#load((path) => files.add(path))
      } catch (error) {
        this.#reject(problemOf(error, this.#serving.profile.file))
        // They may have been mended before they were watched.
        this.#isAsked ||= await this.#watch.use([...files])
        continue
      }
      if (this.#isClosed) return
      try {
        await this.#take(next)
      } catch (error) {
        this.#reject(problemOf(error, this.#serving.profile.file))
      }
    }
  }

  /** A file that is new to it may have changed after it was read and before it was watched: then it is read again. */
  async #load(onFile: (path: string) => void): Promise<Workspace> {
    for (;;) {
      const next = await this.#target.load(this.#serving, onFile)
      if (this.#isClosed || !(await this.#watch.use(next.files))) return next
    }
  }

  async #take(next: Workspace): Promise<void> {
    const restart = await this.#target.take(next)
    this.#serving = next
    this.#problem = undefined
    this.#target.setPending({ restart })
    const { profile, usable } = next
    const { file, policies } = profile
    this.#target.log({ type: 'reloaded', profile: file, policies: policies.length, models: usable.length })
    const isNews = restart.length > 0 && restart.join() !== this.#restart.join()
    if (isNews) this.#target.log({ type: 'restart_needed', settings: restart })
    this.#restart = restart
    if (!profile.serve.reload) this.#watch.close()
  }

  #reject(problem: NonNullable<Pending['problem']>): void {
    const before = this.#problem
    const isTold = before?.code === problem.code && before.message === problem.message
    this.#problem = problem
    this.#target.setPending({ problem, restart: this.#restart })
    if (!isTold) this.#target.log({ type: 'reload_failed', ...problem })
  }
}

/** What is wrong, without any value of a key: errors that people are shown never have one. */
function problemOf(error: unknown, profile: string): NonNullable<Pending['problem']> {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof ProfileError) {
    return { file: error.diagnostics[0]?.file ?? profile, code: error.code, message }
  }
  return { file: profile, code: error instanceof SageError ? error.code : 'SAGE4000', message }
}
