// A6, A11, A12 and A13: a name means one thing. A pin stays, an unknown name is told its neighbours, local stays local.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ascii } from '../../src/gateway/headers.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { generateProfile } from '../../src/providers/generate-profile.ts'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Handler, Received, Upstream } from '../helpers/upstream.ts'

const ENV = { env: { TEST_KEY: 'upstream-key' } }
const answers: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })
const broken: Handler = () => ({ status: 500, text: 'x' })

/** A provider with these models, at a fake that counts as remote. */
function remote(name: string, { url }: Upstream, models: string = 'm'): string {
  const facts = '{ capabilities: [tools, vision, json], context: 200000 }'
  const list = models.split(' ').map((id) => `"${id}": ${facts}`)
  return `  ${name}: { kind: openai-compatible, base_url: "${url}/v1", local: false, models: { ${list.join(', ')} } }\n`
}

function modelsOf(requests: readonly Received[]): unknown[] {
  return requests.map(({ json }) => json['model'])
}

for (const client of TEST_CLIENTS) {
  describe(client.name, () => {
    test('A6: pinned to Claude stays on Claude', async () => {
      const claude = await openUpstream((received) => answerAs('anthropic', received, { text: 'from Claude' }))
      const other = await openUpstream(answers)
      const yaml = `version: 1\nproviders:\n${remote('other', other)}${providerYaml('anthropic', 'anthropic', claude.url).replace(' m:', ' claude-opus-4-5:')}`
      const router = await openRouter(yaml, ENV)
      for (const model of ['anthropic/claude-opus-4-5', 'claude-opus-4-5']) {
        const answer = await ask(router.url, client, { model })
        assert.equal(client.readText(answer.text), 'from Claude')
        assert.equal(answer.headers['x-sage-model'], 'anthropic/claude-opus-4-5')
        assert.equal(answer.headers['x-sage-fallback-from'], undefined)
      }
      assert.deepEqual(modelsOf(claude.requests), ['claude-opus-4-5', 'claude-opus-4-5'])
      assert.equal(other.requests.length, 0)
    })

    test('A6: a pinned Claude that fails is an error, not another model', async () => {
      const claude = await openUpstream(broken)
      const other = await openUpstream(answers)
      const yaml = `version: 1\nproviders:\n${providerYaml('anthropic', 'anthropic', claude.url)}${remote('other', other)}`
      const router = await openRouter(yaml, ENV)
      const answer = await ask(router.url, client, { model: 'anthropic/m' })
      assert.equal(answer.status, 502)
      assert.match(client.readError(answer.text), /anthropic\/m/)
      assert.equal(other.requests.length, 0)
    })

    test('A11: a model that is not there is a 404 that names its neighbours', async () => {
      const one = await openUpstream(answers)
      const router = await openRouter(
        `version: 1\nproviders:\n${remote('ollama', one, 'llama3.2:3b qwen3:8b mistral:7b')}`,
      )
      const cases: [asked: string, near: RegExp][] = [
        ['ollama/llama3.2:1b', /ollama\/llama3\.2:3b/],
        ['ollama/qwen3', /ollama\/qwen3:8b/],
        ['qwen3:14b', /ollama\/qwen3:8b/],
        ['sage/atuo', /sage\/auto/],
        ['other/mistral:7b', /ollama\/mistral:7b/],
        ['completely-different-thing-9000', /unknown model/],
        ['Ollama/nothing/at/all', /unknown model/],
        ['x'.repeat(10_000), /unknown model/],
        ['\u0000\n"<b>', /unknown model/],
      ]
      for (const [asked, near] of cases) {
        const answer = await ask(router.url, client, { model: asked })
        assert.equal(answer.status, 404, asked)
        assert.match(client.readError(answer.text), near)
        assert.ok(answer.text.length < 1000, 'a long name is not repeated')
        assert.equal(answer.headers['x-should-retry'], 'false')
      }
      assert.equal(one.requests.length, 0)
    })

    test('A11: a pin falls back where the profile says so, in order, and the answer says from what', async () => {
      const [a, b, c, d] = [
        await openUpstream(broken),
        await openUpstream(broken),
        await openUpstream(answers),
        await openUpstream(answers),
      ]
      const yaml = [
        `version: 1\npolicies: { auto: { retry_wait_ms: 0 } }\nproviders:\n${remote('d', d)}${remote('a', a)}${remote('b', b)}${remote('c', c)}`,
        'pins: { "a/*": { fallback: [b/m, c/m] } }\n',
      ].join('')
      const router = await openRouter(yaml)
      const answer = await ask(router.url, client, { model: 'a/m' })
      assert.equal(client.readText(answer.text), 'fine')
      assert.equal(answer.headers['x-sage-model'], 'c/m')
      assert.equal(answer.headers['x-sage-fallback-from'], 'a/m')
      assert.equal(answer.headers['x-sage-attempts'], '3')
      assert.deepEqual(
        [a, b, c, d].map(({ requests }) => requests.length),
        [1, 1, 1, 0],
      )
    })

    test('A11: a pin that works says nothing of a fallback', async () => {
      const [a, b] = [await openUpstream(answers), await openUpstream(answers)]
      const yaml = `version: 1\nproviders:\n${remote('a', a)}${remote('b', b)}pins: { "a/*": { fallback: [b/m] } }\n`
      const answer = await ask((await openRouter(yaml)).url, client, { model: 'a/m' })
      assert.equal(answer.headers['x-sage-model'], 'a/m')
      assert.equal(answer.headers['x-sage-fallback-from'], undefined)
      assert.equal(b.requests.length, 0)
    })

    test('A11: a fallback policy keeps its constraints: a local one never leaves the machine', async () => {
      const [pinned, cloud, home] = [
        await openUpstream(broken),
        await openUpstream(answers),
        await openUpstream(answers),
      ]
      const yaml = [
        `version: 1\nproviders:\n${remote('pinned', pinned)}${remote('cloud', cloud)}`,
        providerYaml('home', 'openai-compatible', home.url).replace(', key: env:TEST_KEY', ''),
        'policies: { private: { require: { local: true } } }\npins: { "pinned/*": { fallback: [sage/private] } }\n',
      ].join('')
      const router = await openRouter(yaml)
      const answer = await ask(router.url, client, { model: 'pinned/m' })
      assert.equal(answer.headers['x-sage-model'], 'home/m')
      assert.equal(answer.headers['x-sage-fallback-from'], 'pinned/m')
      assert.equal(cloud.requests.length, 0)
    })

    test('A11: under require local a cloud model is never called, not even when all else fails', async () => {
      const ollama = await openUpstream((received) =>
        String(received.json['model']).includes('cloud')
          ? answerAs('ollama', received, { text: 'from the cloud' })
          : { status: 500, json: { error: 'boom' } },
      )
      const cloud = await openUpstream(answers)
      const facts = '{ capabilities: [tools, vision, json], context: 200000 }'
      const yaml = [
        `version: 1\nproviders:\n${remote('cloud', cloud)}  ollama: { kind: ollama, base_url: "${ollama.url}", models: { `,
        ['kimi-k2:cloud', 'gpt-oss:120b-cloud', 'qwen3:8b'].map((id) => `"${id}": ${facts}`).join(', '),
        ' } }\npolicies: { private: { require: { local: true } } }\n',
      ].join('')
      const router = await openRouter(yaml)
      for (let i = 0; i < 8; i++) {
        const answer = await ask(router.url, client, { model: 'sage/private' })
        assert.ok(answer.status >= 500, String(answer.status))
        client.readError(answer.text)
      }
      assert.ok(modelsOf(ollama.requests).every((model) => model === 'qwen3:8b'))
      assert.ok(ollama.requests.length > 0)
      assert.equal(cloud.requests.length, 0)
    })

    test('A11: when no local model can serve the request, the error says what kept each out', async () => {
      const [cloud, ollama] = [await openUpstream(answers), await openUpstream(answers)]
      const facts = '{ capabilities: [tools, vision, json], context: 200000 }'
      const yaml = [
        `version: 1\nproviders:\n${remote('cloud', cloud)}  ollama: { kind: ollama, base_url: "${ollama.url}", models: { "kimi-k2:cloud": ${facts} } }\n`,
        'policies: { private: { require: { local: true } } }\n',
      ].join('')
      const answer = await ask((await openRouter(yaml)).url, client, { model: 'sage/private' })
      assert.equal(answer.status, 400)
      assert.match(client.readError(answer.text), /2 × not_local/)
      assert.deepEqual([cloud.requests.length, ollama.requests.length], [0, 0])
    })

    test('A12: every id of the models list can be sent back', async () => {
      const one = await openUpstream(answers)
      const two = await openUpstream(answers)
      const yaml = [
        `version: 1\nproviders:\n${remote('one', one, 'o4-mini llama-3.1:8b meta-llama/llama-3 mistral-large Qwen/Qwen3-8B sage')}`,
        remote('two', two, 'o4-mini auto claude-sonnet-4@20250514 models/gemini-2.5-pro ünï-码 a%2Fb a+b#c'),
        'policies: { fast: {}, local-first: { weights: { locality: 5 } } }\n',
        'aliases: { "gpt-*": one/o4-mini, "claude-*": sage/fast }\n',
      ].join('')
      const router = await openRouter(yaml)
      for (const headers of [{}, { 'anthropic-version': '2023-06-01' }]) {
        const list = (await request(`${router.url}/v1/models`, { headers })).json() as { data: { id: string }[] }
        assert.ok(list.data.length >= 16)
        for (const { id } of list.data) {
          const answer = await ask(router.url, client, { model: id })
          assert.equal(client.readText(answer.text), 'fine', `${id}: ${answer.text}`)
          if (!/^(claude-)?sage[/-]/.test(id)) assert.equal(answer.headers['x-sage-model'], ascii(id))
          const entry = await request(`${router.url}/v1/models/${encodeURIComponent(id)}`, { headers })
          assert.equal((entry.json() as { id: string }).id, id)
        }
      }
    })
  })
}

