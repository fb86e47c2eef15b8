import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isChatModelId } from '../../src/catalog/chat-model.ts'
import { DEFAULT_MODELS } from '../../src/catalog/data/defaults.ts'
import { FAMILIES } from '../../src/catalog/data/families.ts'
import { PRICES } from '../../src/catalog/data/prices.ts'
import { defaultModels, knownFacts, knownPrefill } from '../../src/catalog/known-models.ts'

/** Id, context, and those of tools, vision, thinking that the table affirms. */
const KNOWN: readonly [id: string, context: number, can: string][] = [
  ['gpt-4o', 128_000, 'tv'],
  ['gpt-4o-mini-2024-07-18', 128_000, 'tv'],
  ['gpt-4.1-nano', 1_047_576, 'tv'],
  ['gpt-5', 400_000, 'tvk'],
  ['gpt-5-mini', 400_000, 'tvk'],
  ['gpt-5.2', 400_000, 'tvk'],
  ['gpt-5.4', 272_000, 'tvk'],
  ['gpt-5.4-mini', 400_000, 'tvk'],
  ['openai/gpt-6.1-sol', 272_000, 'tvk'],
  ['o3', 200_000, 'tvk'],
  ['o3-mini', 200_000, 'tk'],
  ['o4-mini', 200_000, 'tvk'],
  ['openai/gpt-oss-120b', 131_072, 'tk'],
  ['gpt-oss:120b-cloud', 131_072, 'tk'],
  ['claude-3-5-haiku-latest', 200_000, 'tv'],
  ['claude-3-7-sonnet-20250219', 200_000, 'tvk'],
  ['claude-opus-4-1-20250805', 200_000, 'tvk'],
  ['claude-sonnet-4-20250514', 200_000, 'tvk'],
  ['claude-sonnet-4-5', 200_000, 'tvk'],
  ['claude-sonnet-4-6', 1_000_000, 'tvk'],
  ['anthropic/claude-opus-5.5', 1_000_000, 'tvk'],
  ['claude-haiku-5-5', 1_000_000, 'tvk'],
  ['gemini-2.5-flash-lite', 1_048_576, 'tvk'],
  ['google/gemini-3.1-pro-preview', 1_048_576, 'tvk'],
  ['llama3.1:8b', 131_072, 't'],
  ['llama-3.3-70b-versatile', 131_072, 't'],
  ['meta-llama/Llama-4-Maverick-17B-128E-Instruct', 131_072, 'tv'],
  ['llama3.2-vision:11b', 131_072, 'v'],
  ['qwen2.5-coder:7b-instruct-q4_K_M', 32_768, 't'],
  ['qwen3:30b', 40_960, 'tk'],
  ['qwen3-coder:480b-cloud', 262_144, 't'],
  ['qwen3.5:cloud', 262_144, 'tvk'],
  ['deepseek-v3.1:671b-cloud', 131_072, 't'],
  ['deepseek-ai/deepseek-v4.1-flash', 1_000_000, 'tvk'],
  ['deepseek-v4-pro', 1_000_000, 'tk'],
  ['deepseek-r1:8b', 131_072, 'tk'],
  ['devstral-latest', 262_144, 't'],
  ['devstral:24b', 131_072, 't'],
  ['kimi-k2.6:cloud', 262_144, 'tvk'],
  ['kimi-k2-thinking', 262_144, 'tk'],
  ['glm-4.6', 200_000, 'tk'],
  ['z-ai/glm-5.3', 1_000_000, 'tk'],
  ['MiniMax-M2.7', 196_608, 'tk'],
  ['gemma3:27b', 131_072, 'v'],
  ['grok-4-0709', 256_000, 'tvk'],
  ['grok-4.7', 500_000, 'tvk'],
]

for (const [id, context, can] of KNOWN) {
  test(`known: ${id}`, () => {
    const facts = knownFacts(id)
    const { tools, vision, thinking } = facts?.capabilities ?? {}
    assert.equal(facts?.context, context)
    assert.equal(`${tools ? 't' : ''}${vision ? 'v' : ''}${thinking ? 'k' : ''}`, can)
  })
}

const UNKNOWN = [
  'gpt-50',
  'gpt-5x',
  'my-gpt-4o',
  'gpt-4oo',
  'xo3',
  'o3x',
  'claude',
  'claude-opus-40',
  'notgemini-2.5-flash',
  'llama3.10',
  'qwen30:8b',
  'kimi-k20',
  'grok-40',
  'elite-78b',
  'deepseek-r1-distill-llama-70b',
  'gpt-4o-transcribe',
  'gemini-2.5-flash-image',
  'gpt-4o-mini-tts',
  '',
]

for (const id of UNKNOWN) {
  test(`unknown: ${id || '(empty)'}`, () => assert.equal(knownFacts(id, 'openai'), undefined))
}

test('letters and digits right behind a family name make it another, unknown model', () => {
  const names = ['gpt-5', 'gpt-5.4', 'o3', 'gpt-oss', 'llama3.1', 'kimi-k2.6', 'grok-4.7']
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.stringMatching(/^[a-z0-9]{1,8}$/), (id, tail) => {
      assert.notEqual(knownFacts(id), undefined)
      assert.equal(knownFacts(`${id}${tail}`), undefined)
      assert.deepEqual(knownFacts(`${id}:${tail}`), knownFacts(id))
    }),
  )
})

test('no text is looked up with an exception', () => {
  fc.assert(fc.property(fc.string(), fc.option(fc.string()), (id, where) => void knownFacts(id, where ?? undefined)))
})

