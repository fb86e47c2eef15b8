import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { CODES } from '../../src/diagnostics/codes.ts'

const SRC = join(import.meta.dirname, '..', '..', 'src')
const TABLE = join('diagnostics', 'codes.ts')

const used = new Set(
  readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== TABLE)
    .flatMap((name) => readFileSync(join(SRC, name), 'utf8').match(/(?<=')SAGE\d{4}(?=')/g) ?? []),
)

describe('the table of codes', () => {
  it('has every code that is used, and none that is not', () => {
    assert.deepEqual([...used].sort(), Object.keys(CODES).sort())
  })

  it('has a title and a hint for each, in order, no title twice', () => {
    const titles = Object.values(CODES).map(({ title }) => title)
    assert.equal(new Set(titles).size, titles.length)
    for (const [code, { title, hint }] of Object.entries(CODES)) {
      assert.match(code, /^SAGE[1-4]\d{3}$/)
      assert.match(title, /^[A-Z].*[^.]$/)
      assert.match(hint, /^[a-z].*[^.]$/)
    }
    assert.deepEqual(Object.keys(CODES), Object.keys(CODES).sort())
  })
})