const ODD_IDS = ['o4-mini', 'llama-3.1:8b', 'meta-llama/llama-3', 'mistral-large', 'Qwen/Qwen3-8B-Instruct:free']

for (const base of ['', '/', '/v1', '/v1/', '/v1/chat/completions', '/api/openai/v1']) {
  test(`A13: base URL ending in "${base}" finds the chat endpoint, odd ids survive`, async () => {
    const one = await openUpstream(answers)
    const models = ODD_IDS.map((id) => `"${id}"`).join(', ')
    const router = await openRouter(
      `version: 1\nproviders:\n  any: { kind: openai-compatible, base_url: "${one.url}${base}", models: [${models}] }\n`,
    )
    const client = TEST_CLIENTS[0]
    assert.ok(client !== undefined)
    for (const id of ODD_IDS) {
      for (const model of [id, `any/${id}`]) assert.equal((await ask(router.url, client, { model })).status, 200, model)
    }
    assert.deepEqual(
      modelsOf(one.requests),
      ODD_IDS.flatMap((id) => [id, id]),
    )
    const path = base.startsWith('/api') ? `${base}/chat/completions` : '/v1/chat/completions'
    assert.ok(
      one.requests.every((received) => received.path === path),
      one.requests[0]?.path,
    )
  })
}

