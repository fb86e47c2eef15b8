// Embeddings and legacy completions go to the one target they name, as they are, and come back as they are.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import OpenAI from 'openai'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Reply } from '../helpers/upstream.ts'

const VECTOR = {
  object: 'list',
  data: [{ object: 'embedding', index: 0, embedding: [0.5, -1.25] }],
  model: 'e',
  usage: { prompt_tokens: 1, total_tokens: 1 },
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** What the provider answers, by the input. */
const ANSWERS: Readonly<Record<string, Reply>> = {
  fail: { status: 429, json: { error: { message: 'slow down' } } },
  cut: { fault: 'fin-after', status: 429, chunks: ['{"error":{"mess'] },
  key: { status: 401, json: { error: { message: 'Incorrect API key provided: upstream-key' } } },
  gzip: { chunks: [gzipSync(JSON.stringify(VECTOR))], headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
  none: { json: VECTOR, headers: { 'content-encoding': 'none' } },
  zstd: { chunks: ['?'], headers: { ...JSON_TYPE, 'content-encoding': 'zstd' } },
  moved: { status: 307, text: '', headers: { location: 'http://127.0.0.1:1/' } },
}

async function start(): Promise<{ url: string; seen: { path: string; body: string; key: string | undefined }[] }> {
  const seen: { path: string; body: string; key: string | undefined }[] = []
  const upstream = await openUpstream((received) => {
    seen.push({ path: received.path, body: received.body.toString('utf8'), key: received.headers.authorization })
    if (received.path.endsWith('/completions')) {
      return { chunks: ['data: {"choices":[{"text":"a"}]}\n\n', 'data: [DONE]\n\n'] }
    }
    return ANSWERS[String(received.json['input'])] ?? { json: VECTOR }
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

test('an error that breaks off is told by its status', async () => {
  const { url } = await start()
  const answer = await request(`${url}/v1/embeddings`, { body: { model: 'any/m', input: 'cut' } })
  assert.equal(answer.status, 429)
  assert.match(JSON.stringify(answer.json()), /any\/m answered with status 429/)
})

test('no key is in the provider’s error', async () => {
  const { url } = await start()
  const answer = await request(`${url}/v1/embeddings`, { body: { model: 'any/m', input: 'key' } })
  assert.equal(answer.status, 401)
  assert.deepEqual(answer.json(), { error: { message: 'Incorrect API key provided: [redacted]' } })
})

for (const input of ['gzip', 'none']) {
  test(`an answer with the encoding ${input} comes decoded`, async () => {
    const { url } = await start()
    const answer = await request(`${url}/v1/embeddings`, { body: { model: 'any/m', input } })
    assert.deepEqual(answer.json(), VECTOR)
    assert.equal(answer.headers['content-encoding'], undefined)
  })
}

for (const input of ['zstd', 'moved']) {
  test(`what is neither an answer nor an error is an error of the provider: ${input}`, async () => {
    const { url } = await start()
    const answer = await request(`${url}/v1/embeddings`, { body: { model: 'any/m', input } })
    assert.equal(answer.status, 502)
    assert.match(answer.text, /any\/m failed: the /)
  })
}

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
