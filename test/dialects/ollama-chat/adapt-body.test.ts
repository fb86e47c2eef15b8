import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import type { EncodeTarget } from '../../../src/dialects/types.ts'
import { editObject } from '../../../src/lib/json-edit.ts'
import { outlineOf, type Json } from './support.ts'

function adapted(body: Json, names: string[] = [], change: Partial<EncodeTarget> = {}): string {
  const outline = outlineOf(body)
  const target = { model: 'm', quirks: { drop_parameters: names }, inputTokens: 100, ...change }
  const edits = ollamaProvider.adaptBody?.(outline, target)
  assert.ok(edits)
  return editObject(outline, edits).toString()
}

describe('a body that is passed on', () => {
  const body = { model: 'm', messages: [], think: true, options: { num_ctx: 8192, seed: 1 } }
  const table: [name: string, names: string[] | undefined, expected: Json][] = [
    ['stays as it is', undefined, body],
    ['loses nothing that it does not have', ['shift', 'mirostat'], body],
    ['loses what is refused at the top', ['think'], { model: 'm', messages: [], options: body.options }],
    ['loses what is refused in its options', ['seed'], { ...body, options: { num_ctx: 8192 } }],
    ['loses all options', ['options', 'seed'], { model: 'm', messages: [], think: true }],
    ['keeps what makes it a request', ['model', 'messages', 'stream'], body],
  ]
  for (const [name, names, expected] of table) {
    it(name, () => assert.equal(adapted(body, names), JSON.stringify(expected)))
  }

  it('may have options of any kind', () => {
    assert.equal(adapted({ options: null }, ['seed']), '{"options":null}')
  })

  const plain = { model: 'm', messages: [] }
  const sizes: [name: string, body: Json, change: Partial<EncodeTarget>, numCtx: number | undefined][] = [
    ['fits the default', plain, { inputTokens: 2000 }, undefined],
    ['does not fit', plain, { inputTokens: 2500 }, 8192],
    ['is long', plain, { inputTokens: 20_000 }, 32_768],
    ['is longer than the model', plain, { inputTokens: 20_000, context: 16_000 }, 16_000],
    ['asks for a long answer', { ...plain, options: { num_predict: 4000 } }, { inputTokens: 100 }, 8192],
    ['says how much it needs itself', { ...plain, options: { num_ctx: 2048 } }, { inputTokens: 20_000 }, 2048],
    ['is for the cloud', plain, { inputTokens: 20_000, model: 'gpt-oss:120b-cloud' }, undefined],
  ]
  for (const [name, asked, change, numCtx] of sizes) {
    it(`tells the size of its context when it must: ${name}`, () => {
      const given = (asked['options'] ?? {}) as Json
      const options = numCtx === undefined ? given : { ...given, num_ctx: numCtx }
      const expected = Object.keys(options).length === 0 ? asked : { ...asked, options }
      assert.deepEqual(JSON.parse(adapted(asked, [], change)), expected)
      if (numCtx === given['num_ctx']) assert.equal(adapted(asked, [], change), JSON.stringify(asked))
    })
  }

  it('tells no size to a server that refuses it', () => {
    assert.equal(adapted(plain, ['num_ctx'], { inputTokens: 20_000 }), JSON.stringify(plain))
  })
})
