// Runs a client's process, and ends it with everything that it started.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface ProcessOptions {
  cwd: string
  /** The whole environment. HOME in it has to be a folder that no other process has: its processes are known by it. */
  env: Record<string, string>
  /** In ms. */
  timeout: number
}

export interface ProcessResult {
  /** Exit code; null when a signal ended it. */
  code: number | null
  timedOut: boolean
  stdout: string
  stderr: string
}

/** Runs a command without standard input. Rejects when it cannot be started. */
export async function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, timeout }: ProcessOptions,
): Promise<ProcessResult> {
  const detached = process.platform !== 'win32'
  const child = spawn(command, args, { cwd, env, detached, stdio: ['ignore', 'pipe', 'pipe'] })
  const result: ProcessResult = { code: null, timedOut: false, stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text))
  const end = (): void => {
    killTree(child.pid)
    killByHome(env['HOME'])
  }
  const timer = setTimeout(() => {
    result.timedOut = true
    end()
  }, timeout)
  // its group is its own, so what ends this process would not reach it
  process.once('exit', end)
  try {
    await once(child, 'exit')
    result.code = child.exitCode
  } finally {
    clearTimeout(timer)
    process.off('exit', end)
    end()
  }
  // what is still in the pipes, once nobody holds them any more
  if (!child.stdout.readableEnded || !child.stderr.readableEnded) await once(child, 'close')
  return result
}

/** Ends the process and, by its group, its children. */
function killTree(pid: number | undefined): void {
  if (pid === undefined) return
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // nothing is left of it
  }
}

/** Linux: ends what left the group, such as a daemon, but still has the client's own home folder. */
function killByHome(home: string | undefined): void {
  if (process.platform !== 'linux' || home === undefined) return
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(join('/proc', pid, 'environ'), 'utf8').split('\0')
      if (environment.includes(`HOME=${home}`)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // it ended, or it is somebody else's
    }
  }
}
