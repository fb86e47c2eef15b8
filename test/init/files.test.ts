// What is written, where, and how it is taken back.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { findClients, findProgram } from '../../src/init/find-clients.ts'
import { realPlace } from '../../src/init/place.ts'
import { planFile, planIgnore } from '../../src/init/plan.ts'
import { readTemplates } from '../../src/init/read-templates.ts'
import { stateFolder } from '../../src/init/record.ts'
import { undoLast } from '../../src/init/undo.ts'
import { writeFiles } from '../../src/init/write-files.ts'
import { programArgs } from '../helpers/program.ts'

const IS_WINDOWS = process.platform === 'win32'
const WRITER = join(import.meta.dirname, '..', 'helpers', 'init-forever.mjs')

function folderOf(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sage-init-')))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  return folder
}

function write(path: string, text: string): string {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, text)
  return path
}

describe('writing and undoing', () => {
  it('takes back new files with their folders, and restores changed ones with their mode', async (t) => {
    const folder = folderOf(t)
    const state = join(folder, 'state')
    const old = write(join(folder, 'old'), 'before')
    if (!IS_WINDOWS) chmodSync(old, 0o640)
    const fresh = join(folder, 'a', 'b', 'fresh')
    await writeFiles(
      state,
      [
        { path: old, before: 'before', after: 'after' },
        { path: fresh, before: undefined, after: 'x' },
      ],
      'now',
    )
    assert.deepEqual([readFileSync(old, 'utf8'), readFileSync(fresh, 'utf8')], ['after', 'x'])
    if (!IS_WINDOWS) {
      assert.equal(statSync(old).mode & 0o777, 0o640)
      assert.equal(statSync(join(state, 'init-1.json')).mode & 0o777, 0o600)
      assert.equal(statSync(join(state, 'init-1', '0')).mode & 0o777, 0o600)
      assert.equal(statSync(state).mode & 0o777, 0o700)
    }
    assert.deepEqual(
      (await undoLast(state, true))?.map(({ result }) => result),
      ['removed', 'restored'],
    )
    assert.equal(readFileSync(old, 'utf8'), 'after')
    await undoLast(state, false)
    assert.equal(readFileSync(old, 'utf8'), 'before')
    assert.ok(!existsSync(join(folder, 'a')))
    assert.deepEqual(readdirSync(state), [])
    assert.equal(await undoLast(state, false), undefined)
  })

  it('leaves what was changed since, and keeps the copy of its old text', async (t) => {
    const folder = folderOf(t)
    const state = join(folder, 'state')
    const path = write(join(folder, 'file'), 'before')
    await writeFiles(state, [{ path, before: 'before', after: 'after' }], 'now')
    writeFileSync(path, 'mine')
    assert.deepEqual(await undoLast(state, false), [{ path, result: 'left' }])
    assert.equal(readFileSync(path, 'utf8'), 'mine')
    assert.equal(readFileSync(join(state, 'init-1', '0'), 'utf8'), 'before')
    await writeFiles(state, [{ path, before: 'mine', after: 'after' }], 'now')
    assert.deepEqual(readdirSync(state).sort(), ['init-1', 'init-2', 'init-2.json'])
  })

  it('undoes the runs one after the other', async (t) => {
    const folder = folderOf(t)
    const state = join(folder, 'state')
    const path = join(folder, 'file')
    await writeFiles(state, [{ path, before: undefined, after: '1' }], 'now')
    await writeFiles(state, [{ path, before: '1', after: '2' }], 'now')
    await undoLast(state, false)
    assert.equal(readFileSync(path, 'utf8'), '1')
    await undoLast(state, false)
    assert.ok(!existsSync(path))
  })

  it('a kill at any moment leaves each file with its old text or its new one, and undoing still works', async (t) => {
    const folder = folderOf(t)
    const state = join(folder, 'state')
    const paths = ['one', 'two'].map((name) => join(folder, name))
    for (let kill = 0; kill < 5; kill++) {
      const child = spawn(process.execPath, [...programArgs(WRITER), folder], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = once(child, 'close')
      await once(child.stdout, 'data')
      await sleep((kill * 37) % 23)
      child.kill('SIGKILL')
      await ended
      for (const path of paths) assert.match(readFileSync(path, 'utf8'), /^(?:(a)a{199999}|b{200000})$/)
      const undone = await undoLast(state, false)
      assert.ok(undone?.every(({ result }) => result !== 'left'))
    }
  })

  it('keeps its records in the state folder of the platform', () => {
    const given = join(tmpdir(), 'state')
    const at = (platform: string, env: Record<string, string>): string =>
      stateFolder({ platform, env, home: join('/', 'h') })
    assert.equal(at('linux', {}), join('/', 'h', '.local', 'state', 'sage'))
    assert.equal(at('linux', { XDG_STATE_HOME: given }), join(given, 'sage'))
    assert.equal(at('linux', { XDG_STATE_HOME: 'relative' }), join('/', 'h', '.local', 'state', 'sage'))
    assert.equal(at('win32', { LOCALAPPDATA: given }), join(given, 'sage'))
  })
})

describe('places', () => {
  it('are inside of the roots, links followed', { skip: IS_WINDOWS && 'links need rights there' }, (t) => {
    const folder = folderOf(t)
    const [home, outside] = [join(folder, 'home'), join(folder, 'outside')]
    write(join(outside, 'file'), 'x')
    write(join(home, 'dotfiles', 'real'), 'x')
    symlinkSync(outside, join(home, 'away'))
    symlinkSync(join(outside, 'none'), join(home, 'dangling'))
    symlinkSync(join(home, 'dotfiles', 'real'), join(home, 'link'))
    const place = (...parts: string[]): string | undefined => realPlace(join(home, ...parts), [home])
    assert.equal(place('new', 'file'), join(home, 'new', 'file'))
    assert.equal(place('link'), join(home, 'dotfiles', 'real'))
    assert.deepEqual(
      [place('away', 'file'), place('away', 'new'), place('dangling'), place('..', 'x')],
      [undefined, undefined, undefined, undefined],
    )
    const planned = planFile(join(home, 'away', 'file'), { cwd: home, home }, () => ({ text: 'y' }))
    assert.deepEqual([planned.status, planned.change], ['manual', undefined])
  })

  it('are left alone when they hold no text', (t) => {
    const home = folderOf(t)
    writeFileSync(join(home, 'binary'), Buffer.from([0xff, 0xfe, 0x00]))
    const make = (): never => assert.fail('it was read')
    assert.equal(planFile(join(home, 'binary'), { cwd: home, home }, make).status, 'manual')
    assert.equal(planFile(home, { cwd: home, home }, make).status, 'manual')
  })

  it('get a line for .env only in a repository that has none', (t) => {
    const home = folderOf(t)
    const roots = { cwd: home, home }
    assert.equal(planIgnore(home, roots), undefined)
    mkdirSync(join(home, '.git'))
    assert.equal(planIgnore(home, roots)?.change?.after, '.env\n')
    for (const [text, after] of [
      ['dist', 'dist\n.env\n'],
      ['a\r\n', 'a\r\n.env\r\n'],
      ['/.env\n', undefined],
    ] as const) {
      writeFileSync(join(home, '.gitignore'), text)
      assert.equal(planIgnore(home, roots)?.change?.after, after)
    }
  })
})

describe('clients', () => {
  it('are found by programs in the PATH and by folders in the home', (t) => {
    const home = folderOf(t)
    const bin = join(home, 'bin')
    chmodSync(write(join(bin, 'codex'), ''), 0o755)
    write(join(bin, 'aider'), '')
    chmodSync(join(bin, 'aider'), 0o644)
    mkdirSync(join(home, '.claude'))
    const machine = { env: { PATH: bin }, home, platform: 'linux' }
    const found = findClients(readTemplates(), machine).map(({ client, seen }) => [client.name, seen])
    const expected = [
      ['claude-code', join(home, '.claude')],
      ['codex', join(bin, 'codex')],
    ]
    assert.deepEqual(IS_WINDOWS ? found.filter(([name]) => name !== 'aider') : found, expected)
  })

  it('are found on Windows by the extensions of PATHEXT', (t) => {
    const home = folderOf(t)
    const path = write(join(home, 'bin', 'codex.cmd'), '')
    const env = { Path: `;${join(home, 'bin')}`, PATHEXT: '.EXE;.CMD' }
    const found = findProgram('codex', { env, home, platform: 'win32' })
    assert.equal(found?.toLowerCase(), path.toLowerCase())
    assert.equal(findProgram('codex', { env: { ...env, PATHEXT: '.EXE' }, home, platform: 'win32' }), undefined)
  })

  it('can all be found', () => {
    const without = readTemplates().filter((each) => each.role === 'client' && each.detect === undefined)
    assert.deepEqual(
      without.map(({ name }) => name),
      ['anthropic-compatible', 'ollama-compatible', 'openai-compatible'],
    )
  })
})