const PREFILLED: readonly [where: string, id: string, reasons: boolean | undefined, continues: boolean | undefined][] =
  [
    ['anthropic', 'claude-3-5-haiku-latest', false, true],
    ['anthropic', 'claude-3-7-sonnet-20250219', true, true],
    ['anthropic', 'claude-opus-4-20250514', true, true],
    ['anthropic', 'claude-sonnet-4-0', true, true],
    ['anthropic', 'claude-opus-4-1-20250805', true, true],
    ['anthropic', 'claude-haiku-4-5', true, true],
    ['anthropic', 'claude-sonnet-4-6', true, false],
    ['anthropic', 'claude-opus-4-7-20260101', true, false],
    ['anthropic', 'claude-opus-5', true, false],
    ['anthropic', 'claude-fable-5-1', true, false],
    ['anthropic', 'claude-opus-40', true, undefined],
    ['anthropic', 'glm-4.6', true, undefined],
    ['openrouter', 'anthropic/claude-sonnet-4-5', true, undefined],
    ['mistral', 'mistral-large-2512', false, true],
    ['mistral', 'mistral-small-latest', true, undefined],
    ['mistral', 'magistral-small', false, undefined],
    ['groq', 'llama-3.3-70b-versatile', false, true],
    ['groq', 'openai/gpt-oss-120b', true, undefined],
    ['llamacpp', 'anything', undefined, undefined],
    ['llamacpp', 'anything', false, true],
    ['vllm', 'meta-llama/Llama-3.3-70B-Instruct', false, true],
    ['openai', 'gpt-5', true, undefined],
    ['ollama', 'llama3.1', false, true],
    ['ollama', 'qwen2.5-coder:7b-instruct-q4_K_M', false, true],
    ['ollama', 'gemma3:27b', false, true],
    ['ollama', 'gemma3:27b-cloud', false, undefined],
    ['ollama', 'llama3.2-vision', false, undefined],
    ['ollama', 'somebody/llama3.1', false, undefined],
    ['ollama', 'mistral', false, undefined],
    ['ollama', 'llama3.1', undefined, undefined],
    ['ollama-cloud', 'gemma3:27b', false, undefined],
  ]

for (const [where, id, reasons, continues] of PREFILLED) {
  test(`${where}: ${id} ${continues === undefined ? 'may' : continues ? 'does' : 'does not'} go on with a begun answer`, () =>
    assert.equal(knownPrefill(id, where, reasons), continues))
}

const PRICED: readonly [where: string, id: string, price: [number, number] | undefined][] = [
  ['openai', 'gpt-5', [1.25, 10]],
  ['openai', 'gpt-5-2025-08-07', [1.25, 10]],
  ['openai', 'gpt-5-mini', [0.25, 2]],
  ['openai', 'gpt-5.9', undefined],
  ['openai', 'gpt-4o-2024-05-13', [5, 15]],
  ['openai', 'gpt-4o-2024-08-06', [2.5, 10]],
  ['anthropic', 'claude-sonnet-4-5-20250929', [3, 15]],
  ['anthropic', 'claude-sonnet-4-20250514', [3, 15]],
  ['anthropic', 'claude-opus-4-5', [5, 25]],
  ['openrouter', 'anthropic/claude-opus-5.5', [4, 20]],
  ['openrouter', 'anthropic/claude-opus-5.5:batch', undefined],
  ['groq', 'openai/gpt-oss-20b', [0.075, 0.3]],
  ['ollama', 'gpt-oss:20b', undefined],
  ['vllm', 'gpt-5', undefined],
  ['constructor', 'gpt-5', undefined],
]

for (const [where, id, price] of PRICED) {
  test(`price of ${id} at ${where}`, () => {
    const found = knownFacts(id, where)?.price
    assert.deepEqual(found && [found.input, found.output], price)
  })
}

test('OpenAI’s newest models take no tools on Chat Completions; elsewhere they do', () => {
  for (const id of ['gpt-5.5', 'gpt-5.6-sol', 'gpt-6-astra', 'gpt-6.1-terra']) {
    assert.equal(knownFacts(id, 'openai')?.capabilities.tools, false, id)
    assert.equal(knownFacts(`openai/${id}`, 'openrouter')?.capabilities.tools, true, id)
  }
  assert.equal(knownFacts('gpt-5.4', 'openai')?.capabilities.tools, true)
})

test('every row of the tables is well formed', () => {
  for (const [pattern, capabilities, context, output] of FAMILIES) {
    assert.doesNotThrow(() => new RegExp(pattern), pattern)
    assert.match(capabilities, /^[tvjkdTVJKD]+$/, pattern)
    assert.equal(new Set(capabilities.toLowerCase()).size, capabilities.length, pattern)
    if (context !== undefined) assert.ok(context >= 8_192 && (output ?? 1) <= context, pattern)
  }
  for (const [where, rows] of Object.entries(PRICES)) {
    for (const [prefix, input, output] of rows) {
      assert.ok(input >= 0 && output >= input, `${where} ${prefix}`)
      assert.ok(knownFacts(prefix, where)?.price, `${where} ${prefix} is in no family`)
    }
  }
})

for (const [where, models] of Object.entries(DEFAULT_MODELS)) {
  test(`default models of ${where} chat, and none is known to refuse tools`, () => {
    const ids = defaultModels(where)
    assert.deepEqual(ids, Object.keys(models))
    assert.ok(ids.length >= 2 && ids.length <= 5)
    for (const id of ids) {
      assert.ok(isChatModelId(id, where), id)
      assert.notEqual(knownFacts(id, where)?.capabilities.tools, false, id)
    }
  })
}

test('there are no default models of what is unknown', () => {
  for (const where of ['vllm', 'ollama', 'constructor', '']) assert.deepEqual(defaultModels(where), [])
})
