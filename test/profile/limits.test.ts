import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { parseProfile } from '../../src/profile/parse.ts'

const HEAD = 'version: 1\nproviders: { a: { kind: demo } }\n'

function codes(text: string): string[] {
  return parseProfile(text, 'sage.yaml').diagnostics.map(({ code }) => code)
}

/** YAML of that many levels, in each of the ways to nest. */
const NESTINGS: Readonly<Record<string, (levels: number) => string>> = {
  'flow lists': (levels) => `x-a: ${'['.repeat(levels)}`,
  'closed flow lists': (levels) => `x-a: ${'['.repeat(levels)}${']'.repeat(levels)}`,
  'flow maps': (levels) => `x-a: ${'{a: '.repeat(levels)}`,
  'block lists': (levels) => `x-a:\n ${'- '.repeat(levels)}a`,
  'explicit keys': (levels) => `x-a:\n ${'? '.repeat(levels)}a`,
  'block maps': (levels) =>
    `x-a:\n${Array.from({ length: Math.min(levels, 1000) }, (_, level) => `${' '.repeat(level + 1)}a:\n`).join('')}`,
}

describe('limits of a profile', () => {
  for (const [name, nest] of Object.entries(NESTINGS)) {
    it(`refuses ${name} of 129 levels and of 200,000`, () => {
      for (const levels of [129, 5000, 200_000]) assert.deepEqual(codes(HEAD + nest(levels)), ['SAGE1003'])
    })
  }

  it('takes a hundred levels', () => {
    assert.deepEqual(codes(`${HEAD}x-a: ${'['.repeat(100)}${']'.repeat(100)}`), [])
  })

  it('refuses more than 1 MiB, counted in bytes', () => {
    assert.deepEqual(codes(`${HEAD}x-a: ${'a'.repeat(1_048_576)}`), ['SAGE1003'])
    assert.deepEqual(codes(`${HEAD}x-a: ${'ä'.repeat(600_000)}`), ['SAGE1003'])
    assert.deepEqual(codes(`${HEAD}x-a: ${'ä'.repeat(400_000)}`), [])
  })

  it('refuses more aliases than anybody needs, and those that stand for too much', () => {
    const uses = (count: number): string => `${HEAD}x-a: &a 1\nx-b: [${'*a, '.repeat(count)}]`
    assert.deepEqual(codes(uses(1000)), [])
    assert.deepEqual(codes(uses(1001)), ['SAGE1003'])
    const chain = (links: number, levels: number): string => {
      const link = (number: number): string =>
        `x-${number + 1}: &a${number + 1} ${'['.repeat(levels)}*a${number}${']'.repeat(levels)}\n`
      return `${HEAD}x-0: &a0 []\n${Array.from({ length: links }, (_, number) => link(number)).join('')}`
    }
    assert.deepEqual(codes(chain(100, 1)), [])
    assert.deepEqual(codes(chain(10, 100)), [])
    assert.deepEqual(codes(chain(200, 1)), ['SAGE1003'])
    assert.deepEqual(codes(chain(900, 100)), ['SAGE1003'])
  })

  it('copes with very many unknown keys', () => {
    const keys = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1\n`).join('')
    assert.equal(codes(HEAD + keys).length, 30_000)
  })

  it('copes with many patterns over many models', () => {
    const models = Array.from({ length: 5000 }, (_, index) => `m${index}`).join(', ')
    const globs = Array.from({ length: 900 }, (_, index) => `"*${index}*x"`).join(', ')
    const rules = Array.from(
      { length: 60 },
      (_, index) => `{ name: r${index}, when: { min_tokens: ${1000 - index} }, prefer: [${globs}] }`,
    )
    const text = `version: 1\nproviders: { a: { kind: ollama, models: [${models}] } }\npolicies: { auto: { rules: [${rules.join(', ')}] } }`
    const found = parseProfile(text, 'sage.yaml')
    assert.ok(found.profile)
    assert.deepEqual(new Set(found.diagnostics.map(({ code }) => code)), new Set(['SAGE1023']))
  })

  it('survives 300 profiles of 20,000 levels, which would abort the process inside the YAML parser', () => {
    const module = pathToFileURL(join(import.meta.dirname, '..', '..', 'src', 'profile', 'parse.ts')).href
    const script = `
      const { parseProfile } = await import(${JSON.stringify(module)})
      const texts = ['['.repeat(20000), '- '.repeat(20000), '{a: '.repeat(20000)]
      let refused = 0
      for (let round = 0; round < 300; round++) refused += parseProfile(texts[round % 3], 'x').diagnostics.length
      process.stdout.write(String(refused))`
    const child = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      encoding: 'utf8',
      cwd: join(import.meta.dirname, '..', '..'),
    })
    assert.equal(child.signal, null)
    assert.equal(child.stderr, '')
    assert.equal(child.stdout, '300')
    assert.equal(child.status, 0)
  })
})
