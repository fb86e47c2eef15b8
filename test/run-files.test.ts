// The runner itself, in a process of its own: node:test runs no files from within a test.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { pathToFileURL } from 'node:url'
import { execa } from 'execa'

const RUNNER = join(import.meta.dirname, '..', '.cache', 'test', 'test', 'run-files.js')
const HEAD = `import { test, it } from 'node:test'; import assert from 'node:assert'; import { existsSync, writeFileSync } from 'node:fs';`

interface Told {
  passed: number
  skipped: number
  failures: [file: string, texts: string[]][]
}

async function runAll(t: TestContext, sources: Record<string, string>): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'sage-runner-'))
  t.after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(folder, 'helper.js'), `${HEAD}\ntest('elsewhere', () => assert.equal(3, 4))\n`)
  const files = Object.keys(sources).map((name) => join(folder, name))
  for (const [name, source] of Object.entries(sources)) writeFileSync(join(folder, name), `${HEAD}\n${source}\n`)
  const program = [
    `import { runFiles } from ${JSON.stringify(pathToFileURL(RUNNER).href)}`,
    `const { passed, skipped, failures } = await runFiles(${JSON.stringify(files)}, { timeout: 120000 })`,
    `process.stdout.write(JSON.stringify({ passed, skipped, failures: [...failures] }))`,
  ].join('\n')
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  writeFileSync(join(folder, 'program.mjs'), program)
  const { stdout } = await execa(process.execPath, [join(folder, 'program.mjs')], { env, extendEnv: false })
  const told = JSON.parse(stdout) as Told
  return { ...told, failures: told.failures.map(([file, texts]) => [file.slice(folder.length + 1), texts]) }
}

describe('the runner of test files', () => {
  it('counts what passed and what was skipped', async (t) => {
    const told = await runAll(t, {
      'a.mjs': `test('one', () => {}); test('two', { skip: 'why' }, () => {})`,
      'b.mjs': `import { describe } from 'node:test'; describe('suite', () => { it('three', () => {}); it('four', () => {}) })`,
    })
    assert.deepEqual(told, { passed: 3, skipped: 1, failures: [] })
  })

  it('tells every way to fail, with its file', async (t) => {
    const { passed, failures } = await runAll(t, {
      'helped.mjs': `import './helper.js'`,
      'wrong.mjs': `test('wrong', () => assert.equal(1, 2)); test('right', () => {})`,
      'empty.mjs': ``,
      'throws.mjs': `throw new Error('at its start')`,
      'exits.mjs': `test('right', () => {}); setTimeout(() => process.exit(3), 50); test('late', () => new Promise(() => setTimeout(() => {}, 60000)))`,
    })
    const texts = Object.fromEntries(failures.map(([file, all]) => [file, all.join('\n')]))
    assert.deepEqual(Object.keys(texts).toSorted(), ['empty.mjs', 'exits.mjs', 'helped.mjs', 'throws.mjs', 'wrong.mjs'])
    assert.match(texts['wrong.mjs'] ?? '', /✖ wrong\n[^]*1 == 2/)
    assert.match(texts['helped.mjs'] ?? '', /✖ elsewhere\n[^]*3 == 4/)
    assert.equal(texts['empty.mjs'], 'it has no test')
    assert.match(texts['throws.mjs'] ?? '', /test failed|exit/i)
    assert.ok(passed >= 1)
  })
})
