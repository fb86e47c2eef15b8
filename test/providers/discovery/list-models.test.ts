import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Ollama } from 'ollama'
import type { ReportedModel } from '../../../src/catalog/lock/types.ts'
import { parseProfile } from '../../../src/profile/parse.ts'
import { askProviders, providersToAsk } from '../../../src/providers/discovery/ask-providers.ts'
import type { Answer } from '../../../src/providers/discovery/ask-providers.ts'
import { resolveProviders } from '../../../src/providers/resolve.ts'
import { createHttpTransport } from '../../../src/providers/transport/http.ts'
import { Secret } from '../../../src/secrets/secret.ts'
import {
  OPENROUTER_ENTRY,
  anthropicEntry,
  anthropicModels,
  entryList,
  geminiEntry,
  geminiModels,
  openAiList,
  routes,
} from '../../helpers/discovery-fakes.ts'
import { ollamaShow, ollamaTags } from '../../helpers/ollama-replies.ts'
import { openUpstream } from '../../helpers/opened.ts'
import { refusedUrl } from '../../helpers/upstream.ts'
import type { Handler } from '../../helpers/upstream.ts'

interface AskOptions {
  deadlineMs?: number
  /** Key values, in order. */
  keys?: string[]
}

/** Asks providers given as lines of a profile. */
async function ask(
  lines: Record<string, string>,
  { deadlineMs = 5000, keys = [] }: AskOptions = {},
): Promise<Answer[]> {
  const entries = Object.entries(lines).map(([name, line]) => `  ${name}: { ${line} }\n`)
  const { profile, diagnostics } = parseProfile(`version: 1\nproviders:\n${entries.join('')}`, 'test.yaml')
  assert.ok(profile !== undefined, JSON.stringify(diagnostics))
  const found = new Map(keys.map((value, i) => [`env:KEY${i}`, new Secret(value, `env:KEY${i}`)]))
  const providers = resolveProviders(profile, (reference) => found.get(reference))
  const transport = createHttpTransport()
  try {
    return await askProviders(providersToAsk(profile, providers), { send: transport.send, deadlineMs })
  } finally {
    await transport.close()
  }
}

/** The models of one provider whose URL stands for `URL` in the line. */
async function list(handler: Handler, line: string, options: AskOptions = {}): Promise<readonly ReportedModel[]> {
  const { url } = await openUpstream(handler)
  const [answer] = await ask({ p: line.replace('URL', url) }, options)
  assert.ok(answer?.report !== undefined, answer?.failure?.message)
  return answer.report.models
}

/** Values without their sources. */
function values(model: ReportedModel | undefined): Record<string, unknown> {
  const facts = Object.entries(model ?? {}).filter(([, fact]) => typeof fact === 'object')
  return Object.fromEntries(facts.map(([name, fact]) => [name, (fact as { value: unknown }).value]))
}

const COMPATIBLE = 'kind: openai-compatible, base_url: "URL/v1"'

