import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isListed, listedModels } from '../../src/doctor/listed-models.ts'

const LISTS: [name: string, body: unknown, ids: string[] | undefined][] = [
  ['OpenAI', { object: 'list', data: [{ id: 'gpt-5.4' }, { id: 'o3' }] }, ['gpt-5.4', 'o3']],
  [
    'Anthropic',
    { data: [{ type: 'model', id: 'claude-sonnet-4-5-20250929' }], has_more: false },
    ['claude-sonnet-4-5-20250929'],
  ],
  ['Anthropic, with another page', { data: [{ id: 'a' }], has_more: true }, undefined],
  ['Gemini', { models: [{ name: 'models/gemini-2.5-flash' }] }, ['gemini-2.5-flash']],
  ['Gemini, with another page', { models: [{ name: 'models/a' }], nextPageToken: 'x' }, undefined],
  ['Ollama', { models: [{ name: 'qwen3:latest', model: 'qwen3:latest' }] }, ['qwen3:latest']],
  ['an empty one', { data: [] }, undefined],
  ['an error', { error: { message: 'no' } }, undefined],
  ['entries without names', { data: [1, null, { id: 7 }, { id: 'a' }] }, ['a']],
]

describe('listedModels', () => {
  for (const [name, body, ids] of LISTS) {
    it(`reads the list of ${name}`, () => {
      const found = listedModels(JSON.stringify(body))
      assert.deepEqual(found === undefined ? undefined : [...found], ids)
    })
  }

  it('takes any text without an exception', () => {
    assert.equal(listedModels('<html>'), undefined)
    fc.assert(fc.property(fc.json(), (text) => void listedModels(text)))
  })
})

describe('isListed', () => {
  const listed = new Set(['claude-sonnet-4-5-20250929', 'gpt-5.4-mini', 'gpt-4o-2024-08-06', 'qwen3:latest'])
  const rows: [id: string, isThere: boolean][] = [
    ['claude-sonnet-4-5-20250929', true],
    ['claude-sonnet-4-5', true],
    ['claude-sonnet-4-5-latest', true],
    ['gpt-4o', true],
    ['qwen3', true],
    ['gpt-5.4', false],
    ['claude', false],
    ['gpt', false],
  ]
  for (const [id, isThere] of rows)
    it(`${isThere ? 'knows' : 'misses'} ${id}`, () => assert.equal(isListed(listed, id), isThere))
})
