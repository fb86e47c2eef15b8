import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProfileProvider } from '../../src/profile/types.ts'
import { resolveProviders } from '../../src/providers/resolve.ts'
import type { Provider } from '../../src/providers/types.ts'
import { profileOf, profileProvider, secretsFrom } from './helpers.ts'

function resolveOne(
  given: Partial<ProfileProvider> & Pick<ProfileProvider, 'kind'>,
  secrets: Record<string, string> = {},
): Provider {
  const [provider] = resolveProviders(profileOf(profileProvider(given)), secretsFrom(secrets))
  assert.ok(provider)
  return provider
}

const reveal = (provider: Provider): string[] => provider.keys.map((key) => key.reveal())

test('a preset fills in base URL, key and quirks', () => {
  const provider = resolveOne({ kind: 'openai-compatible', preset: 'mistral' }, { 'env:MISTRAL_API_KEY': 'k' })
  assert.equal(provider.origin + provider.basePath, 'https://api.mistral.ai/v1')
  assert.deepEqual(reveal(provider), ['k'])
  assert.equal(provider.missingKey, undefined)
  assert.equal(provider.quirks.max_tokens_field, 'max_tokens')
  assert.equal(provider.local, false)
})

test("the profile's quirks go over the preset's, field by field", () => {
  const quirks = { max_tokens_field: 'max_completion_tokens' }
  const provider = resolveOne({ kind: 'openai-compatible', preset: 'deepseek', quirks })
  assert.equal(provider.quirks.max_tokens_field, 'max_completion_tokens')
  assert.equal(provider.quirks.reasoning_required, true)
})

test('an own base URL goes over that of preset and kind', () => {
  const own = resolveOne({ kind: 'openai-compatible', preset: 'openai', base_url: 'http://127.0.0.1:9/x' })
  assert.equal(own.origin + own.basePath, 'http://127.0.0.1:9/x')
  assert.equal(own.local, true)
  assert.equal(own.missingKey, undefined)
})

test('headers of the profile go over those of the kind, in any case', () => {
  const headers = { 'Anthropic-Version': '2024-01-01', 'X-Team': 'a' }
  const provider = resolveOne({ kind: 'anthropic', headers })
  assert.deepEqual(provider.headers, { 'anthropic-version': '2024-01-01', 'x-team': 'a' })
  assert.deepEqual(resolveOne({ kind: 'anthropic' }).headers, { 'anthropic-version': '2023-06-01' })
})

const TIMEOUTS = [
  ['remote', { kind: 'anthropic' }, [5_000, 12_000, 300_000, 120_000]],
  ['local', { kind: 'ollama' }, [5_000, 120_000, 600_000, 120_000]],
  ['local by word', { kind: 'anthropic', local: true }, [5_000, 120_000, 600_000, 120_000]],
  ['remote by word', { kind: 'ollama', local: false }, [5_000, 12_000, 300_000, 120_000]],
  ['partly given', { kind: 'anthropic', timeouts: { first_content_ms: 7 } }, [5_000, 7, 300_000, 120_000]],
] as const

for (const [name, given, expected] of TIMEOUTS) {
  test(`timeouts: ${name}`, () => {
    const { connect_ms, first_content_ms, response_ms, idle_ms } = resolveOne(given).timeouts
    assert.deepEqual([connect_ms, first_content_ms, response_ms, idle_ms], expected)
  })
}

const KEYS: readonly {
  name: string
  given: Partial<ProfileProvider> & Pick<ProfileProvider, 'kind'>
  secrets?: Record<string, string>
  keys?: string[]
  missing?: string
}[] = [
  { name: 'no usual key set', given: { kind: 'anthropic' }, missing: 'env:ANTHROPIC_API_KEY' },
  { name: 'usual key set', given: { kind: 'anthropic' }, secrets: { 'env:ANTHROPIC_API_KEY': 'a' }, keys: ['a'] },
  {
    name: 'own keys instead of the usual one',
    given: { kind: 'anthropic', keys: ['env:A', 'file:b'] },
    secrets: { 'env:A': '1', 'file:b': '2', 'env:ANTHROPIC_API_KEY': 'a' },
    keys: ['1', '2'],
  },
  {
    name: 'one of two',
    given: { kind: 'anthropic', keys: ['env:A', 'env:B'] },
    secrets: { 'env:B': '2' },
    keys: ['2'],
  },
  { name: 'none of two', given: { kind: 'anthropic', keys: ['env:A', 'env:B'] }, missing: 'env:A, env:B' },
  { name: 'an own key missing at a local server', given: { kind: 'ollama', keys: ['env:A'] }, missing: 'env:A' },
  { name: 'a local Ollama', given: { kind: 'ollama' }, secrets: { 'env:OLLAMA_API_KEY': 'o' } },
  {
    name: 'Ollama Cloud',
    given: { kind: 'ollama', base_url: 'https://ollama.com/v1' },
    secrets: { 'env:OLLAMA_API_KEY': 'o' },
    keys: ['o'],
  },
  {
    name: 'Ollama Cloud without key',
    given: { kind: 'ollama', base_url: 'https://ollama.com' },
    missing: 'env:OLLAMA_API_KEY',
  },
  { name: 'a remote Ollama of one’s own', given: { kind: 'ollama', base_url: 'https://o.example.com' } },
  { name: 'an unknown OpenAI-compatible server', given: { kind: 'openai-compatible', base_url: 'https://x.example' } },
  { name: 'a preset that needs none', given: { kind: 'openai-compatible', preset: 'lmstudio' } },
  { name: 'demo', given: { kind: 'demo' } },
]

for (const { name, given, secrets, keys, missing } of KEYS) {
  test(`keys: ${name}`, () => {
    const provider = resolveOne(given, secrets)
    assert.deepEqual(reveal(provider), keys ?? [])
    assert.equal(provider.missingKey, missing)
  })
}

test('a provider without any base URL is refused', () => {
  assert.throws(() => resolveOne({ kind: 'openai-compatible' }), /"p" has no base_url/)
})

test('the demo provider is local', () => {
  assert.equal(resolveOne({ kind: 'demo' }).local, true)
})
