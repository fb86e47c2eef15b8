// Runs the command line as a user would: a process of its own, an empty home, nothing inherited.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { programArgs } from './program.ts'

const ENTRY = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

export interface Result {
  /** Exit code; null when a signal ended it. */
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  env?: Record<string, string>
  /** Current directory; an empty temporary one by default. */
  cwd?: string
  /** File that standard output goes to instead. */
  stdoutTo?: string
  /** Limits of the system to run under, as options of `ulimit`: `-n 64`. POSIX only. */
  limits?: string
  /** Nobody reads its standard output. */
  closeStdout?: boolean
}

/** One run of `sage`, to be set up and then run: `sage('explain', '-').stdin('hello').run()`. */
export class Run {
  readonly #args: readonly string[]
  #stdin: string | undefined
  #options: RunOptions = {}

  constructor(args: readonly string[]) {
    this.#args = args
  }

  /** What comes in on standard input; without it that is empty. */
  stdin(text: string): this {
    this.#stdin = text
    return this
  }

  env(env: Record<string, string>): this {
    this.#options = { ...this.#options, env: { ...this.#options.env, ...env } }
    return this
  }

  cwd(cwd: string): this {
    this.#options = { ...this.#options, cwd }
    return this
  }

  stdoutTo(path: string): this {
    this.#options = { ...this.#options, stdoutTo: path }
    return this
  }

  async run(): Promise<Result> {
    const { child, output, clean } = launch(this.#args, this.#options)
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(this.#stdin ?? '')
    await once(child, 'close')
    clean()
    return { code: child.exitCode, ...output }
  }

  /** Runs it with a standard output that nobody reads any more, as `| head -0` leaves it. */
  async runWithClosedStdout(): Promise<Result> {
    const { child, output, clean } = launch(this.#args, this.#options)
    child.stdout?.destroy()
    child.stdin?.end(this.#stdin ?? '')
    await once(child, 'close')
    clean()
    return { code: child.exitCode, ...output }
  }
}

export function sage(...args: string[]): Run {
  return new Run(args)
}

export interface Serving {
  /** The address it said it listens on. */
  url: string
  output: Readonly<Omit<Result, 'code'>>
  signal(name: NodeJS.Signals): void
  /** Resolves when it has ended. */
  ended: Promise<Result>
  /** Ends it, well or not. */
  stop(): Promise<Result>
}

/** Starts `sage serve` or another command that listens. Rejects when it ends before it does. */
export async function startSage(args: readonly string[], options: RunOptions = {}): Promise<Serving> {
  const { child, output, clean } = launch(args, options)
  child.stdin?.end()
  const ended = once(child, 'close').then((): Result => {
    clean()
    return { code: child.exitCode, ...output }
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', () => {
      const found = /listening on (http:\/\/\S+)/.exec(output.stderr)?.[1]
      if (found !== undefined) resolve(found)
    })
    void ended.then(({ code }) => reject(new Error(`ended with ${code} before it listened:\n${output.stderr}`)))
  })
  return {
    url,
    output,
    ended,
    signal: (name) => void child.kill(name),
    stop: () => {
      child.kill('SIGKILL')
      return ended
    },
  }
}

function launch(
  args: readonly string[],
  options: RunOptions,
): { child: ChildProcess; output: { stdout: string; stderr: string }; clean: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sage-test-'))
  const { PATH, SystemRoot } = process.env
  const env = {
    ...(PATH === undefined ? {} : { PATH }),
    ...(SystemRoot === undefined ? {} : { SystemRoot }),
    HOME: folder,
    USERPROFILE: folder,
    NO_COLOR: '1',
    ...options.env,
  }
  const file = options.stdoutTo === undefined ? undefined : openSync(options.stdoutTo, 'w')
  const command = [process.execPath, ...programArgs(ENTRY), ...args]
  const limited = ['sh', '-c', `ulimit ${options.limits ?? ''} && exec "$@"`, 'sh', ...command]
  const [program = '', ...rest] = options.limits === undefined ? command : limited
  const child: ChildProcess = spawn(program, rest, {
    cwd: options.cwd ?? folder,
    env,
    stdio: ['pipe', file ?? 'pipe', 'pipe'],
  })
  if (file !== undefined) closeSync(file)
  if (options.closeStdout === true) child.stdout?.destroy()
  const output = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output.stderr += text))
  return { child, output, clean: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) }
}
