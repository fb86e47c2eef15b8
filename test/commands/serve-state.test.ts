import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, it, mock } from 'node:test'
import { openServeState } from '../../src/commands/serve-state.ts'
import type { ServeState } from '../../src/commands/serve-state.ts'
import { buildWorkspace } from '../../src/commands/load-workspace.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { decodeState } from '../../src/state/encode.ts'
import { fakeContext } from '../helpers/context.ts'
import type { FakeContext } from '../helpers/context.ts'

const root = mkdtempSync(join(tmpdir(), 'sage-serve-state-'))
after(() => rmSync(root, { recursive: true, force: true }))

let homes = 0

interface Opened {
  context: FakeContext
  state: ServeState
  /** The file, whether it is there or not. */
  file(): string
  home: string
}

async function openState(serve: string, what: () => unknown, mono = (): number => 0, isWanted = true): Promise<Opened> {
  const home = join(root, `home${homes++}`)
  mkdirSync(home)
  const context = fakeContext([], { home, cwd: home, mono })
  const { profile } = parseProfile(`version: 1\nserve: { ${serve} }\nproviders: { a: { kind: demo } }\n`, 'sage.yaml')
  assert.ok(profile !== undefined)
  const workspace = await buildWorkspace(context, profile, { text: '', directory: home })
  const state = await openServeState(context, workspace, isWanted, what)
  const folder = join(home, '.local', 'state', 'sage')
  const file = (): string => join(folder, readdirSync(folder).find((name) => name.endsWith('.json')) ?? 'none')
  return { context, state, file, home }
}

function readState(path: string): unknown {
  const decoded = decodeState(readFileSync(path, 'utf8'))
  return decoded.ok ? decoded.state : decoded.problem
}

describe('the state of sage serve', () => {
  it('is saved once for many changes, some seconds after the first, and at the end', async () => {
    let n = 0
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const { state, file } = await openState('port: 0', () => ({ n: ++n }))
      for (let times = 0; times < 50; times++) state.touch()
      mock.timers.tick(2999)
      assert.equal(n, 0)
      mock.timers.tick(1)
      await state.flush()
      assert.equal(n, 1)
      mock.timers.tick(60_000)
      assert.equal(n, 1, 'nothing has changed since')
      state.touch()
      await state.close()
      assert.deepEqual(readState(file()), { n: 2 })
    } finally {
      mock.timers.reset()
    }
  })

  it('warns once in ten minutes while it cannot be saved, says so in /healthz, and comes back', async () => {
    let now = 0
    const { state, context, file } = await openState(
      'port: 0',
      () => ({ now }),
      () => now,
    )
    await state.close()
    const path = file()
    const again = await openServeState(context, await workspaceOf(context), true, () => ({ now }))
    assert.deepEqual(again.place(), { kept: 'file', path })
    const temporary = `${path}.tmp-${process.pid}`
    mkdirSync(join(temporary, 'in the way'), { recursive: true })
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const saved = async (): Promise<void> => {
        again.touch()
        mock.timers.tick(3000)
        await again.flush()
      }
      for (now of [1000, 5000, 500_000]) await saved()
      assert.equal([...context.err().matchAll(/warning: state is kept in memory only for now/g)].length, 1)
      const place = again.place()
      assert.ok(place.kept === 'memory')
      assert.match(place.reason ?? '', /cannot be written \(E/)
      now = 700_000
      await saved()
      assert.equal([...context.err().matchAll(/warning: state is kept/g)].length, 2)
      rmSync(temporary, { recursive: true })
      now = 800_000
      await saved()
      assert.deepEqual(again.place(), { kept: 'file', path })
      assert.deepEqual(readState(path), { now: 800_000 })
    } finally {
      mock.timers.reset()
      await again.close()
    }
  })

  it('comes back after its folder was deleted, and says in words when another process has it', async () => {
    const { state, context, file } = await openState('port: 0', () => 1)
    const other = await openServeState(context, await workspaceOf(context), true, () => 2)
    await state.close()
    const path = file()
    const again = await openServeState(context, await workspaceOf(context), true, () => 3)
    assert.equal(other.place().kept, 'memory')
    rmSync(dirname(path), { recursive: true })
    await again.close()
    assert.deepEqual([readState(path), context.err().includes('for now')], [3, false])

    const last = await openServeState(context, await workspaceOf(context), true, () => 4)
    writeFileSync(path.replace(/json$/, 'lock'), '1\n')
    await last.close()
    assert.match(context.err(), /for now: another process keeps its state in .*\.json\n/)
    assert.doesNotMatch(context.err(), /ELOCKED/)
  })

  it('is kept nowhere when it is turned off, and where the profile says', async () => {
    for (const [serve, isWanted] of [
      ['state: false', true],
      ['port: 0', false],
    ] as const) {
      const { state, home } = await openState(serve, () => 1, undefined, isWanted)
      state.touch()
      await state.close()
      assert.equal(state.place().kept, 'memory')
      assert.deepEqual(readdirSync(home), [])
    }
    const { state, home } = await openState('state: ./here', () => 1)
    await state.close()
    assert.match(readdirSync(join(home, 'here')).join(), /^serve-[0-9a-f]{16}\.json$/)
  })
})

async function workspaceOf(context: FakeContext): ReturnType<typeof buildWorkspace> {
  const { profile } = parseProfile('version: 1\nproviders: { a: { kind: demo } }\n', 'sage.yaml')
  assert.ok(profile !== undefined)
  return buildWorkspace(context, profile, { text: '', directory: context.cwd })
}
