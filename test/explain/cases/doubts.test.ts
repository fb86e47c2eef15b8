import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { doubtsOf } from '../../../src/explain/cases/doubts.ts'
import { readCases } from '../../../src/explain/cases/read-cases.ts'

const HOLDS = 'is empty and holds of every decision'

describe('doubts about cases', () => {
  const cases: [name: string, lines: object[], doubts: string[]][] = [
    ['no expectation', [{ prompt: 'hi' }, { id: 'a', prompt: 'hi' }], []],
    ['one that says something', [{ id: 'a', prompt: 'hi', expect: { not: ['groq/*'], local: true } }], []],
    ['an empty one', [{ id: 'a', prompt: 'hi', expect: {} }], [`c.jsonl:1: case a: \`expect\` ${HOLDS}`]],
    ['an empty one without a name', [{ prompt: 'hi', expect: {} }], [`c.jsonl:1: this case: \`expect\` ${HOLDS}`]],
    [
      'empty lists beside what says something',
      [{ id: 'a', prompt: 'hi', expect: { rule: 'code', not: [], chain: [], dropped: {} } }],
      ['chain', 'not', 'dropped'].map((key) => `c.jsonl:1: case a: \`expect.${key}\` ${HOLDS}`),
    ],
    [
      'an id that was taken',
      [{ id: 'a', prompt: 'hi' }, { prompt: 'hi' }, { prompt: 'hi' }, { name: 'a', prompt: 'ho' }],
      ['c.jsonl:4: case a: another one at c.jsonl:1 has that id, no report can tell them apart'],
    ],
  ]
  for (const [name, lines, doubts] of cases) {
    it(name, () => {
      const text = lines.map((line) => JSON.stringify(line)).join('\n')
      const { cases: found, diagnostics } = readCases(text, 'c.jsonl', 'jsonl')
      assert.deepEqual(diagnostics, [])
      assert.deepEqual(doubtsOf(found), doubts)
    })
  }
})
