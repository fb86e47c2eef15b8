// Whatever is done to a profile: it is read, or there is an error with a place; never an exception.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatDiagnostics } from '../../src/diagnostics/format.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { applyEdits, edit, mutate, mutation } from '../helpers/mutate-profile.ts'

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'profiles', 'valid')
const sources = ['full.yaml', 'minimal.yaml'].map((name) => readFileSync(join(FOLDER, name), 'utf8'))

function check(text: string): void {
  const { profile, diagnostics } = parseProfile(text, 'x.yaml')
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  assert.equal(profile === undefined, errors.length > 0)
  for (const { line, column, message } of diagnostics) {
    assert.ok(line >= 1 && column >= 1)
    assert.notEqual(message, '')
  }
  for (const color of [false, true])
    assert.equal(formatDiagnostics(diagnostics, text, { color }) === '', diagnostics.length === 0)
}

describe('a damaged profile', () => {
  it('with nodes dropped, renamed, retyped, doubled or moved is read or refused', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...sources),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        (source, mutations) => {
          check(mutate(source, mutations))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('with characters cut out or put in is read or refused', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(edit, { minLength: 1, maxLength: 4 }), (source, edits) => {
        check(applyEdits(source, edits))
      }),
      { numRuns: 1000 },
    )
  })

  it('of no sense at all is read or refused', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), check), { numRuns: 300 })
    fc.assert(fc.property(fc.json(), check), { numRuns: 300 })
  })
})
