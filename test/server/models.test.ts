import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listModels, listShape, modelsBody, shownEntries } from '../../src/server/models.ts'
import { catalog, model, policy, profile } from '../policy/helpers.ts'

const CATALOG = catalog([
  model('openai/gpt-5', { context: 400_000, output: 128_000 }),
  model('ollama/hf.co/org/model:Q4', {}),
])
const PROFILE = profile({ policies: [policy({ description: 'All of them.' }), policy({ name: 'fast' })] })
const ENTRIES = listModels(PROFILE, CATALOG)

test('models: policies first, then the targets, in profile order', () => {
  assert.deepEqual(
    ENTRIES.map(({ id, title, owner }) => [id, title, owner]),
    [
      ['sage/auto', 'sage auto: All of them.', 'sage'],
      ['sage/fast', 'sage fast', 'sage'],
      ['openai/gpt-5', 'gpt-5 (openai)', 'openai'],
      ['ollama/hf.co/org/model:Q4', 'hf.co/org/model:Q4 (ollama)', 'ollama'],
    ],
  )
})

test('models: a policy takes what its largest model takes', () => {
  assert.deepEqual(
    ENTRIES.map(({ context }) => context),
    [400_000, 400_000, 400_000, 100_000],
  )
})

test('models: OpenAI’s shape', () => {
  const body = modelsBody(ENTRIES, 'openai')
  assert.equal(body['object'], 'list')
  assert.deepEqual((body['data'] as unknown[])[2], {
    id: 'openai/gpt-5',
    object: 'model',
    created: 0,
    owned_by: 'openai',
    name: 'gpt-5 (openai)',
    context_length: 400_000,
  })
})

test('models: Anthropic’s shape', () => {
  const { data, ...page } = modelsBody(shownEntries(ENTRIES, 'anthropic'), 'anthropic')
  assert.deepEqual(page, { has_more: false, first_id: 'claude-sage-auto', last_id: 'ollama/hf.co/org/model:Q4' })
  const policies = ENTRIES.filter(({ owner }) => owner === 'sage').map(({ id }) => id)
  assert.deepEqual(
    (data as { id: string }[]).slice(0, policies.length).map(({ id }) => id),
    policies.map((id) => id.replace('sage/', 'claude-sage-')),
  )
  assert.deepEqual((data as unknown[])[2 + policies.length], {
    type: 'model',
    id: 'openai/gpt-5',
    display_name: 'gpt-5 (openai)',
    created_at: '1970-01-01T00:00:00Z',
    max_input_tokens: 400_000,
    max_tokens: 128_000,
  })
})

test('models: what is not known is left out', () => {
  const { context: _, ...unknown } = model('a/m')
  const [, entry] = listModels(profile({ policies: [policy()] }), catalog([unknown]))
  assert.deepEqual(entry, { id: 'a/m', title: 'm (a)', owner: 'a' })
  assert.deepEqual(modelsBody([], 'anthropic'), { data: [], has_more: false, first_id: null, last_id: null })
  assert.deepEqual(modelsBody([], 'openai'), { object: 'list', data: [] })
})

test('models: Gemini’s shape', () => {
  const [, , entry] = modelsBody(ENTRIES, 'gemini')['models'] as Record<string, unknown>[]
  assert.equal(entry?.['name'], 'models/openai/gpt-5')
  assert.equal(entry?.['inputTokenLimit'], 400_000)
})

const SHAPES: [headers: Record<string, string>, path: string, shape: string][] = [
  [{}, '/v1/models', 'openai'],
  [{ 'anthropic-version': '2023-06-01' }, '/v1/models?limit=1000', 'anthropic'],
  [{ 'x-goog-api-key': 'x' }, '/v1/models', 'gemini'],
  [{}, '/v1beta/models', 'gemini'],
]
for (const [headers, path, shape] of SHAPES) {
  test(`models: ${path} with ${JSON.stringify(headers)} is listed for ${shape}`, () => {
    assert.equal(listShape(headers, path), shape)
  })
}
