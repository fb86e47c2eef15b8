import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parse } from 'yaml'
import { EMPTY_LOCK, mergeLock } from '../../../src/catalog/lock/merge.ts'
import { readLines } from '../../../src/catalog/lock/read-lines.ts'
import { readLock } from '../../../src/catalog/lock/read.ts'
import type { ReportedModel } from '../../../src/catalog/lock/types.ts'
import { lockText } from '../../../src/catalog/lock/write.ts'

const from = fc.constantFrom('/v1/models', '/api/tags', 'name', 'base_url', '/a,b', '/with space'.replace(' ', '%20'))
const said = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<{ value: Value; from: string }> =>
  fc.record({ value, from })
const price = fc.double({ min: 0, max: 1e5, noNaN: true })
const id = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 }),
  fc.constantFrom(
    '__proto__',
    'true',
    'No',
    '12',
    '1e3',
    'a:b',
    'a:',
    ':a',
    '- a',
    '"',
    '\\',
    '\u202e',
    '~',
    'null',
    '<<',
  ),
)
const model: fc.Arbitrary<ReportedModel> = fc.record(
  {
    id: id.filter((text) => !/\p{Cc}/u.test(text)),
    local: said(fc.boolean()),
    chat: said(fc.boolean()),
    capabilities: said(fc.record({ tools: fc.boolean(), vision: fc.boolean() }, { requiredKeys: [] })),
    context: said(fc.integer({ min: 1, max: 999_999_999 })),
    price: said(fc.record({ input: price, output: price })),
  },
  { requiredKeys: ['id', 'local'] },
)

describe('reading line by line', () => {
  it('gives what a YAML parser gives, for every lock that is written', () => {
    fc.assert(
      fc.property(fc.array(model, { maxLength: 8 }), fc.webUrl(), (models, baseUrl) => {
        const unique = [...new Map(models.map((each) => [each.id, each])).values()]
        const report = { provider: 'p', kind: 'openai-compatible', baseUrl, models: unique }
        const text = lockText(mergeLock(EMPTY_LOCK, [report], new Set(), '2026-09-01'))
        const read = readLines(text)
        assert.ok(read !== undefined, text)
        assert.deepEqual(read, parse(text))
        assert.equal(lockText(readLock(text)), text)
      }),
      { numRuns: 100 },
    )
  })

  const base = lockText(
    mergeLock(
      EMPTY_LOCK,
      [
        {
          provider: 'p',
          kind: 'ollama',
          baseUrl: 'http://x',
          models: [{ id: 'm:1', local: { value: true, from: 'name' } }],
        },
      ],
      new Set(),
      '2026-09-01',
    ),
  )
  const edits: [what: string, from: string | RegExp, to: string][] = [
    ['comments', 'kind: ollama', 'kind: ollama # mine'],
    ['other indentation', /^ {2}/gm, '   '],
    ['quotes', 'kind: ollama', "kind: 'ollama'"],
    ['flow style', /p:\n {4}kind: ollama\n {4}base_url: http:\/\/x/, 'p:\n    { kind: ollama, base_url: "http://x" }'],
    ['no space in braces', '{ value', '{value'],
    ['carriage returns', /\n/g, '\r\n'],
    [
      'a block fact',
      'local: { value: true, from: name, date: 2026-09-01 }',
      'local:\n          value: true\n          from: name\n          date: 2026-09-01',
    ],
  ]
  for (const [what, before, after] of edits) {
    it(`agrees with a YAML parser on ${what}, or leaves it to one`, () => {
      const text = base.replace(before, after)
      assert.notEqual(text, base)
      const read = readLines(text)
      let parsed: unknown
      try {
        parsed = parse(text)
      } catch {
        assert.equal(read, undefined)
        return
      }
      if (read !== undefined) assert.deepEqual(read, parsed)
    })
  }
})
