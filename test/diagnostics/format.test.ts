import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts'
import { byPosition, hasErrors, toJson } from '../../src/diagnostics/diagnostic.ts'
import { formatDiagnostics } from '../../src/diagnostics/format.ts'

function diagnostic(more: Partial<Diagnostic> = {}): Diagnostic {
  const place = { file: 'sage.yaml', line: 2, column: 3, endColumn: 7 }
  return {
    code: 'SAGE1011',
    severity: 'error',
    message: 'unknown key "prot"',
    hint: 'did you mean "port"?',
    ...place,
    ...more,
  }
}

const SOURCE = 'serve:\n  prot: 8790\n  host: 127.0.0.1\n'
const plain = (list: Diagnostic[], source: string): string => formatDiagnostics(list, source, { color: false })

describe('formatDiagnostics', () => {
  it('shows place, code, message, source with a caret, and hint', () => {
    assert.equal(
      plain([diagnostic()], SOURCE),
      `sage.yaml:2:3: error SAGE1011: unknown key "prot"
  1 | serve:
> 2 |   prot: 8790
    |   ^^^^
  3 |   host: 127.0.0.1
  hint: did you mean "port"?
`,
    )
  })

  it('colours when told to, whatever the terminal, and says the same', () => {
    const colored = formatDiagnostics([diagnostic(), diagnostic({ severity: 'warning' })], SOURCE, { color: true })
    assert.ok(colored.includes('\u001b[31m'))
    assert.ok(colored.includes('\u001b[33m'))
    assert.equal(stripVTControlCharacters(colored), plain([diagnostic(), diagnostic({ severity: 'warning' })], SOURCE))
    assert.equal(plain([diagnostic()], SOURCE).includes('\u001b'), false)
  })

  it('falls back to the hint of the code', () => {
    const { hint: _, ...bare } = diagnostic()
    assert.match(plain([bare], SOURCE), /hint: remove the key; your own keys start with `x-`/)
  })

  it('says nothing about nothing', () => {
    assert.equal(plain([], SOURCE), '')
  })

  it('cuts long lines around the place', () => {
    const source = `${'a'.repeat(100_000)}HERE${'b'.repeat(100_000)}\n`
    const text = plain([diagnostic({ line: 1, column: 100_001, endColumn: 100_005 })], source)
    const lines = text.split('\n')
    assert.ok(lines.every((line) => line.length < 160))
    const caret = lines.find((line) => line.includes('^^^^')) ?? ''
    assert.equal(lines[1]?.slice(caret.indexOf('^'), caret.indexOf('^') + 4), 'HERE')
  })

  it('lets no control character of the source or the message through', () => {
    const source = 'a: "\u001b]0;owned\u0007\u009b31m\u202e"\n'
    const text = plain(
      [diagnostic({ line: 1, column: 1, endColumn: 2, message: 'bad \u001b[2J name', hint: '\u001b[2J' })],
      source,
    )
    // oxlint-disable-next-line no-control-regex
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })

  it('copes with places outside of the source', () => {
    for (const line of [1, 3, 99])
      assert.match(plain([diagnostic({ line, column: 50, endColumn: 51 })], 'a\n'), /SAGE1011/)
    assert.match(plain([diagnostic({ line: 1, column: 1, endColumn: 2 })], ''), /SAGE1011/)
  })

  it('shows thirty frames, a hundred lines and counts the rest', () => {
    const text = plain(
      Array.from({ length: 140 }, () => diagnostic()),
      SOURCE,
    )
    assert.equal(text.match(/\^\^\^\^/g)?.length, 30)
    assert.equal(text.match(/error SAGE1011/g)?.length, 100)
    assert.match(text, /… and 40 more\n$/)
  })

  it('hides credentials, in the frames of other mistakes too', () => {
    const source = `providers:
  a: { kind: anthropic, key: hunter2, local: yes }
  b:
    "key": 'hunter2'
    api_key: hunter2 and, more # why
    keys:
      # mine
      - hunter2

      - env:FINE
      - hunter2, two
    keys: [hunter2, "hunter2, hunter2", env:FINE] # all
    token: "hunter2
  hunter2"
    # an old one: sk-hunter2hunter2hunter2
    max_tokens: 5
    key: env:FINE
`
    const list = source.split('\n').map((_, line) => diagnostic({ line: line + 1, column: 3, endColumn: 4 }))
    list.push(diagnostic({ line: 13, column: 12, endLine: 14, endColumn: 11, secret: true }))
    const text = plain(list, source)
    assert.doesNotMatch(text, /hunter2/)
    assert.match(text, /local: yes \}/)
    assert.match(text, /- env:FINE/)
    assert.match(text, /, env:FINE\] # all/)
    assert.match(text, /max_tokens: 5/)
    assert.match(text, /\| {5}key: env:FINE/)
  })
})

describe('masking', () => {
  it('is linear: text made to slow an expression down does not', () => {
    const pieces = [
      '-',
      '- ',
      'eyJ-',
      'eyJaaaaaaaa.',
      'a-api',
      'key: ',
      'key ',
      ' ',
      'sk-',
      'Bearer ',
      '"',
      "key: '",
      'keys: [',
      '# ',
      'AKIA',
    ]
    for (const piece of pieces) {
      for (const end of ['', 'x', ' x']) {
        const source = `key: x${piece.repeat(200_000 / piece.length)}${end}`
        const text = plain([diagnostic({ line: 1, column: 1, endColumn: 2 })], source)
        assert.ok(text.length < 1000)
      }
    }
  })
})

describe('toJson', () => {
  it('has what is documented and nothing else', () => {
    const { hint: _, ...bare } = diagnostic({ secret: true, endLine: 4 })
    const place = { file: 'sage.yaml', line: 2, column: 3, endColumn: 7 }
    assert.deepEqual(toJson([bare]), [{ code: 'SAGE1011', severity: 'error', message: 'unknown key "prot"', ...place }])
    assert.equal(toJson([diagnostic()])[0]?.hint, 'did you mean "port"?')
  })
})

describe('order and severity', () => {
  it('go by line, column, then errors first', () => {
    const list = [
      diagnostic({ line: 3 }),
      diagnostic({ severity: 'warning' }),
      diagnostic(),
      diagnostic({ column: 1 }),
    ].sort(byPosition)
    assert.deepEqual(
      list.map(({ line, column, severity }) => [line, column, severity]),
      [
        [2, 1, 'error'],
        [2, 3, 'error'],
        [2, 3, 'warning'],
        [3, 3, 'error'],
      ],
    )
    assert.equal(hasErrors(list), true)
    assert.equal(hasErrors([diagnostic({ severity: 'warning' })]), false)
  })
})
