import { fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface Program {
  url: string
  pid: number
  /** CPU time of the process so far, in µs. Linux only. */
  cpu(): number
  /** In MB. */
  rss(): number
  close(): void
}

/** Starts a program that prints `listening on URL`. */
export async function startProgram(file: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Program> {
  const child = fork(file, args, { execArgv: [], env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  process.once('exit', () => child.kill('SIGKILL'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (output += part.toString()))
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${file} ended:\n${output}`)
  })
  ended.catch(() => undefined)
  for (;;) {
    const url = /listening on (http:\/\/\S+)/.exec(output)?.[1]
    const close = (): void => void child.kill('SIGKILL')
    if (url !== undefined)
      return { url, pid: child.pid ?? 0, cpu: () => cpuOf(child.pid ?? 0), rss: () => rssOf(child.pid ?? 0), close }
    await Promise.race([once(child.stdout ?? child, 'data'), once(child.stderr ?? child, 'data'), ended])
  }
}

/** User and system time of all its threads: fields 14 and 15 of proc(5), in ticks of 10 ms. */
function cpuOf(pid: number): number {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[9]) + Number(fields[10])) * 10_000
}

function rssOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