describe('an OpenAI-style list', () => {
  it('gives every name, sorted, with nothing made up', async () => {
    const ids = ['o3', 'acme/large', 'text-embedding-3', 'Ünïcode', '__proto__']
    const models = await list(
      routes({ 'GET /v1/models': () => openAiList([...ids, 'o3', 'with\nbreak', '']) }),
      COMPATIBLE,
    )
    assert.deepEqual(
      models.map(({ id }) => id),
      ids.toSorted(),
    )
    assert.deepEqual(models[0], { id: '__proto__', local: { value: true, from: 'base_url' } })
  })

  const bases: [base: string, path: string][] = [
    ['URL', '/v1/models'],
    ['URL/v1', '/v1/models'],
    ['URL/v1/', '/v1/models'],
    ['URL/v1/chat/completions', '/v1/models'],
    ['URL/openai', '/openai/models'],
    ['URL/openai', '/openai/v1/models'],
    ['URL/openai/v1', '/openai/models'],
  ]
  for (const [base, path] of bases) {
    it(`is found at ${path} for ${base}`, async () => {
      const models = await list(
        routes({ [`GET ${path}`]: () => openAiList(['m']) }),
        `kind: openai-compatible, base_url: "${base}"`,
      )
      assert.deepEqual(
        models.map(({ id }) => id),
        ['m'],
      )
    })
  }

  for (const [what, json] of Object.entries({ bare: [{ id: 'm' }], models: { models: [{ name: 'm' }] } })) {
    it(`may be ${what}`, async () => {
      const models = await list(routes({ 'GET /v1/models': () => ({ json }) }), COMPATIBLE)
      assert.deepEqual(
        models.map(({ id }) => id),
        ['m'],
      )
    })
  }

  const entries: [provider: string, entry: object, expected: object][] = [
    [
      'OpenRouter',
      OPENROUTER_ENTRY,
      {
        chat: true,
        capabilities: { tools: true, json: true, thinking: true, vision: true, documents: true },
        context: 131_072,
        output: 16_384,
        price: { input: 1.5, output: 7.5, cache_read: 0.15 },
      },
    ],
    [
      'OpenRouter, a model without a price of its own',
      { id: 'auto', pricing: { prompt: '-1', completion: '-1' }, architecture: { output_modalities: ['image'] } },
      { chat: false },
    ],
    [
      'Groq',
      { id: 'm', active: true, context_window: 131_072, max_completion_tokens: 8192 },
      { context: 131_072, output: 8192 },
    ],
    [
      'Mistral',
      {
        id: 'm',
        capabilities: { completion_chat: true, function_calling: true, vision: false },
        max_context_length: 32_768,
      },
      { chat: true, capabilities: { tools: true, vision: false }, context: 32_768 },
    ],
    ['vLLM', { id: 'm', owned_by: 'vllm', max_model_len: 16_384, permission: [] }, { context: 16_384 }],
    ['Together', { id: 'm', type: 'embedding', context_length: 512 }, { chat: false, context: 512 }],
    ['nonsense', { id: 'm', context_length: -1, pricing: 3, architecture: [], max_model_len: '7', meta: null }, {}],
  ]
  for (const [provider, entry, expected] of entries) {
    it(`has what ${provider} says`, async () => {
      const [model] = await list(routes({ 'GET /v1/models': () => entryList(entry) }), COMPATIBLE)
      assert.deepEqual(values(model), { local: true, ...expected })
    })
  }

  it('leaves out what is not active', async () => {
    const models = await list(routes({ 'GET /v1/models': () => entryList({ id: 'm', active: false }) }), COMPATIBLE)
    assert.deepEqual(models, [])
  })

  it('is asked with the key, and with the next one when it is refused', async () => {
    const seen: unknown[] = []
    const handler: Handler = ({ headers }) => {
      seen.push(headers.authorization)
      return headers.authorization === 'Bearer good' ? openAiList(['m']) : { status: 401, json: {} }
    }
    const line = `${COMPATIBLE}, keys: ["env:KEY0", "env:KEY1"]`
    assert.equal((await list(handler, line, { keys: ['bad', 'good'] })).length, 1)
    assert.deepEqual(seen, ['Bearer bad', 'Bearer good'])
  })
})

describe('local servers', () => {
  it('LM Studio says what is loaded, what embeds, and how far the context goes', async () => {
    const handler = routes({
      'GET /v1/models': () =>
        entryList(
          ...['vl-7b', 'text-8b', 'embed'].map((id) => ({ id, object: 'model', owned_by: 'organization_owner' })),
        ),
      'GET /api/v0/models': () =>
        entryList(
          { id: 'vl-7b', type: 'vlm', state: 'not-loaded', max_context_length: 32_768, capabilities: [] },
          {
            id: 'text-8b',
            type: 'llm',
            state: 'loaded',
            max_context_length: 131_072,
            loaded_context_length: 4096,
            capabilities: ['tool_use'],
          },
          { id: 'embed', type: 'embeddings', state: 'not-loaded', max_context_length: 2048 },
        ),
    })
    const [embed, text, vision] = await list(handler, COMPATIBLE)
    assert.deepEqual(values(embed), { local: true, chat: false, context: 2048 })
    assert.deepEqual(values(text), {
      local: true,
      chat: true,
      capabilities: { tools: true, vision: false, documents: false },
      context: 4096,
    })
    assert.deepEqual([text?.isLoaded, vision?.isLoaded], [true, false])
    assert.deepEqual(text?.context, { value: 4096, from: '/api/v0/models' })
    assert.deepEqual(values(vision)['capabilities'], { tools: false, vision: true, documents: false })
  })

  it('llama.cpp says what a slot takes, not what the model was trained for', async () => {
    const entry = {
      id: 'gemma.gguf',
      object: 'model',
      owned_by: 'llamacpp',
      meta: { n_ctx_train: 131_072, n_vocab: 3 },
    }
    const props = {
      default_generation_settings: { n_ctx: 8192, params: {} },
      modalities: { vision: true, audio: false },
      chat_template_caps: { supports_tools: false },
    }
    const list1 = routes({ 'GET /v1/models': () => entryList(entry), 'GET /props': () => ({ json: props }) })
    const [model] = await list(list1, COMPATIBLE)
    assert.deepEqual(model, {
      id: 'gemma.gguf',
      context: { value: 8192, from: '/props' },
      capabilities: { value: { tools: false, vision: true }, from: '/props' },
      local: { value: true, from: 'base_url' },
    })
    const [bare] = await list(routes({ 'GET /v1/models': () => entryList(entry) }), COMPATIBLE)
    assert.deepEqual([bare?.context?.value, bare?.isIncomplete], [131_072, true])
    const two = routes({ 'GET /v1/models': () => entryList(entry, { ...entry, id: 'b' }) })
    assert.deepEqual(
      (await list(two, COMPATIBLE)).map(({ context }) => context?.value),
      [131_072, 131_072],
    )
  })
})

