import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import { parseDotenv } from '../../src/secrets/dotenv.ts'
import type { SecretSources } from '../../src/secrets/resolve-reference.ts'
import { resolveReference } from '../../src/secrets/resolve-reference.ts'

const HOME = join('/', 'home', 'me')
const files: Readonly<Record<string, string>> = {
  '/keys/plain': 'from-file\n',
  [join(HOME, '.keys', 'mine')]: '  from-home\r\n',
  '/keys/empty': ' \n',
  '/keys/two-lines': 'one\ntwo\n',
}
const sources: SecretSources = {
  env: { KEY: ' from-env ', EMPTY: '', UNSET: undefined },
  home: HOME,
  readFile: (path) => {
    const text = files[path]
    if (text === undefined) throw Object.assign(new Error(`no such file, ${path}`), { code: 'ENOENT' })
    return text
  },
}

describe('resolveReference', () => {
  const found: [reference: string, value: string][] = [
    ['env:KEY', 'from-env'],
    ['file:/keys/plain', 'from-file'],
    ['file:~/.keys/mine', 'from-home'],
  ]
  for (const [reference, value] of found) {
    it(`finds ${reference}, and does not show it`, () => {
      const { secret } = resolveReference(reference, sources)
      assert.equal(secret?.reveal(), value)
      assert.equal(secret?.reference, reference)
      const shown = [String(secret), JSON.stringify({ secret }), inspect(secret, { showHidden: true, depth: 9 })].join(
        ' ',
      )
      assert.doesNotMatch(shown, new RegExp(value))
    })
  }

  const missing: [reference: string, problem: string][] = [
    ['env:NONE', 'environment variable NONE is not set'],
    ['env:UNSET', 'environment variable UNSET is not set'],
    ['env:toString', 'environment variable toString is not set'],
    ['env:EMPTY', 'environment variable EMPTY is empty'],
    ['file:/keys/none', 'file /keys/none cannot be read (ENOENT)'],
    ['file:/keys/empty', 'file /keys/empty is empty'],
    ['file:/keys/two-lines', 'file /keys/two-lines holds more than one line or a control character'],
    ['sk-inline', 'a key must be given as env:NAME or file:path'],
  ]
  for (const [reference, problem] of missing) {
    it(`says why there is no ${reference}`, () => {
      assert.deepEqual(resolveReference(reference, sources), { problem })
    })
  }
})

describe('parseDotenv', () => {
  it('reads names and values as Node does', () => {
    const text = '\uFEFF# keys\nA=1\nexport B="two words" # comment\nC=\'a#b\'\nD=\n\nE=x=y\n'
    assert.deepEqual(parseDotenv(text), { A: '1', B: 'two words', C: 'a#b', D: '', E: 'x=y' })
  })
})
