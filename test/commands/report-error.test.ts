import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reportError } from '../../src/commands/report-error.ts'
import { ProfileError, SageError, UsageError } from '../../src/diagnostics/errors.ts'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { fakeContext } from '../helpers/context.ts'
import type { FakeContext } from '../helpers/context.ts'

const MISTAKE: Diagnostic = {
  code: 'SAGE1011',
  severity: 'error',
  message: 'unknown key "prot"',
  hint: 'did you mean "port"?',
  file: 'sage.yaml',
  line: 1,
  column: 1,
  endColumn: 5,
}

const KNOWN: [name: string, error: Error, exitCode: number, code: string, text: string][] = [
  ['usage', new UsageError('no such thing', 'try another'), 2, 'SAGE4001', 'error: no such thing\nhint: try another\n'],
  [
    'a taken port',
    new SageError('SAGE4002', 'taken', { hint: 'use --port' }),
    3,
    'SAGE4002',
    'error: taken\nhint: use --port\n',
  ],
  ['a missing file', new SageError('SAGE1001', 'none', { exitCode: 2 }), 2, 'SAGE1001', 'error: none\nhint: '],
  ['a profile', new ProfileError([MISTAKE], 'prot: 1\n'), 2, 'SAGE1011', 'sage.yaml:1:1: error SAGE1011: unknown key'],
]

function report(error: unknown, ...argv: string[]): { context: FakeContext; code: number } {
  const context = fakeContext(argv)
  return { context, code: reportError(error, context) }
}

describe('reportError', () => {
  for (const [name, error, exitCode, , text] of KNOWN) {
    it(`tells ${name} in a few lines on stderr`, () => {
      const { context, code } = report(error)
      assert.deepEqual([code, context.out()], [exitCode, ''])
      assert.ok(context.err().startsWith(text), context.err())
      assert.doesNotMatch(context.err(), /^ +at /m)
    })
  }

  for (const argv of [['--json'], ['--format', 'json'], ['--format=json'], ['--log-format', 'json']]) {
    for (const [name, error, exitCode, errorCode] of KNOWN) {
      it(`tells ${name} as JSON on stdout with ${argv.join(' ')}`, () => {
        const { context, code } = report(error, ...argv)
        assert.deepEqual([code, context.err()], [exitCode, ''])
        const document = JSON.parse(context.out()) as { version: number; error: Record<string, unknown> }
        assert.equal(document.version, 1)
        assert.deepEqual(Object.keys(document.error), ['code', 'message', 'hint', 'diagnostics'])
        assert.equal(document.error['code'], errorCode)
        assert.equal((document.error['diagnostics'] as unknown[]).length, error instanceof ProfileError ? 1 : 0)
      })
    }
  }

  it('does not take what follows -- for a flag', () => {
    assert.equal(report(new UsageError('x'), 'explain', '--', '--json').context.out(), '')
  })

  it('tells a bug with its stack, and says that it is one', () => {
    const { context, code } = report(new TypeError('x is not a function'))
    assert.equal(code, 3)
    assert.match(
      context.err(),
      /^TypeError: x is not a function\n +at [^]*\nthis is a bug in sage \(sage 0\.0\.0, linux\)/,
    )
    const { error } = JSON.parse(report(new TypeError('x'), '--json').context.out()) as { error: { code: string } }
    assert.equal(error.code, 'SAGE4000')
  })

  it('tells what was thrown even when it is no error', () => {
    assert.match(report('just text').context.err(), /^just text\nthis is a bug/)
  })

  it('has colour only where the stream has', () => {
    const context = fakeContext([], { colorDepth: 8 })
    reportError(new UsageError('x'), context)
    assert.ok(context.err().startsWith('\u001b[31merror\u001b[39m: x\n'))
    const plain = fakeContext(['--no-color'], { colorDepth: 8 })
    reportError(new UsageError('x'), plain)
    assert.ok(plain.err().startsWith('error: x\n'))
  })

  it('shows the stack of a known error when SAGE_DEBUG is set', () => {
    const context = fakeContext([], { env: { SAGE_DEBUG: '1' } })
    reportError(new UsageError('x'), context)
    assert.match(context.err(), /\n +at /)
  })
})
