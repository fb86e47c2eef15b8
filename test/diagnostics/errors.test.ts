import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CODES } from '../../src/diagnostics/codes.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { ProfileError, SageError, UsageError } from '../../src/diagnostics/errors.ts'

const diagnostic: Diagnostic = {
  code: 'SAGE1012',
  severity: 'error',
  message: 'no version',
  file: 'sage.yaml',
  line: 1,
  column: 2,
  endColumn: 3,
}

describe('errors', () => {
  it('carry code, hint, exit code and cause', () => {
    const cause = new Error('why')
    const error = new SageError('SAGE1002', 'cannot', { cause })
    assert.deepEqual([error.code, error.hint, error.exitCode, error.cause], ['SAGE1002', CODES.SAGE1002.hint, 3, cause])
    const own = new SageError('SAGE1002', 'cannot', { hint: 'do', exitCode: 2 })
    assert.deepEqual([own.hint, own.exitCode, 'cause' in own], ['do', 2, false])
  })

  it('of usage end with 2', () => {
    const error = new UsageError('what?', 'that')
    assert.ok(error instanceof SageError)
    assert.deepEqual([error.name, error.code, error.hint, error.exitCode], ['UsageError', 'SAGE4001', 'that', 2])
    assert.equal(new UsageError('what?').hint, CODES.SAGE4001.hint)
  })

  it('of the profile end with 2 and name the first error', () => {
    const warning: Diagnostic = { ...diagnostic, severity: 'warning', line: 0 }
    const error = new ProfileError([warning, diagnostic, { ...diagnostic, line: 9 }], 'text')
    assert.equal(error.message, 'sage.yaml:1:2: no version (and 1 more)')
    assert.deepEqual([error.code, error.exitCode, error.diagnostics.length], ['SAGE1012', 2, 3])
    assert.throws(() => new ProfileError([warning], 'text'), TypeError)
  })
})
