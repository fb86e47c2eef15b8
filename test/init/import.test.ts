// Providers from the settings of other programs, and never a key.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readForeignConfig } from '../../src/init/import/read-config.ts'
import { toFound } from '../../src/init/import/to-found.ts'
import type { Imported } from '../../src/init/import/to-found.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { generateProfile } from '../../src/providers/generate-profile.ts'

const CANARY = 'sk-canary-1234567890abcdef'
const OWN = 'http://127.0.0.1:8790'

const OPENCLAW = `{
  // my assistant
  "models": {
    "providers": {
      "Groq Cloud": { "baseUrl": "https://api.groq.com/openai/v1", "apiKey": "${CANARY}", "api": "openai-completions",
        "models": [{ "id": "llama-3.3-70b-versatile", "contextWindow": 131072 }] },
      "own": { "baseUrl": "http://192.168.1.5:8080/v1", "apiKey": { "source": "env", "provider": "default", "id": "OWN_KEY" },
        "models": [{ "id": "qwen3-32b" }] },
      "claude": { "baseUrl": "https://proxy.example.com/v1", "api": "anthropic-messages", "apiKey": "\${PROXY_KEY}",
        "models": [{ "id": "claude-sonnet-5-5" }] },
      "sage": { "baseUrl": "http://127.0.0.1:8790/v1", "apiKey": "x", "models": [{ "id": "sage/auto" }] },
      "odd": { "api": "bedrock-converse-stream", "models": [{ "id": "a" }] },
    }
  }
}`

const ROUTER = JSON.stringify({
  APIKEY: CANARY,
  Providers: [
    {
      name: 'openrouter',
      api_base_url: 'https://openrouter.ai/api/v1/chat/completions',
      api_key: CANARY,
      models: ['google/gemini-3-pro', 'anthropic/claude-sonnet-5-5'],
      transformer: { use: ['openrouter'] },
    },
    {
      name: 'ollama',
      api_base_url: 'http://localhost:11434/v1/chat/completions',
      api_key: 'ollama',
      models: ['qwen3:8b'],
    },
    {
      name: 'gemini',
      api_base_url: 'https://generativelanguage.googleapis.com/v1beta/models/',
      api_key: '$MY_GEMINI',
      models: ['gemini-3-pro'],
    },
    {
      name: 'secretive',
      api_base_url: `https://user:${CANARY}@llm.example.com/v1?key=${CANARY}`,
      api_key: CANARY,
      models: ['m'],
    },
  ],
  Router: { default: 'openrouter,google/gemini-3-pro' },
})

const LITELLM = `
model_list:
  - model_name: fast
    litellm_params: { model: openai/gpt-5.4-mini, api_key: os.environ/OPENAI_API_KEY }
  - model_name: strong
    litellm_params: { model: claude-opus-4-6, api_key: ${CANARY} }
  - model_name: own
    litellm_params: { model: openai/qwen3-coder, api_base: "http://10.0.0.2:9000/v1", api_key: none }
    model_info: { max_input_tokens: 32768 }
  - model_name: "*"
    litellm_params: { model: openai/* }
  - model_name: aws
    litellm_params: { model: bedrock/anthropic.claude }
general_settings: { master_key: ${CANARY} }
`

function read(text: string): Imported {
  const config = readForeignConfig(text)
  assert.ok(config !== undefined)
  return toFound(config, OWN)
}

function settings({ providers }: Imported): Record<string, string[]> {
  return Object.fromEntries(providers.map(({ name, settings: lines }) => [name, lines]))
}

describe('importing', () => {
  it('reads OpenClaw, with comments, references and a provider that is sage', () => {
    const imported = read(OPENCLAW)
    assert.deepEqual(settings(imported), {
      'groq-cloud': ['kind: openai-compatible', 'preset: groq', 'key: env:GROQ_API_KEY'],
      own: ['kind: openai-compatible', 'base_url: "http://192.168.1.5:8080/v1"', 'key: env:OWN_KEY'],
      claude: ['kind: anthropic', 'base_url: "https://proxy.example.com/v1"', 'key: env:PROXY_KEY'],
    })
    assert.deepEqual(imported.variables, [{ variable: 'GROQ_API_KEY', provider: 'groq-cloud' }])
    assert.deepEqual(imported.skipped, [
      { name: 'odd', reason: 'sage does not speak its protocol' },
      { name: 'sage', reason: 'it is sage itself (127.0.0.1:8790)' },
    ])
    assert.deepEqual(
      imported.providers.map(({ local, models }) => [local, models]),
      [
        [false, [{ id: 'llama-3.3-70b-versatile', context: 131_072 }]],
        [true, [{ id: 'qwen3-32b' }]],
        [false, [{ id: 'claude-sonnet-5-5' }]],
      ],
    )
  })

  it('reads claude-code-router, and drops what an address may hide', () => {
    const imported = read(ROUTER)
    assert.deepEqual(settings(imported), {
      openrouter: ['kind: openai-compatible', 'preset: openrouter', 'key: env:OPENROUTER_API_KEY'],
      ollama: ['kind: ollama', 'base_url: "http://localhost:11434"'],
      gemini: ['kind: gemini', 'key: env:MY_GEMINI'],
      secretive: ['kind: openai-compatible', 'base_url: "https://llm.example.com/v1"', 'key: env:SECRETIVE_API_KEY'],
    })
  })

  it('reads LiteLLM: one provider for each mark, address and key', () => {
    const imported = read(LITELLM)
    assert.deepEqual(settings(imported), {
      openai: ['kind: openai', 'key: env:OPENAI_API_KEY'],
      anthropic: ['kind: anthropic', 'key: env:ANTHROPIC_API_KEY'],
      '10-0-0-2': ['kind: openai-compatible', 'base_url: "http://10.0.0.2:9000/v1"'],
    })
    assert.deepEqual(
      imported.skipped.map(({ name }) => name),
      ['openai/*', 'bedrock/anthropic.claude'],
    )
  })

  for (const [name, text] of Object.entries({ OPENCLAW, ROUTER, LITELLM })) {
    it(`makes a sound profile of ${name}, without a key in it`, () => {
      const imported = read(text)
      const profile = generateProfile({ keys: [], others: imported.providers })
      assert.ok(!profile.includes('canary'))
      assert.deepEqual(parseProfile(profile, 'sage.yaml').diagnostics, [])
      const { secrets, ...shown } = imported
      assert.ok(secrets.includes(CANARY))
      assert.ok(!JSON.stringify(shown).includes('canary'))
    })
  }

  it('knows nothing in other files', () => {
    for (const text of ['', 'hello', '{}', '[]', 'model_list: {}', '{"models": []}', '{', '"\u0000']) {
      assert.equal(readForeignConfig(text), undefined)
    }
  })
})
