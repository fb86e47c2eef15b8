import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { stateFolder } from '../init/record.ts'
import { codeOf } from '../lib/error-code.ts'
import type { StatePlace } from '../server/health-body.ts'
import { StateFile } from '../state/state-file.ts'
import type { Context } from './context.ts'
import type { Workspace } from './load-workspace.ts'
import { writeWarnings } from './write-warnings.ts'

/** Between two saves while something changes, in ms. */
const SAVE_MS = 3000
/** Between two warnings of the same trouble, in ms. */
const WARN_MS = 600_000

/** What outlives `sage serve`. Without a place to keep it everything goes on in memory. */
export interface ServeState {
  /** What the last run left; undefined when there is nothing. Not checked for its shape. */
  saved: unknown
  place(): StatePlace
  /** Something may have changed: it is saved soon. */
  touch(): void
  /** Resolves once the save that is under way, if any, has ended. Never rejects. */
  flush(): Promise<void>
  /** Saves once more and lets another process have the file. Never rejects. */
  close(): Promise<void>
}

/** Opens the state of this profile, unless there is to be none. `state` gives what to save. Never rejects. */
export async function openServeState(
  context: Context,
  workspace: Workspace,
  isWanted: boolean,
  state: () => unknown,
): Promise<ServeState> {
  const setting = workspace.profile.serve.state
  if (!isWanted || setting === false) return inMemory('it is turned off')
  const folder = setting === true ? stateFolder(context) : resolve(workspace.written?.directory ?? context.cwd, setting)
  const { pid, isRunning } = context
  const name = `serve-${nameOf(context, workspace)}`
  const opened = await StateFile.open({ folder, name, pid, isRunning, wall: () => context.now() })
  if (opened.kind === 'memory') {
    writeWarnings(context, [`state is kept in memory only: ${opened.reason}`])
    return inMemory(opened.reason)
  }
  if (opened.moved !== undefined) {
    const { path, problem } = opened.moved
    writeWarnings(context, [`state could not be read (${problem}); it is now ${path}, and sage starts without it`])
  }
  return new Saver(context, opened.file, opened.state, state)
}

/** One file for each profile: a hash of its path. */
function nameOf({ cwd }: Context, { profile }: Workspace): string {
  return createHash('sha256').update(resolve(cwd, profile.file)).digest('hex').slice(0, 16)
}

function inMemory(reason: string): ServeState {
  return {
    saved: undefined,
    place: () => ({ kept: 'memory', reason }),
    touch: () => undefined,
    flush: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}

class Saver implements ServeState {
  readonly saved: unknown
  readonly #context: Context
  readonly #file: StateFile
  readonly #state: () => unknown
  #timer: NodeJS.Timeout | undefined
  #saving: Promise<void> = Promise.resolve()
  #problem: string | undefined
  #warnedAt: number | undefined

  constructor(context: Context, file: StateFile, saved: unknown, state: () => unknown) {
    this.#context = context
    this.#file = file
    this.saved = saved
    this.#state = state
  }

  place(): StatePlace {
    const { path } = this.#file
    return this.#problem === undefined ? { kept: 'file', path } : { kept: 'memory', reason: this.#problem }
  }

  touch(): void {
    this.#timer ??= setTimeout(() => void this.#save(), SAVE_MS).unref()
  }

  flush(): Promise<void> {
    return this.#saving
  }

  async close(): Promise<void> {
    await this.#save()
    clearTimeout(this.#timer)
    await this.#file.close()
  }

  #save(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    return (this.#saving = this.#saving.then(() => this.#write()))
  }

  async #write(): Promise<void> {
    try {
      await this.#file.save(this.#state())
      this.#problem = undefined
    } catch (error) {
      // The next save tries again: a disk may have room again.
      const { path } = this.#file
      const code = codeOf(error)
      this.#problem =
        code === 'ELOCKED' ? `another process keeps its state in ${path}` : `${path} cannot be written (${code})`
      this.#warn(this.#problem)
    }
  }

  #warn(problem: string): void {
    const now = this.#context.mono()
    if (this.#warnedAt !== undefined && now - this.#warnedAt < WARN_MS) return
    this.#warnedAt = now
    writeWarnings(this.#context, [`state is kept in memory only for now: ${problem}`])
  }
}
