import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** Time until a started server has to listen, and a stopped one has to be gone. In ms. */
const START_LIMIT = 180_000
const STOP_LIMIT = 20_000

export interface Running {
  /** Address it said it listens on. */
  url: string
  /** Interrupts it as Ctrl-C does and waits for its end. Rejects when it does not end, or not well. */
  stop(): Promise<void>
}

/** Runs a shell command that starts a server and waits for the first loopback address it prints. POSIX only. */
export async function startServer(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const child = spawn(command, { cwd, env, shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const limit = Date.now() + START_LIMIT
  for (;;) {
    const url = /http:\/\/(?:127\.0\.0\.1|localhost):[1-9]\d*/.exec(output)?.[0]
    if (url !== undefined) return { url, stop: () => stop(child, () => output) }
    if (hasEnded(child)) throw new Error(`"${command}" ended before it listened:\n${output}`)
    if (Date.now() > limit) {
      signal(child, 'SIGKILL')
      throw new Error(`"${command}" did not say where it listens:\n${output}`)
    }
    await sleep(20)
  }
}

async function stop(child: ChildProcess, output: () => string): Promise<void> {
  signal(child, 'SIGINT')
  const limit = Date.now() + STOP_LIMIT
  // The shell may go first: wait for the last process of the group.
  while (!hasEnded(child) || signal(child, 0)) {
    if (Date.now() > limit) {
      signal(child, 'SIGKILL')
      throw new Error(`the server did not stop within ${STOP_LIMIT} ms:\n${output()}`)
    }
    await sleep(20)
  }
  const ending = child.exitCode ?? child.signalCode
  if (ending !== 0 && ending !== 130 && ending !== 'SIGINT') throw new Error(`ended with ${ending}:\n${output()}`)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** To the whole process group: a shell and npm stand between. False when nothing is left of it. */
function signal(child: ChildProcess, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-(child.pid ?? 0), name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
    throw error
  }
}
