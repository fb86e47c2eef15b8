// A10: on a machine with Ollama alone, everything the generated profile offers answers or says what kept each model out.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Ollama } from 'ollama'
import { parseProfile } from '../../src/profile/parse.ts'
import { generateProfile } from '../../src/providers/generate-profile.ts'
import type { FoundModel } from '../../src/providers/generate-profile.ts'
import { probeOllama } from '../../src/providers/ollama/probe.ts'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import type { TestClient } from '../helpers/clients.ts'
import { PNG } from '../helpers/conversations.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { ollamaTags } from '../helpers/ollama-replies.ts'
import type { FakeModel } from '../helpers/ollama-replies.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { startSage } from '../helpers/sage.ts'
import type { Upstream } from '../helpers/upstream.ts'

const MACHINES: Record<string, FakeModel[]> = {
  'one small model': [{ name: 'llama3.2:1b', capabilities: ['completion'], context: 131_072 }],
  'a coder and a thinker': [
    { name: 'qwen2.5-coder:7b', capabilities: ['completion', 'tools', 'insert'], context: 32_768 },
    { name: 'qwen3:30b', capabilities: ['completion', 'tools', 'thinking'], context: 262_144 },
    { name: 'nomic-embed-text:latest', capabilities: ['embedding'], context: 2048 },
  ],
  'an old server, which says nothing of its models': [{ name: 'llama2:latest' }, { name: 'mistral:7b' }],
  'eyes, and a model in the cloud': [
    { name: 'gemma3:12b', capabilities: ['completion', 'vision'], context: 131_072 },
    { name: 'kimi-k2:cloud', capabilities: ['completion', 'tools'], context: 262_144, remoteModel: 'kimi-k2' },
  ],
}

async function startOllama(models: readonly FakeModel[]): Promise<Upstream> {
  return openUpstream((received) => {
    if (received.path === '/api/tags') return { json: ollamaTags(models) }
    if (received.path !== '/api/chat') return { status: 404, json: { error: 'no such path' } }
    const name = received.json['model']
    if (!models.some((known) => known.name === name)) {
      return { status: 404, json: { error: `model '${String(name)}' not found` } }
    }
    return answerAs('ollama', received, { text: 'fine' })
  })
}

async function find(ollama: Upstream): Promise<FoundModel[]> {
  const models = await probeOllama(ollama.url, 2000)
  assert.ok(models !== undefined)
  return models
}

const TOOLS = {
  chat: [{ type: 'function', function: { name: 'shell', parameters: { type: 'object' } } }],
  messages: [{ name: 'shell', input_schema: { type: 'object' } }],
}
const IMAGES = {
  chat: { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
  messages: { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
}

/** What clients send: plain words, code, tools, an image, a prompt that no window holds. */
function requests({ dialect }: TestClient): Record<string, unknown>[] {
  const say = (content: unknown): { messages: unknown[] } => ({ messages: [{ role: 'user', content }] })
  return [
    say('hello'),
    say('Fix the failing test in src/a.ts'),
    { ...say('List the files.'), tools: TOOLS[dialect] },
    say([{ type: 'text', text: 'What is this?' }, IMAGES[dialect]]),
    say('word '.repeat(400_000)),
  ]
}

for (const [machine, models] of Object.entries(MACHINES)) {
  describe(`a machine with ${machine}`, () => {
    for (const client of TEST_CLIENTS) {
      test(`A10: ${client.name}: every policy answers or lists the rejections`, async () => {
        const ollama = await startOllama(models)
        const yaml = generateProfile({ keys: [], ollama: { baseUrl: ollama.url, models: await find(ollama) } })
        const { profile, diagnostics } = parseProfile(yaml, 'generated.yaml')
        assert.deepEqual(diagnostics, [])
        const router = await openRouter(yaml)
        const names = profile?.policies.map(({ name }) => `sage/${name}`) ?? []
        assert.ok(names.length > 1)
        for (const model of ['auto', ...names]) {
          for (const [i, fields] of requests(client).entries()) {
            const answer = await ask(router.url, client, { model, ...fields })
            if (answer.status === 200) assert.equal(client.readText(answer.text), 'fine')
            else {
              assert.equal(answer.status, 400, answer.text)
              assert.match(client.readError(answer.text), /no candidate for this request under sage\/\S+: \d+ × \w+ \(/)
            }
            // Plain words can be answered by any model: nothing in a generated profile may stand in the way.
            if (i < 2) assert.equal(answer.status, 200, `${model}: ${answer.text}`)
          }
        }
        const asked = ollama.requests
          .filter(({ path }) => path === '/api/chat')
          .map(({ json }) => String(json['model']))
        assert.ok(!asked.some((name) => name.includes('embed')))
      })
    }
  })
}

test('A10: sage serve without profile and keys uses what Ollama has', async () => {
  const ollama = await startOllama(MACHINES['a coder and a thinker'] ?? [])
  const serving = await startSage(['serve', '--port', '0'], { env: { OLLAMA_HOST: ollama.url } })
  try {
    for (const client of TEST_CLIENTS) {
      const answer = await ask(serving.url, client)
      assert.equal(client.readText(answer.text), 'fine')
      assert.equal(answer.headers['x-sage-simulated'], undefined)
      assert.match(String(answer.headers['x-sage-model']), /^ollama\/qwen/)
    }
  } finally {
    await serving.stop()
  }
})

test('A10: the fake is one: Ollama’s own client can talk to it', async () => {
  const ollama = await startOllama(MACHINES['one small model'] ?? [])
  const client = new Ollama({ host: ollama.url })
  const answer = await client.chat({ model: 'llama3.2:1b', messages: [{ role: 'user', content: 'hi' }], stream: false })
  assert.equal(answer.message.content, 'fine')
  assert.equal((await client.list()).models[0]?.name, 'llama3.2:1b')
})
