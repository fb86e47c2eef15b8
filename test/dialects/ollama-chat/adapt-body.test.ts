import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import { editObject } from '../../../src/lib/json-edit.ts'
import { outlineOf, type Json } from './support.ts'

function adapted(body: Json, names?: string[]): string {
  const outline = outlineOf(body)
  const edits = ollamaProvider.adaptBody?.(outline, names === undefined ? {} : { drop_parameters: names }, 'm')
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
})
