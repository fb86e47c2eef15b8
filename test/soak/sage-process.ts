// `sage serve` as users run it, in a process of its own, with a probe that tells its memory.
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { GRID_ENV } from '../helpers/grid-provider.ts'

const PROBE = new URL('probe.mjs', import.meta.url).href
/** The command of this checkout: built, or its sources where that is missing. */
export const SAGE: string = join(import.meta.dirname, '..', '..', 'bin', 'sage.js')
/** Longest time to start, in ms. */
const START_MS = 20_000

/** Bytes, but for the times. */
export interface Probe {
  rss: number
  heapUsed: number
  /** Highest of the process's life. */
  peakRss: number
  /** CPU time since its start, in µs. */
  cpu: { user: number; system: number }
  /** Delay of the event loop since the last reset, in ms. */
  delayP99: number
  /** Kinds of what keeps it alive: sockets, timers. */
  open: string[]
}

export interface SageProcess {
  url: string
  pid: number
  /** The profile that it was started with. */
  profile: string
  /** `collect`: after a forced garbage collection; `reset`: begins a new measurement of delays. */
  probe(options?: { collect?: boolean; reset?: boolean }): Promise<Probe>
  /** Everything it wrote, log included. */
  log(): string
  /** Ends it at once. */
  kill(): Promise<void>
  close(): Promise<void>
}

export interface SageOptions {
  /** More arguments of `sage serve`. */
  args?: readonly string[]
  env?: Record<string, string>
  /** Folder that is its home; it outlives the process. A temporary one by default. */
  home?: string
  /** The command to start; by default that of this checkout. */
  command?: string
}

/** Starts the built `sage serve` on a profile. Rejects when it does not listen in time. */
export async function startSage(yaml: string, options: SageOptions = {}): Promise<SageProcess> {
  const { args = [], env = {}, home, command = SAGE } = options
  const folder = mkdtempSync(join(tmpdir(), 'sage-soak-'))
  const profile = join(folder, 'sage.yaml')
  const output = join(folder, 'output')
  writeFileSync(profile, yaml)
  const file = openSync(output, 'w')
  const { PATH, SystemRoot } = process.env
  const child = fork(command, ['serve', '--profile', profile, '--port', '0', ...args], {
    cwd: folder,
    execArgv: ['--expose-gc', '--import', PROBE],
    env: {
      ...(PATH !== undefined && { PATH }),
      ...(SystemRoot !== undefined && { SystemRoot }),
      HOME: home ?? folder,
      USERPROFILE: home ?? folder,
      NO_COLOR: '1',
      ...GRID_ENV,
      ...env,
    },
    stdio: ['ignore', file, file, 'ipc'],
  })
  closeSync(file)
  const ended = once(child, 'exit')
  const read = (): string => readFileSync(output, 'utf8')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  const close = async (): Promise<void> => {
    await kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  try {
    const url = await listening(child, read)
    return { url, pid: child.pid ?? 0, profile, probe: prober(child), log: read, kill, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function listening(child: ChildProcess, read: () => string): Promise<string> {
  for (let waited = 0; waited < START_MS && child.exitCode === null; waited += 10) {
    const url = /listening on (http:\/\/\S+)/.exec(read())?.[1]
    if (url !== undefined) return url
    await sleep(10)
  }
  throw new Error(`sage did not listen:\n${read()}`)
}

function prober(child: ChildProcess): SageProcess['probe'] {
  let asked = 0
  const waiting = new Map<number, { resolve: (probe: Probe) => void; reject: (error: Error) => void }>()
  child.on('message', (message: Probe & { id: number }) => {
    waiting.get(message.id)?.resolve(message)
    waiting.delete(message.id)
  })
  child.on('exit', (code, signal) => {
    for (const { reject } of waiting.values()) reject(new Error(`sage ended: ${code ?? signal}`))
  })
  return (options = {}) =>
    new Promise((resolve, reject) => {
      const id = asked++
      waiting.set(id, { resolve, reject })
      child.send({ id, ...options })
    })
}
