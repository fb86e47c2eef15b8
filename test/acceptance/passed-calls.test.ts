// Embeddings and legacy completions go to the one target they name, as they are, and come back as they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import OpenAI from 'openai'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

const VECTOR = {
  object: 'list',
  data: [{ object: 'embedding', index: 0, embedding: [0.5, -1.25] }],
  model: 'e',
  usage: { prompt_tokens: 1, total_tokens: 1 },
}

async function start(): Promise<{ url: string; seen: { path: string; body: string; key: string | undefined }[] }> {
  const seen: { path: string; body: string; key: string | undefined }[] = []
  const upstream = await openUpstream((received) => {
    seen.push({ path: received.path, body: received.body.toString('utf8'), key: received.headers.authorization })
    if (received.path.endsWith('/completions')) {
      return { chunks: ['data: {"choices":[{"text":"a"}]}\n\n', 'data: [DONE]\n\n'] }
    }
    return received.json['input'] === 'fail'
      ? { status: 429, json: { error: { message: 'slow down' } } }
      : { json: VECTOR }
  })
  const router = await openRouter(
    [
      'version: 1',
      'providers:',
      `  any: { kind: openai-compatible, base_url: "${upstream.url}/v1", key: env:TEST_KEY, models: [m] }`,
      `  home: { kind: ollama, base_url: "${upstream.url}", models: [m] }`,
      `  claude: { kind: anthropic, base_url: "${upstream.url}", key: env:TEST_KEY, models: [c] }`,
    ].join('\n'),
    { env: { TEST_KEY: 'upstream-key' } },
  )
  return { url: router.url, seen }
}

test('the official client gets embeddings of a model that the catalogue does not list', async () => {
  const { url, seen } = await start()
  const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'client', maxRetries: 0 })
  const input = { model: 'any/text-embedding-3', input: 'hi', encoding_format: 'float' as const }
  const { data } = await client.embeddings.create(input)
  assert.deepEqual(data[0]?.embedding, [0.5, -1.25])
  assert.deepEqual(seen[0], {
    path: '/v1/embeddings',
    body: JSON.stringify({ ...input, model: 'text-embedding-3' }),
    key: 'Bearer upstream-key',
  })
})

test('Ollama is asked at its /v1, and a stream of completions passes', async () => {
  const { url, seen } = await start()
  const answer = await request(`${url}/completions`, { body: '{ "model":"home/m", "prompt":"x", "n":1.0 }' })
  assert.equal(answer.text, 'data: {"choices":[{"text":"a"}]}\n\ndata: [DONE]\n\n')
  assert.equal(answer.headers['content-type'], 'text/event-stream')
  assert.equal(answer.headers['x-sage-model'], 'home/m')
  assert.deepEqual(seen[0]?.path, '/v1/completions')
  assert.equal(seen[0]?.body, '{ "model":"m", "prompt":"x", "n":1.0 }')
})

test('the provider’s error comes back as it is', async () => {
  const { url } = await start()
  const answer = await request(`${url}/v1/embeddings`, { body: { model: 'any/m', input: 'fail' } })
  assert.equal(answer.status, 429)
  assert.deepEqual(answer.json(), { error: { message: 'slow down' } })
})

for (const [name, model] of Object.entries({
  'a policy': 'auto',
  'another dialect': 'claude/c',
  'no such provider': 'x/y',
  'no model': 1,
})) {
  test(`${name} is refused without a call`, async () => {
    const { url, seen } = await start()
    const answer = await request(`${url}/v1/embeddings`, { body: { model, input: 'hi' } })
    assert.equal(answer.status, 400)
    assert.equal(typeof (answer.json() as { error: { message: string } }).error.message, 'string')
    assert.equal(seen.length, 0)
  })
}
