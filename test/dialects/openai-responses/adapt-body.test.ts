import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Quirks } from '../../../src/dialects/quirks.ts'
import { openaiResponsesProvider } from '../../../src/dialects/openai-responses/index.ts'
import { editObject } from '../../../src/lib/json-edit.ts'
import { outlineOf } from './support.ts'

/** The body as it reaches the provider. */
function passOn(body: string, quirks: Quirks = {}, model = 'm'): string {
  const outline = outlineOf(body)
  const edits = openaiResponsesProvider.adaptBody?.(outline, { quirks, model, inputTokens: 100 })
  assert.ok(edits !== undefined)
  return editObject(outline, edits).toString('utf8')
}

const own = '{"type":"reasoning", "id":"rs_1","summary":[],"content":null,"encrypted_content":"gAAA\\u00e9"}'
const user = '{"role":"user", "content":"hi"}'

describe('a body that is passed on', () => {
  it('keeps its bytes', () => {
    const body = `{ "model":"m", "input":[ ${own}, ${user} ], "store" : false, "tools":[], "new_field": {"a":1.0} }`
    assert.equal(passOn(body), body)
  })

  it('loses what the provider refuses', () => {
    const body =
      '{"model":"m","input":"hi","reasoning":{"effort":"low"},"parallel_tool_calls":true,"top_p":1,"store":false}'
    const quirks = { reasoning_effort: false, parallel_tool_calls: false, drop_parameters: ['top_p', 'store', 'seed'] }
    assert.equal(passOn(body, quirks), '{"model":"m","input":"hi","store":false}')
  })

  const foreign = [
    '{"type":"reasoning","id":"rs_d1_0","summary":[{"type":"summary_text","text":"of another model"}]}',
    '{"type":"reasoning","id":"rs_d1_0","summary":[],"encrypted_content":null}',
    '{"id":"rs_d1_0","type":"reasoning","summary":[],"encrypted_content":"signature:c2ln"}',
    '{"summary":[],"encrypted_content":"","id":"rs_d1_0","type":"reasoning"}',
  ]
  for (const item of foreign) {
    it(`loses reasoning that OpenAI would look up in vain: ${item.slice(0, 70)}`, () => {
      const body = `{"input":[${user},${item},${own}],"store":false}`
      const expected = item.startsWith('{"summary"') ? body : `{"input":[${user},${own}],"store":false}`
      assert.equal(passOn(body), expected)
    })
  }

  it('keeps reasoning that OpenAI stores', () => {
    const body = `{"input":[${user},${String(foreign[0])}],"store":true}`
    assert.equal(passOn(body), body)
  })

  it('loses what its model refuses', () => {
    const body =
      '{"model":"m","input":[],"temperature":0,"top_p":0.9,"reasoning":{"effort":"minimal","summary":"auto"}}'
    const adapted = '{"model":"m","input":[],"reasoning":{"effort":"low","summary":"auto"}}'
    assert.equal(passOn(body, {}, 'gpt-5.5'), adapted)
    assert.equal(passOn(body, {}, 'qwen3'), body)
  })

  it('leaves a model of OpenAI the room that it demands', () => {
    const body = '{"input":"hi","max_output_tokens":1}'
    assert.equal(passOn(body, {}, 'gpt-4.1'), '{"input":"hi","max_output_tokens":16}')
    assert.equal(passOn(body, {}, 'llama3.3'), body)
  })

  it('asks no model to reason that cannot', () => {
    const body = '{"input":[],"temperature":0,"reasoning":{"summary":"auto"},"include":["reasoning.encrypted_content"]}'
    assert.equal(passOn(body, {}, 'gpt-4.1'), '{"input":[],"temperature":0,"include":[]}')
  })
})
