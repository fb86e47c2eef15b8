// THE EDGE: the only file that touches the process. Everything below gets a Context.
import { closeSync, openSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { buffer } from 'node:stream/consumers'
import { isatty } from 'node:tty'
import type { Context, Output } from './commands/context.ts'
import { runProgram } from './commands/program.ts'

/** What a write to a pipe without a reader gives; EOF on Windows. */
const READER_GONE: ReadonlySet<string> = new Set(['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'])

/** A reader that left (`| head`) is no error: what it did not read is not missed. Anything else is the caller's trouble. */
function output(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!READER_GONE.has(error.code ?? '')) process.exitCode = 3
  })
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns : undefined,
    colorDepth: stream.isTTY ? stream.getColorDepth(withoutColorVariables()) : 1,
  }
}

/** NO_COLOR and FORCE_COLOR are judged in output/color.ts; here the terminal itself is asked. */
function withoutColorVariables(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_DISABLE_COLORS: undefined }
}

/** A user that the machine does not know, as containers have, has none. */
function homeFolder(): string {
  try {
    return homedir() || '/'
  } catch {
    return '/'
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It may be somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The terminal that the process was started in has gone. */
let isHungUp = false

/** Whether the process has a controlling terminal: after its window was closed it has none. */
function hasTerminal(): boolean {
  try {
    closeSync(openSync('/dev/tty', 'r'))
    return true
  } catch {
    return false
  }
}

function createContext(): Context {
  const packageFile = new URL('../package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }
  return {
    argv: process.argv.slice(2),
    env: process.env,
    cwd: process.cwd(),
    home: homeFolder(),
    platform: process.platform,
    version,
    nodeVersion: process.versions.node,
    stdin: { isTTY: isatty(0), read: () => buffer(process.stdin) },
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    now: () => Date.now(),
    mono: () => performance.now(),
    random: () => Math.random(),
    pid: process.pid,
    isRunning,
    onSignal: (listener) => {
      const onInterrupt = (): void => listener('SIGINT')
      const onTerminate = (): void => listener('SIGTERM')
      process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate)
      return () => void process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate)
    },
    onHangUp: (listener) => {
      if (process.platform === 'win32') return () => undefined
      const hadTerminal = hasTerminal()
      const onSignal = (): void => {
        isHungUp ||= hadTerminal && !hasTerminal()
        if (isHungUp) process.kill(process.pid, 'SIGTERM')
        else listener()
      }
      process.on('SIGHUP', onSignal)
      return () => void process.off('SIGHUP', onSignal)
    },
    exitNow: (code) => process.exit(code),
  }
}

async function run(context: Context): Promise<number> {
  try {
    return await runProgram(context)
  } catch (error) {
    const { reportError } = await import('./commands/report-error.ts')
    return reportError(error, context)
  }
}

const code = await run(createContext())
// A failed write may have set it before.
process.exitCode ??= code
// Without its terminal Node 20 fails an assertion at a usual end. Ending by the signal is what is expected here anyway.
if (isHungUp) process.kill(process.pid, 'SIGHUP')
