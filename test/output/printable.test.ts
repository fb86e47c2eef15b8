import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { jsonLine, jsonText } from '../../src/output/json.ts'
import { printable } from '../../src/output/printable.ts'

// oxlint-disable-next-line no-control-regex
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/

const CASES: [name: string, text: string, shown: string][] = [
  ['plain text', 'anthropic/claude-sonnet-4-5', 'anthropic/claude-sonnet-4-5'],
  ['other scripts', 'größe 模型 🙂', 'größe 模型 🙂'],
  ['line breaks', 'a\r\nb\tc\u2028d', 'a b c d'],
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a window title', '\u001b]0;title\u0007x', 'x'],
  ['a link', '\u001b]8;;http://evil\u001b\\x\u001b]8;;\u001b\\', 'x'],
  ['an unfinished sequence', 'x\u001b[3', 'x'],
  ['C1 controls', '\u009b31mred', 'red'],
  ['a bell and a backspace', 'a\u0007b\u0008c', 'abc'],
  ['reordering', 'abc\u202egpj.exe', 'abcgpj.exe'],
]

describe('printable', () => {
  for (const [name, text, shown] of CASES) {
    it(`shows ${name}`, () => assert.equal(printable(text), shown))
  }

  it('leaves nothing that steers a terminal', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !STEERING.test(printable(text))))
  })
})

describe('JSON output', () => {
  it('gives back every value, and nothing that steers a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const json of [jsonText({ text }), jsonLine({ text })]) {
          assert.deepEqual(JSON.parse(json), { text })
          assert.doesNotMatch(json.replaceAll('\n', ''), STEERING)
        }
      }),
    )
  })
})
