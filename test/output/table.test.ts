import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { table, wrap } from '../../src/output/table.ts'

const HEAD = ['#', 'target', 'why']

describe('table', () => {
  it('lines up columns, without trailing space', () => {
    const text = table(
      [
        ['1', 'a/b', 'first'],
        ['10', 'long/name', ''],
      ],
      { head: HEAD, align: ['right'], width: 80, indent: '  ' },
    )
    assert.equal(
      text,
      [' #  target     why', ' 1  a/b        first', '10  long/name'].map((line) => `  ${line}`).join('\n'),
    )
  })

  it('breaks the last column where the terminal ends', () => {
    const why = 'words that do not all fit on one line of this terminal'
    const text = table([['1', 'a/b', why]], { head: HEAD, width: 40 })
    assert.ok(text.split('\n').every((line) => line.length <= 40))
    assert.equal(text.replace(/\s+/g, ' '), `# target why 1 a/b ${why}`)
  })

  it('counts wide characters as two columns', () => {
    const rows = [
      ['1', '日本', 'x'],
      ['2', 'abcd', 'y'],
    ]
    const [, first = '', second = ''] = table(rows, { head: HEAD, width: 80 }).split('\n')
    assert.equal(first.indexOf('x') + 2, second.indexOf('y'))
  })
})

describe('wrap', () => {
  const cases: [text: string, width: number, lines: string[]][] = [
    ['', 10, ['']],
    ['one two three', 7, ['one two', 'three']],
    ['unbreakable', 4, ['unbreakable']],
    ['\u001b[31mone\u001b[39m two', 7, ['\u001b[31mone\u001b[39m two']],
  ]
  for (const [text, width, lines] of cases) {
    it(`breaks ${JSON.stringify(text)} at ${width}`, () => assert.deepEqual(wrap(text, width).split('\n'), lines))
  }
})
