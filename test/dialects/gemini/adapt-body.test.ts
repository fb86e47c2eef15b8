// Bodies that pass on in their own dialect: Gemini 3 wants a signature at the first call of each step of the current turn.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { geminiProvider } from '../../../src/dialects/gemini/index.ts'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import { editObject } from '../../../src/lib/json-edit.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'
import { geminiViolations } from '../../helpers/wire-rules/gemini.ts'
import type { Json } from '../../helpers/grid-json.ts'

function passOn(body: string, model: string, quirks: Quirks = {}): string {
  const outline = new JsonOutline(Buffer.from(body))
  const edits = geminiProvider.adaptBody?.(outline, { model, quirks, inputTokens: 0 })
  assert.ok(edits !== undefined)
  return editObject(outline, edits).toString('utf8')
}

const USER = '{"role":"user", "parts":[{"text":"go"}]}'
const CALL =
  '{"role":"model","parts":[{"text":"I look."},{"functionCall":{"name":"a","args":{}}},{"functionCall":{"name":"b"}}]}'
const RESULTS =
  '{"role":"user","parts":[{"functionResponse":{"name":"a","response":{}}},{"functionResponse":{"name":"b","response":{}}}]}'
const LOOP = `{"contents":[${USER},${CALL},${RESULTS}], "store":false}`

test('the first call of a step gets a stand-in, and the provider takes the request', () => {
  const body = passOn(LOOP, 'gemini-3-flash-preview')
  assert.equal(body.split('"thoughtSignature":"skip_thought_signature_validator"').length, 2)
  assert.deepEqual(geminiViolations(JSON.parse(body) as Json, 'gemini-3-flash-preview'), [])
  assert.match(String(geminiViolations(JSON.parse(LOOP) as Json, 'gemini-3-flash-preview')[0]), /missing a thought/)
})

const SAME: Record<string, [body: string, model: string]> = {
  'a model of an older generation': [LOOP, 'gemini-2.5-pro'],
  'a signature that is there': [
    LOOP.replace('{"name":"a","args":{}}}', '{"name":"a"},"thoughtSignature":"c2ln"}'),
    'gemini-3-pro',
  ],
  'a signature in snake case': [
    LOOP.replace('{"name":"a","args":{}}}', '{"name":"a"},"thought_signature":"c2ln"}'),
    'gemini-3-pro',
  ],
  'a turn that is over': [LOOP.replace(`${RESULTS}]`, `${RESULTS},${USER}]`), 'gemini-3-pro'],
  'no calls': [`{"contents":[${USER}]}`, 'gemini-3-pro'],
  'contents that are none': ['{"contents":{"parts":[]}}', 'gemini-3-pro'],
}

for (const [name, [body, model]] of Object.entries(SAME)) {
  test(`${name}: the bytes stay`, () => {
    assert.equal(passOn(body, model), body)
  })
}

test('a quirk removes what is not needed', () => {
  const quirks = { drop_parameters: ['store', 'contents'] }
  assert.equal(passOn(`{"contents":[${USER}],"store":false}`, 'gemini-2.5-pro', quirks), `{"contents":[${USER}]}`)
})
