import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildCatalog } from '../../src/catalog/build.ts'
import type { CatalogSource, Model } from '../../src/catalog/types.ts'
import { KINDS } from '../../src/providers/kinds.ts'

function sourceOf(given: Partial<CatalogSource> & Pick<CatalogSource, 'kind'>): CatalogSource {
  return {
    provider: 'p',
    isLocal: () => false,
    models: [],
    profileDefaults: {},
    discovered: [],
    presetDefaults: {},
    assumed: KINDS[given.kind].defaults,
    ...given,
  }
}

function only(source: CatalogSource): Model {
  const { models } = buildCatalog([source])
  assert.equal(models.length, 1)
  return models[0] as Model
}

test('each field comes from the most trusted source that gives it', () => {
  const model = only(
    sourceOf({
      kind: 'openai-compatible',
      preset: 'openai',
      models: [{ id: 'gpt-4o', context: 1 }],
      discovered: [{ id: 'gpt-4o', context: 2, output: 3, capabilities: { vision: false } }],
      presetDefaults: { context: 4, output: 5 },
    }),
  )
  assert.deepEqual(model, {
    provider: 'p',
    id: 'gpt-4o',
    capabilities: { tools: true, vision: false, json: true, thinking: false, documents: true },
    context: 1,
    output: 3,
    price: { input: 2.5, output: 10, cache_read: 1.25 },
    local: false,
    sources: ['profile', 'discovered', 'catalogue'],
    origins: {
      tools: 'catalogue',
      vision: 'discovered',
      json: 'catalogue',
      thinking: 'catalogue',
      documents: 'catalogue',
      context: 'profile',
      output: 'discovered',
      price: 'catalogue',
    },
  })
})

test('a capability list of the profile is complete', () => {
  const model = only(sourceOf({ kind: 'anthropic', models: [{ id: 'claude-opus-5', capabilities: ['vision'] }] }))
  assert.deepEqual(model.capabilities, { tools: false, vision: true, json: false, thinking: false, documents: false })
})

test("the profile's defaults of a provider stand behind the model's own facts and before discovery", () => {
  const source = sourceOf({
    kind: 'ollama',
    models: [{ id: 'a', context: 1 }, { id: 'b' }],
    profileDefaults: { context: 2 },
    discovered: [{ id: 'b', context: 3 }],
  })
  assert.deepEqual(
    buildCatalog([source]).models.map((model) => model.context),
    [1, 2],
  )
})

test('a described model without a key fact leaves it unknown; an empty fact is no source', () => {
  const model = only(sourceOf({ kind: 'ollama', models: [{ id: 'my-own-model' }] }))
  assert.deepEqual(model, {
    provider: 'p',
    id: 'my-own-model',
    capabilities: {},
    local: false,
    sources: [],
    origins: {},
  })
})

test('what nobody described of an OpenAI-compatible model: tools and JSON are assumed, the rest is unknown', () => {
  const model = only(sourceOf({ kind: 'openai-compatible', models: [{ id: 'house-model' }] }))
  assert.deepEqual(model.capabilities, { tools: true, json: true })
  assert.deepEqual(model.sources, ['assumed'])
  assert.equal(model.context, undefined)
})

test('an unknown Claude has everything and 200,000 tokens; a known one has its own window', () => {
  const source = sourceOf({ kind: 'anthropic', models: [{ id: 'claude-next' }, { id: 'claude-opus-5-5' }] })
  const [unknown, known] = buildCatalog([source]).models
  assert.deepEqual(unknown?.capabilities, { tools: true, vision: true, json: true, thinking: true, documents: true })
  assert.equal(unknown?.context, 200_000)
  assert.equal(unknown?.price, undefined)
  assert.equal(known?.context, 1_000_000)
  assert.deepEqual(known?.price, { input: 4, output: 20, cache_read: 0.2 })
})

test('which models a provider offers', () => {
  const discovered = [
    { id: 'chat-a' },
    { id: 'nomic-embed-text' },
    { id: 'odd', chat: false },
    { id: 'whisper-1', chat: true },
  ]
  const ids = (source: CatalogSource): string[] => buildCatalog([source]).models.map((model) => model.id)
  assert.deepEqual(ids(sourceOf({ kind: 'ollama', discovered })), ['chat-a', 'whisper-1'])
  assert.deepEqual(ids(sourceOf({ kind: 'ollama', discovered, models: [{ id: 'nomic-embed-text' }] })), [
    'nomic-embed-text',
  ])
  assert.deepEqual(ids(sourceOf({ kind: 'openai-compatible', preset: 'vllm' })), [])
  assert.ok(ids(sourceOf({ kind: 'openai-compatible', preset: 'openai' })).length >= 2)
  assert.ok(ids(sourceOf({ kind: 'anthropic' })).length >= 2)
  assert.deepEqual(ids(sourceOf({ kind: 'ollama' })), [])
})

test('Ollama: a name without a tag is found under :latest; local models cost nothing, stubs of the cloud are not local', () => {
  const source = sourceOf({
    kind: 'ollama',
    isLocal: () => true,
    models: [{ id: 'mine' }, { id: 'stub' }],
    discovered: [
      { id: 'mine:latest', context: 5 },
      { id: 'stub', remote: true },
    ],
  })
  const [mine, stub] = buildCatalog([source]).models
  assert.deepEqual([mine?.context, mine?.local, mine?.price], [5, true, { input: 0, output: 0 }])
  assert.deepEqual([stub?.local, stub?.price], [false, undefined])
})

test('order is that of the profile, targets are unique, look-up is by provider/model', () => {
  const catalog = buildCatalog([
    sourceOf({ kind: 'ollama', provider: 'b', models: [{ id: 'x' }, { id: 'y' }, { id: 'x' }] }),
    sourceOf({ kind: 'ollama', provider: 'a', models: [{ id: 'x' }] }),
  ])
  assert.deepEqual([...catalog.byTarget.keys()], ['b/x', 'b/y', 'a/x'])
  assert.deepEqual([...catalog.byTarget.values()], catalog.models)
})

test('tags come from the model, or else from the defaults of its provider', () => {
  const models = [{ id: 'a', tags: ['own'] }, { id: 'b' }]
  const catalog = buildCatalog([sourceOf({ kind: 'ollama', models, profileDefaults: { tags: ['house'] } })])
  assert.deepEqual(
    catalog.models.map(({ tags, origins }) => [tags, origins?.tags]),
    [
      [['own'], 'profile'],
      [['house'], 'profile'],
    ],
  )
})

test('what the profile says of begun answers goes over what is known', () => {
  const said = (model: string, facts = {}, defaults = {}): unknown[] => {
    const built = only(sourceOf({ kind: 'anthropic', models: [{ id: model, ...facts }], profileDefaults: defaults }))
    return [built.continuesPrefill, built.origins?.continuesPrefill]
  }
  assert.deepEqual(said('claude-haiku-4-5'), [true, 'catalogue'])
  assert.deepEqual(said('claude-haiku-4-5', { continues_prefill: false }), [false, 'profile'])
  assert.deepEqual(said('claude-opus-5'), [false, 'catalogue'])
  assert.deepEqual(said('glm-5', {}, { continues_prefill: true }), [true, 'profile'])
  assert.deepEqual(said('glm-5'), [undefined, undefined])
})
