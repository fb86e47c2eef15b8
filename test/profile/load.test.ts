import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { SageError } from '../../src/diagnostics/errors.ts'
import type { ProfileLookup } from '../../src/profile/load.ts'
import { findProfile, readProfile, userProfilePath } from '../../src/profile/load.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'sage-load-')))
after(() => rmSync(root, { recursive: true, force: true }))

function write(path: string, content: string | Uint8Array): string {
  const full = join(root, path)
  mkdirSync(join(full, '..'), { recursive: true })
  writeFileSync(full, content)
  return full
}

const isWindows = process.platform === 'win32'

describe('readProfile', () => {
  it('reads text, without a byte order mark', async () => {
    assert.equal(await readProfile(write('plain.yaml', 'version: 1 # ü\r\n')), 'version: 1 # ü\r\n')
    assert.equal(await readProfile(write('bom.yaml', '\uFEFFversion: 1\n')), 'version: 1\n')
    assert.equal(await readProfile(write('empty.yaml', '')), '')
  })

  const refused: [what: string, code: string, make: () => string, words: RegExp][] = [
    ['a missing file', 'SAGE1001', () => join(root, 'none.yaml'), /does not exist/],
    ['a path through a file', 'SAGE1001', () => join(write('file', ''), 'sage.yaml'), /does not exist/],
    ['a directory', 'SAGE1002', () => root, /is a directory/],
    ['UTF-16', 'SAGE1002', () => write('utf16.yaml', Buffer.from('\uFEFFversion: 1', 'utf16le')), /UTF-16/],
    ['NUL bytes', 'SAGE1002', () => write('nul.yaml', 'version: 1\n\u0000'), /NUL/],
    ['Latin-1', 'SAGE1002', () => write('latin.yaml', Buffer.from('version: 1 # ü', 'latin1')), /UTF-8/],
    ['more than 1 MiB', 'SAGE1003', () => write('large.yaml', 'a'.repeat(1_048_577)), /larger than 1 MiB/],
  ]
  for (const [what, code, make, words] of refused) {
    it(`refuses ${what}`, async () => {
      await assert.rejects(readProfile(make()), (error) => {
        assert.ok(error instanceof SageError)
        assert.equal(error.code, code)
        assert.equal(error.exitCode, 2)
        assert.match(error.message, words)
        assert.notEqual(error.hint, '')
        return true
      })
    })
  }

  it('refuses a FIFO at once', { skip: isWindows && 'Windows has no FIFOs' }, async () => {
    const path = join(root, 'fifo.yaml')
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path])
    await assert.rejects(readProfile(path), { code: 'SAGE1002', message: `${path} is not a regular file` })
  })

  it('refuses a symbolic link to itself', { skip: isWindows && 'links need rights on Windows' }, async () => {
    const path = join(root, 'loop.yaml')
    symlinkSync(path, path)
    await assert.rejects(readProfile(path), { code: 'SAGE1002' })
  })

  const isRoot = process.getuid?.() === 0
  it(
    'refuses a file without permission',
    { skip: (isWindows || isRoot) && 'everything is readable here' },
    async () => {
      const path = write('locked.yaml', 'version: 1')
      chmodSync(path, 0)
      await assert.rejects(readProfile(path), { code: 'SAGE1002' })
    },
  )
})

describe('findProfile', () => {
  const home = join(root, 'home')
  const project = join(root, 'project')
  const deep = join(project, 'a', 'b')
  mkdirSync(deep, { recursive: true })
  const lookup = (more: Partial<ProfileLookup> = {}): ProfileLookup => ({
    env: {},
    cwd: deep,
    home,
    platform: 'linux',
    ...more,
  })

  it('finds nothing where nothing is', () => {
    assert.equal(findProfile(lookup()), undefined)
  })

  it("prefers the flag, the variable, the directories from here up, the user's own", () => {
    const user = write('home/.config/sage/sage.yaml', '')
    assert.deepEqual(findProfile(lookup()), { path: user, why: 'user configuration' })
    const above = write('project/sage.yaml', '')
    assert.deepEqual(findProfile(lookup()), { path: above, why: 'above the working directory' })
    const here = write('project/a/b/sage.yaml', '')
    assert.deepEqual(findProfile(lookup()), { path: here, why: 'working directory' })
    const env = { SAGE_PROFILE: user }
    assert.deepEqual(findProfile(lookup({ env })), { path: user, why: 'SAGE_PROFILE' })
    assert.deepEqual(findProfile(lookup({ env, flag: '../../sage.yaml' })), { path: above, why: '--profile' })
    assert.deepEqual(findProfile(lookup({ env: { SAGE_PROFILE: '' } }))?.path, here)
  })

  it('does not go on when the flag or the variable names what is not there', () => {
    for (const given of [{ flag: 'none.yaml' }, { flag: '' }, { env: { SAGE_PROFILE: 'none.yaml' } }]) {
      assert.throws(() => findProfile(lookup(given)), { code: 'SAGE1001', exitCode: 2 })
    }
  })

  it("knows where each platform has the user's configuration", () => {
    const at = (platform: string, env: Record<string, string> = {}): string => userProfilePath({ platform, env, home })
    assert.equal(at('linux'), join(home, '.config', 'sage', 'sage.yaml'))
    assert.equal(at('darwin', { XDG_CONFIG_HOME: join(root, 'xdg') }), join(root, 'xdg', 'sage', 'sage.yaml'))
    assert.equal(at('linux', { XDG_CONFIG_HOME: 'relative' }), join(home, '.config', 'sage', 'sage.yaml'))
    assert.equal(
      at('win32', { APPDATA: join(root, 'app'), XDG_CONFIG_HOME: root }),
      join(root, 'app', 'sage', 'sage.yaml'),
    )
    assert.equal(at('win32'), join(home, 'AppData', 'Roaming', 'sage', 'sage.yaml'))
  })
})