describe('Anthropic', () => {
  it('is asked page by page', async () => {
    const ids = ['claude-a', 'claude-b', 'claude-c', 'claude-d', 'claude-e']
    const gone = anthropicEntry('claude-0', { lifecycle: 'retired' })
    const bare = anthropicEntry('claude-z', { capabilities: null, max_input_tokens: null, max_tokens: null })
    const handler = anthropicModels([...ids.map((id) => anthropicEntry(id)), gone, bare], 2)
    const models = await list(handler, 'kind: anthropic, base_url: "URL/v1", key: "env:KEY0"', { keys: ['right-key'] })
    assert.deepEqual(
      models.map(({ id }) => id),
      [...ids, 'claude-z'],
    )
    assert.deepEqual(values(models[0]), {
      local: true,
      capabilities: { vision: true, documents: false, thinking: true, json: true },
      context: 200_000,
      output: 64_000,
    })
    assert.deepEqual(values(models.at(-1)), { local: true })
  })

  it('is not asked for ever', async () => {
    const { url, requests } = await openUpstream((_, n) => ({ json: { data: [], has_more: true, last_id: `m${n}` } }))
    const [answer] = await ask({ p: `kind: anthropic, base_url: "${url}"` })
    assert.equal(answer?.failure?.kind, 'bad_answer')
    assert.equal(requests.length, 20)
  })
})

describe('Gemini', () => {
  it('is asked page by page', async () => {
    const handler = geminiModels([
      [
        geminiEntry('gemini-b', ['generateContent', 'countTokens'], { thinking: true }),
        geminiEntry('embed', ['embedContent']),
      ],
      [geminiEntry('gemini-a', ['generateContent'])],
    ])
    const models = await list(handler, 'kind: gemini, base_url: "URL/v1beta"')
    assert.deepEqual(
      models.map((model) => [model.id, values(model)['chat'], values(model)['capabilities']]),
      [
        ['embed', false, undefined],
        ['gemini-a', undefined, undefined],
        ['gemini-b', undefined, { thinking: true }],
      ],
    )
    assert.deepEqual([models[1]?.context?.value, models[1]?.output?.value], [1_048_576, 65_536])
  })
})

const TAGS = ollamaTags([
  { name: 'qwen3:8b', capabilities: ['completion', 'tools'], context: 40_960 },
  { name: 'old:1b' },
  { name: 'lost:1b' },
  { name: 'nomic-embed-text:latest', capabilities: ['embedding'], context: 2048 },
  { name: 'gpt-oss:120b-cloud', capabilities: ['completion', 'tools'], context: 131_072, remoteModel: 'gpt-oss:120b' },
  { name: 'mine:latest', capabilities: ['completion'], context: 1024, remoteModel: 'glm-5' },
])
const OLLAMA = routes({
  'GET /api/tags': () => ({ json: TAGS }),
  'GET /api/ps': () => ({
    json: { models: [{ name: 'qwen3:8b', model: 'qwen3:8b', size_vram: 1, context_length: 4096 }] },
  }),
  'POST /api/show': ({ json }) =>
    json['model'] === 'old:1b'
      ? { json: ollamaShow({ capabilities: ['completion', 'vision'], context: 8192 }) }
      : { status: 500, json: { error: 'no' } },
})

