import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { spliceModel } from '../../src/gateway/splice.ts'
import { JsonOutline } from '../../src/lib/json-outline.ts'

function splice(body: string, model: string): string {
  return spliceModel(new JsonOutline(Buffer.from(body)), model, {}).toString('utf8')
}

const CASES: { name: string; body: string; model: string; expected: string }[] = [
  {
    name: 'numbers, escapes, unknown fields and spaces stay as they are',
    body: '{ "temperature": 1.0, "model" : "auto",\n "seed": 9007199254740993, "x": "\\ud800\\u0041/" }',
    model: 'm',
    expected: '{ "temperature": 1.0, "model" : "m",\n "seed": 9007199254740993, "x": "\\ud800\\u0041/" }',
  },
  { name: 'a model inside a message is text', body: '{"a":{"model":"x"},"model":"y"}', model: 'z', expected: '{"a":{"model":"x"},"model":"z"}' },
  { name: 'every repeated key', body: '{"model":"a","model":"b"}', model: 'c', expected: '{"model":"c","model":"c"}' },
  { name: 'no model', body: '{"messages":[]}', model: 'm', expected: '{"model":"m","messages":[]}' },
  { name: 'an empty object', body: ' { } ', model: 'm', expected: ' {"model":"m" } ' },
  { name: 'a model that needs escaping', body: '{"model":"a"}', model: 'a"b\\', expected: '{"model":"a\\"b\\\\"}' },
  { name: 'an escaped key', body: '{"mod\\u0065l":"a"}', model: 'b', expected: '{"mod\\u0065l":"b"}' },
]

for (const { name, body, model, expected } of CASES) {
  test(`splice: ${name}`, () => {
    assert.equal(splice(body, model), expected)
  })
}

test('splice: parses to the same object with another model', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.string(), (members, model) => {
      const body = JSON.stringify({ ...members, model: 'auto' })
      assert.deepEqual(JSON.parse(splice(body, model)), { ...(JSON.parse(body) as object), model })
    }),
  )
})
