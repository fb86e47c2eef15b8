import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { editObject } from '../../src/lib/json-edit.ts'
import type { JsonEdits } from '../../src/lib/json-edit.ts'
import { JsonOutline } from '../../src/lib/json-outline.ts'

interface Given {
  set?: Record<string, string>
  drop?: string[]
  rename?: Record<string, string>
}

function edit(body: string, { set = {}, drop = [], rename = {} }: Given): string {
  const edits: JsonEdits = {
    set: new Map(Object.entries(set)),
    drop: new Set(drop),
    rename: new Map(Object.entries(rename)),
  }
  return editObject(new JsonOutline(Buffer.from(body)), edits).toString('utf8')
}

const CASES: { name: string; body: string; given: Given; expected: string }[] = [
  {
    name: 'numbers, escapes, unknown fields and spaces stay as they are',
    body: '{ "temperature": 1.0, "model" : "auto",\n "seed": 9007199254740993, "x": "\\ud800\\u0041/" }',
    given: { set: { model: '"m"' } },
    expected: '{ "temperature": 1.0, "model" : "m",\n "seed": 9007199254740993, "x": "\\ud800\\u0041/" }',
  },
  {
    name: 'a model inside a message is text',
    body: '{"a":{"model":"x"},"model":"y"}',
    given: { set: { model: '"z"' } },
    expected: '{"a":{"model":"x"},"model":"z"}',
  },
  {
    name: 'every repeated key',
    body: '{"model":"a","model":"b"}',
    given: { set: { model: '"c"' } },
    expected: '{"model":"c","model":"c"}',
  },
  {
    name: 'an absent member comes first',
    body: '{"messages":[]}',
    given: { set: { model: '"m"' } },
    expected: '{"model":"m","messages":[]}',
  },
  { name: 'an empty object', body: ' { } ', given: { set: { model: '"m"' } }, expected: '{"model":"m"}' },
  {
    name: 'an escaped key',
    body: '{"mod\\u0065l":"a"}',
    given: { set: { model: '1' } },
    expected: '{"mod\\u0065l":1}',
  },
  {
    name: 'dropped members go, the others keep their bytes',
    body: '{"a": 1.0, "b":[1,  2], "c":{"a":1}}',
    given: { drop: ['b', 'nothing'] },
    expected: '{"a":1.0,"c":{"a":1}}',
  },
  {
    name: 'a renamed member keeps its value and its place',
    body: '{"x":1, "max_tokens" : 5 }',
    given: { rename: { max_tokens: 'max_completion_tokens' } },
    expected: '{"x":1, "max_completion_tokens" : 5 }',
  },
  {
    name: 'all at once',
    body: '{"a":1,"b":2,"c":3}',
    given: { set: { c: '4', d: '5' }, drop: ['a'], rename: { b: 'e', c: 'f' } },
    expected: '{"d":5,"e":2,"f":4}',
  },
  { name: 'nothing to do', body: ' {"a" : 1}\n', given: {}, expected: ' {"a" : 1}\n' },
]

for (const { name, body, given, expected } of CASES) {
  test(`json edit: ${name}`, () => {
    assert.equal(edit(body, given), expected)
  })
}

test('json edit: does to the bytes what it says it does to the object', () => {
  const names = fc.constantFrom('a', 'b', 'model', 'x"y', '__proto__', 'ü')
  fc.assert(
    fc.property(fc.dictionary(names, fc.jsonValue()), fc.jsonValue(), fc.array(names), (members, model, drop) => {
      const body = JSON.stringify(members)
      const expected = new Map(
        Object.entries(JSON.parse(body) as object).filter(([name]) => !new Set<string>(drop).has(name)),
      )
      expected.set('model', JSON.parse(JSON.stringify(model)))
      const edited = JSON.parse(edit(body, { set: { model: JSON.stringify(model) }, drop })) as object
      assert.deepEqual(new Map(Object.entries(edited)), expected)
    }),
  )
})
