// What cases of the profile share: a folder with files, and commands of sage run in it.
import assert from 'node:assert/strict'
import { lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { runServe } from '../../src/commands/serve.ts'
import type { ServeOptions } from '../../src/commands/serve.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import type { Result } from '../helpers/sage.ts'
import type { Lab } from './lab.ts'

/** A profile that is fine. */
export const HEAD = 'version: 1\nproviders:\n  a: { kind: demo }\n'

/** An empty folder that lives as long as the case. */
export function folder(lab: Lab): string {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'sage-lab-')))
  lab.onClose(async () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }))
  return path
}

/** A folder with this profile in it. */
export function withProfile(lab: Lab, text: string | Uint8Array): string {
  const cwd = folder(lab)
  writeFileSync(join(cwd, 'sage.yaml'), text)
  return cwd
}

/** Runs a command in the folder, which is its home too. */
export function command(cwd: string, argv: readonly string[], env: Record<string, string> = {}): Promise<Result> {
  return runCli(argv, { cwd, home: cwd, env, platform: process.platform, input: '' })
}

/** The profile is refused by every command that reads it, as a mistake of the user's. Returns what was said. */
export async function refused(lab: Lab, text: string | Uint8Array, says: RegExp): Promise<string> {
  const cwd = withProfile(lab, text)
  const explained = await command(cwd, ['explain', 'hello'])
  assert.equal(explained.code, 2, explained.stdout + explained.stderr)
  assert.match(explained.stderr, says)
  assert.match(explained.stderr, /hint/)
  assert.doesNotMatch(explained.stderr, /^\s+at .*:\d+:\d+/m)
  assert.equal(explained.stdout, '')
  const served = await command(cwd, ['serve', '--port', '0'])
  assert.deepEqual([served.code, served.stderr], [2, explained.stderr])
  const [line = ''] = explained.stderr.split('\n')
  return line.slice(0, 100)
}

/** Text of a refusal: a place in the file and a code. */
export function at(code: string, line: number, more: string = ''): RegExp {
  return new RegExp(`^sage\\.yaml:${line}:\\d+: error ${code}: .*${more}`, 'm')
}

/** The profile is taken, with warnings or without. Returns stderr. */
export async function taken(lab: Lab, text: string | Uint8Array): Promise<string> {
  const { code, stdout, stderr } = await command(withProfile(lab, text), ['explain', 'hello'])
  assert.equal(code, 0, stderr)
  assert.match(stdout, /^answer /m)
  return stderr
}

export interface Served {
  url: string
  /** All that it has written, to both streams. */
  output(): string
  /** Tells it to stop, and waits until it has. */
  stop(): Promise<void>
}

/** `sage serve` in this process, on the folder's profile; its home is the folder. */
export async function serveHere(
  lab: Lab,
  cwd: string,
  env: Record<string, string>,
  options: ServeOptions = {},
): Promise<Served> {
  const context = fakeContext([], {
    cwd,
    home: cwd,
    env,
    platform: process.platform,
    now: () => Date.now(),
    mono: () => performance.now(),
  })
  const ended = runServe(context, { port: 0, ...options })
  let listening: string | undefined
  while (listening === undefined) {
    listening = /listening on (\S+)\n/.exec(context.err())?.[1]
    // Rejects here when it cannot start.
    await Promise.race([ended, sleep(5)])
  }
  const stop = async (): Promise<void> => {
    context.send('SIGTERM')
    await ended
  }
  let stopped: Promise<void> | undefined
  const once = (): Promise<void> => (stopped ??= stop())
  lab.onClose(once)
  return { url: listening, output: () => context.out() + context.err(), stop: once }
}

/** Every regular file below a folder: its path in it → its bytes as Latin-1. */
export function filesBelow(cwd: string): Record<string, string> {
  const names = readdirSync(cwd, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    names
      .filter((name) => lstatSync(join(cwd, name)).isFile())
      .map((name) => [name, readFileSync(join(cwd, name), 'latin1')]),
  )
}
