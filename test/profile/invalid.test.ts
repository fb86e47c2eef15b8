// Every file of fixtures/profiles/invalid has a mistake, and beside it what sage says about it.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CODES } from '../../src/diagnostics/codes.ts'
import { formatDiagnostics } from '../../src/diagnostics/format.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { matchFile } from '../helpers/match-file.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'profiles', 'invalid')
const cases = readdirSync(FOLDER).filter((name) => name.endsWith('.yaml'))
/** Found before there is any text (test/profile/load.test.ts has them), or in the lock file beside the profile. */
const WITHOUT_TEXT = ['SAGE1001', 'SAGE1002', 'SAGE1040']

describe('mistakes in a profile', () => {
  const seen = new Set<string>(WITHOUT_TEXT)
  for (const name of cases) {
    it(name.replace('.yaml', '').replaceAll('-', ' '), () => {
      const text = readFileSync(join(FOLDER, name), 'utf8')
      const { profile, diagnostics } = parseProfile(text, name)
      const output = formatDiagnostics(diagnostics, text, { color: false })
      for (const { code } of diagnostics) seen.add(code)
      assert.notEqual(diagnostics.length, 0)
      assert.equal(
        profile === undefined,
        diagnostics.some(({ severity }) => severity === 'error'),
      )
      assert.doesNotMatch(output, /hunter2|credential\b.*two parts|a-secret-of-mine/)
      assert.doesNotMatch(JSON.stringify(diagnostics), /hunter2|a-secret-of-mine/)
      matchFile(join(FOLDER, name.replace(/yaml$/, 'txt')), output)
    })
  }

  it('has a fixture for every code', () => {
    const wanted = Object.keys(CODES).filter((code) => code.startsWith('SAGE1'))
    assert.deepEqual([...seen].sort(), wanted.sort())
  })
})

describe('diagnostics', () => {
  it('come in the order of the source, each with a place inside it', () => {
    for (const name of cases) {
      const text = readFileSync(join(FOLDER, name), 'utf8')
      const lines = text.split('\n')
      const { diagnostics } = parseProfile(text, name)
      const places = diagnostics.map(({ line, column }) => line * 10_000 + column)
      assert.deepEqual(
        places,
        places.toSorted((a, b) => a - b),
        name,
      )
      for (const { line, column, endColumn, endLine } of diagnostics) {
        assert.ok(line >= 1 && line <= lines.length, `${name}: line ${line}`)
        assert.ok(column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1, `${name}:${line}: column ${column}`)
        assert.ok(endLine !== undefined || endColumn > column, `${name}:${line}:${column}`)
      }
    }
  })

  it('point at the same places when the file has a byte order mark and CRLF', () => {
    for (const name of cases) {
      const text = readFileSync(join(FOLDER, name), 'utf8')
      const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`
      const places = (source: string): string[] =>
        parseProfile(source, name).diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`)
      assert.deepEqual(places(windows), places(text), name)
    }
  })
})
