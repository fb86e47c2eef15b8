import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Context, StopSignal } from '../../src/commands/context.ts'
import { runProgram } from '../../src/commands/program.ts'
import { reportError } from '../../src/commands/report-error.ts'
import type { Result } from './sage.ts'

/** State is kept below it. */
const HOME = mkdtempSync(join(tmpdir(), 'sage-home-'))
process.once('exit', () => rmSync(HOME, { recursive: true, force: true }))

/** A context that touches nothing, and what was written to it. */
export interface FakeContext extends Context {
  out(): string
  err(): string
  /** Codes given to `exitNow`. */
  exits: number[]
  send(signal: StopSignal): void
  /** Sends SIGHUP. */
  hangUp(): void
}

export interface FakeOptions extends Partial<Omit<Context, 'stdin' | 'stdout' | 'stderr'>> {
  /** Standard input; undefined is a terminal. */
  input?: string | Buffer
  /** Colour depth of both outputs, in bits. */
  colorDepth?: number
}

export function fakeContext(argv: readonly string[], options: FakeOptions = {}): FakeContext {
  const { input, colorDepth = 1, ...given } = options
  const listeners = new Set<(signal: StopSignal) => void>()
  const hangUps = new Set<() => void>()
  const exits: number[] = []
  let out = ''
  let err = ''
  const terminal = { isTTY: colorDepth > 1, columns: colorDepth > 1 ? 80 : undefined, colorDepth }
  return {
    argv,
    env: {},
    cwd: import.meta.dirname,
    home: HOME,
    platform: 'linux',
    version: '0.0.0',
    nodeVersion: '24.0.0',
    stdin: { isTTY: input === undefined, read: async () => Buffer.from(input ?? '') },
    stdout: { ...terminal, write: (text) => void (out += text) },
    stderr: { ...terminal, write: (text) => void (err += text) },
    now: () => 0,
    mono: () => 0,
    random: () => 0,
    pid: process.pid,
    isRunning: (pid) => pid === process.pid,
    onSignal: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onHangUp: (listener) => {
      hangUps.add(listener)
      return () => void hangUps.delete(listener)
    },
    exitNow: (code) => void exits.push(code),
    ...given,
    out: () => out,
    err: () => err,
    exits,
    send: (signal) => listeners.forEach((listener) => listener(signal)),
    hangUp: () => hangUps.forEach((listener) => listener()),
  }
}

/** Runs a command line in this process, as cli.ts does. */
export async function runCli(argv: readonly string[], options: FakeOptions = {}): Promise<Result> {
  const context = fakeContext(argv, options)
  const code = await runProgram(context).catch((error: unknown) => reportError(error, context))
  return { code, stdout: context.out(), stderr: context.err() }
}