for (const [kind, path] of [
  ['anthropic', '/v1/messages'],
  ['ollama', '/api/chat'],
] as const) {
  for (const base of ['', '/', '/v1', '/v1/']) {
    test(`A13: ${kind} base URL ending in "${base}" leads to ${path}`, async () => {
      const one = await openUpstream((received) => answerAs(kind, received, { text: 'fine' }))
      const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, one.url + base)}`
      const router = await openRouter(yaml, ENV)
      const client = TEST_CLIENTS[0]
      assert.ok(client !== undefined)
      assert.equal((await ask(router.url, client)).status, 200)
      assert.deepEqual(
        one.requests.map((received) => received.path),
        [path],
      )
    })
  }
}

for (const spelling of [
  'auto-discover',
  '"auto-discover"',
  'auto',
  'true',
  '"*"',
  '["*"]',
  '{ auto-discover: true }',
  '{ "*": {} }',
  '{ auto: discover }',
]) {
  test(`A13: models: ${spelling} is a clear error, not a model`, () => {
    const yaml = `version: 1\nproviders:\n  any: { kind: ollama, models: ${spelling} }\n`
    const { profile, diagnostics } = parseProfile(yaml, 'test.yaml')
    assert.equal(profile, undefined)
    const error = diagnostics.find(({ severity }) => severity === 'error')
    assert.equal(error?.line, 3)
    assert.match(error.message, /model|must be a map/)
  })
}

for (const spelling of ['[auto-discover]', '[auto_discover]', '[autodiscover]', '{ auto-discover: {} }']) {
  test(`A13: models: ${spelling} does not become a model that is offered`, () => {
    const yaml = `version: 1\nproviders:\n  any: { kind: ollama, models: ${spelling} }\n`
    const { profile, diagnostics } = parseProfile(yaml, 'test.yaml')
    const ids = profile?.providers.flatMap(({ models }) => models.map(({ id }) => id)) ?? []
    assert.ok(diagnostics.length > 0, `taken for a model: ${ids.join(', ')}`)
  })
}

test('A10, A12: every policy and model of a generated profile can be asked for', async () => {
  const ollama = await openUpstream((received) => answerAs('ollama', received, { text: 'fine' }))
  const models = ['llama3.2:3b', 'qwen3-coder:30b'].map((id) => ({
    id,
    capabilities: ['tools' as const, 'json' as const],
    context: 131_072,
    remote: false,
  }))
  const router = await openRouter(generateProfile({ keys: [], ollama: { baseUrl: ollama.url, models } }))
  const { data } = (await request(`${router.url}/v1/models`)).json() as { data: { id: string }[] }
  assert.ok(data.length > 4)
  for (const client of TEST_CLIENTS) {
    for (const id of ['auto', ...data.map((entry) => entry.id), 'claude-sonnet-4-5', 'claude-haiku-4-5']) {
      const answer = await ask(router.url, client, { model: id })
      if (answer.status === 200) assert.equal(client.readText(answer.text), 'fine')
      else assert.match(client.readError(answer.text), /no candidate for this request under \S+: \d+ × \w+/)
    }
  }
})