describe('Ollama', () => {
  it('gives facts with their sources, the locality of each model, and what is in memory', async () => {
    const models = new Map((await list(OLLAMA, 'kind: ollama, base_url: "URL"')).map((model) => [model.id, model]))
    assert.deepEqual(models.get('qwen3:8b'), {
      id: 'qwen3:8b',
      isLoaded: true,
      chat: { value: true, from: '/api/tags' },
      capabilities: {
        value: { tools: true, vision: false, json: true, thinking: false, documents: false },
        from: '/api/tags',
      },
      context: { value: 40_960, from: '/api/tags' },
      local: { value: true, from: 'base_url' },
    })
    assert.equal(models.get('old:1b')?.context?.from, '/api/show')
    assert.deepEqual(models.get('lost:1b'), {
      id: 'lost:1b',
      isIncomplete: true,
      local: { value: true, from: 'base_url' },
    })
    assert.equal(models.get('nomic-embed-text:latest')?.chat?.value, false)
    assert.deepEqual(models.get('gpt-oss:120b-cloud')?.local, { value: false, from: 'name' })
    assert.equal(models.get('gpt-oss:120b-cloud')?.capabilities?.value.json, undefined)
    assert.deepEqual(models.get('mine:latest')?.local, { value: false, from: '/api/tags' })
  })

  it('has fakes that the official client understands', async () => {
    const { url } = await openUpstream(OLLAMA)
    const client = new Ollama({ host: url })
    assert.deepEqual((await client.list()).models.map(({ name }) => name).length, 6)
    assert.deepEqual(
      (await client.ps()).models.map(({ name }) => name),
      ['qwen3:8b'],
    )
    assert.equal((await client.show({ model: 'old:1b' })).capabilities?.includes('vision'), true)
  })

  it('has a cloud whose models are never local, listed without a key', async () => {
    const line = 'kind: ollama-cloud, base_url: "URL", local: false'
    const models = await list(OLLAMA, line)
    assert.ok(models.every(({ local }) => local?.value === false && local.from === 'profile'))
  })
})

describe('askProviders', () => {
  it('does not let one failure touch the others, and says what it was', async () => {
    const good = await openUpstream(routes({ 'GET /v1/models': () => openAiList(['m']) }))
    const silent = await openUpstream(() => ({ fault: 'hang' }))
    const stalled = await openUpstream(() => ({ fault: 'stall-after', chunks: ['{"data":['] }))
    const broken = await openUpstream(() => ({ fault: 'reset' }))
    const refusing = await openUpstream(() => ({ status: 403, json: {} }))
    const failing = await openUpstream(() => ({ status: 500, json: {} }))
    const html = await openUpstream(() => ({ text: '<html>' }))
    const other = await openUpstream(() => ({ json: { data: 'none' } }))
    const urls = { good, silent, stalled, broken, refusing, failing, html, other, dead: { url: await refusedUrl() } }
    const lines = Object.entries(urls).map(([name, { url }]) => [name, COMPATIBLE.replace('URL', url)])
    const answers = await ask(Object.fromEntries(lines) as Record<string, string>, { deadlineMs: 400 })
    assert.deepEqual(
      answers.map((answer) => answer.failure?.kind ?? answer.report?.models.length),
      [1, 'timeout', 'timeout', 'unreachable', 'auth', 'status', 'bad_answer', 'bad_answer', 'unreachable'],
    )
  })

  it('asks eight at a time', async () => {
    let open = 0
    let most = 0
    const { url } = await openUpstream(async () => {
      most = Math.max(most, ++open)
      await new Promise((resolve) => setTimeout(resolve, 20))
      open--
      return openAiList(['m'])
    })
    const names = Array.from({ length: 20 }, (_, i) => [`p${i}`, COMPATIBLE.replace('URL', url)] as const)
    const answers = await ask(Object.fromEntries(names))
    assert.ok(answers.every(({ report }) => report?.models.length === 1))
    assert.ok(most > 1 && most <= 8, String(most))
  })
})
