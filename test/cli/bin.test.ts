// bin/sage.js has to start on whatever there is: a build, a bare checkout, an old Node.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { runInNewContext } from 'node:vm'
import type { Result } from '../helpers/sage.ts'
import { packageRoot } from '../helpers/sources.ts'

const BIN = join(packageRoot, 'bin', 'sage.js')
const { engines } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { engines: { node: string } }

/** A package that has bin/sage.js and these files. */
function checkout(t: TestContext, files: Record<string, string>, withModules: boolean): string {
  const root = mkdtempSync(join(tmpdir(), 'sage-bin-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  const all = { 'package.json': '{"type":"module"}', ...files }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  mkdirSync(join(root, 'bin'))
  copyFileSync(BIN, join(root, 'bin', 'sage.js'))
  if (withModules) symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'), 'junction')
  return join(root, 'bin', 'sage.js')
}

function run(bin: string): Promise<Result> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr })
    })
  })
}

const SOURCE = "const text: string = 'source'\nprocess.stdout.write(text)\n"

describe('bin/sage.js', () => {
  it('runs the build when there is one', async (t) => {
    const bin = checkout(t, { 'dist/cli.js': "process.stdout.write('built')\n", 'src/cli.ts': SOURCE }, true)
    assert.deepEqual(await run(bin), { code: 0, stdout: 'built', stderr: '' })
  })

  it('runs the sources when there is no build', async (t) => {
    const bin = checkout(t, { 'src/cli.ts': SOURCE }, true)
    assert.deepEqual(await run(bin), { code: 0, stdout: 'source', stderr: '' })
  })

  it('says what to do when there is neither', async (t) => {
    const { code, stdout, stderr } = await run(checkout(t, { 'src/cli.ts': SOURCE }, false))
    assert.deepEqual([code, stdout], [3, ''])
    assert.match(stderr, /^error: dist\/ is missing and tsx is not installed: .*npm install.*\n$/)
  })

  it('tells a broken build in one line', async (t) => {
    const { code, stderr } = await run(checkout(t, { 'dist/cli.js': "import 'nowhere-to-be-found'\n" }, false))
    assert.equal(code, 3)
    assert.match(stderr, /^error: sage could not start: [^\n]*nowhere-to-be-found[^\n]*\n$/)
  })

  const versions: [version: string, runs: boolean][] = [
    ['8.17.0', false],
    ['18.20.4', false],
    ['20.18.3', false],
    ['20.19.0', true],
    ['21.7.3', false],
    ['22.11.0', false],
    ['22.12.0', true],
    ['23.0.0', true],
    ['24.1.0', true],
  ]
  for (const [version, runs] of versions) {
    it(`${runs ? 'runs' : 'refuses to run'} on Node ${version}`, () => {
      let written = ''
      const fake = {
        versions: { node: version },
        env: {},
        exitCode: 0,
        stderr: { write: (text: string) => (written += text) },
      }
      const loads: string[] = []
      // What follows the check is a dynamic import, which a script of node:vm cannot do: it is only recorded.
      const script = readFileSync(BIN, 'utf8')
        .replace(/^#!.*\n/, '')
        .replaceAll('import(', 'load(')
      const load = (path: string): Promise<void> => {
        loads.push(path)
        return Promise.resolve()
      }
      runInNewContext(script, { process: fake, load })
      assert.deepEqual(loads, runs ? ['../dist/cli.js'] : [])
      assert.equal(fake.exitCode, runs ? 0 : 3)
      assert.equal(written === '', runs)
      if (!runs) assert.match(written, /^error: sage needs Node\.js 20\.19\.0 .*22\.12\.0.*; this is [\d.]+\n$/)
    })
  }

  it('has the floor of package.json', () => assert.equal(engines.node, '^20.19.0 || >=22.12.0'))
})
