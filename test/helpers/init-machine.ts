// A home folder for sage init, with nothing in it and no server but those of the test.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { runInit } from '../../src/commands/init.ts'
import type { InitOptions } from '../../src/commands/init-options.ts'
import { createAsker } from '../../src/commands/init-questions.ts'
import type { Asker } from '../../src/commands/init-questions.ts'
import { reportError } from '../../src/commands/report-error.ts'
import { fakeContext } from './context.ts'
import type { Result } from './sage.ts'
import type { Terminal } from './terminal.ts'
import { refusedUrl } from './upstream.ts'

/** An address where nobody answers. */
export const NOBODY: string = await refusedUrl()
/** A key that must never show up. */
export const CANARY = 'sk-canary-0123456789abcdef'

export interface Machine {
  home: string
  cwd: string
  env: Record<string, string>
  servers: Record<string, string>
  run(options?: InitOptions): Promise<Result>
  talk(terminal: Terminal, options?: InitOptions): Promise<Result>
  read(name: string): string
  /** Path → text of every file below the home. */
  files(): Record<string, string>
}

export function setUp(t: TestContext, env: Record<string, string> = {}): Machine {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'sage-init-')))
  t.after(() => rmSync(home, { recursive: true, force: true, maxRetries: 3 }))
  const cwd = join(home, 'project')
  mkdirSync(join(cwd, '.git'), { recursive: true })
  const all = { OLLAMA_HOST: NOBODY, PATH: '', ...env }
  const servers: Record<string, string> = {}
  const machine = { home, cwd, env: all, servers }
  const run = async (options: InitOptions, terminal?: Terminal): Promise<Result> => {
    const context = fakeContext([], {
      cwd,
      home,
      env: all,
      ...(terminal === undefined ? { input: '' } : { colorDepth: 4 }),
    })
    const asker = async (): Promise<Asker> => (terminal === undefined ? assert.fail('it asks') : createAsker(terminal))
    const effects = { asker, servers }
    const code = await runInit(context, options, effects).catch((error: unknown) => reportError(error, context))
    return { code, stdout: context.out(), stderr: context.err() }
  }
  return {
    ...machine,
    run: (options = {}) => run({ yes: true, lock: false, ...options }),
    talk: (terminal, options = {}) => run(options, terminal),
    read: (name) => readFileSync(join(cwd, name), 'utf8'),
    files: () => {
      const names = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) =>
        statSync(join(home, name)).isFile(),
      )
      return Object.fromEntries(names.map((name) => [name, readFileSync(join(home, name), 'utf8')]))
    },
  }
}
