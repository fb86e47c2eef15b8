// POST /v1/messages/count_tokens: the provider's count where the request would go to Anthropic, else a marked estimate.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Handler } from '../helpers/upstream.ts'

const BODY = { model: 'any/m', messages: [{ role: 'user' as const, content: 'How many tokens is this?' }] }

async function start(kind: FakeKind, handler: Handler): Promise<TestRouter> {
  const upstream = await openUpstream(handler)
  const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`
  return openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })
}

test('an Anthropic provider counts itself', async () => {
  const paths: string[] = []
  const router = await start('anthropic', ({ path, body }) => {
    paths.push(`${path} ${body.toString()}`)
    return { json: { input_tokens: 4711 } }
  })
  const client = new Anthropic({ baseURL: router.url, apiKey: 'client', maxRetries: 0 })
  assert.equal((await client.messages.countTokens(BODY)).input_tokens, 4711)
  assert.deepEqual(paths, [`/v1/messages/count_tokens ${JSON.stringify({ ...BODY, model: 'm' })}`])
})

for (const kind of ['openai-compatible', 'ollama'] as const) {
  test(`a provider of kind ${kind} is not asked: the count is an estimate and says so`, async () => {
    let calls = 0
    const router = await start(kind, (received) => {
      calls++
      return answerAs(kind, received, { text: 'fine' })
    })
    const answer = await request(`${router.url}/v1/messages/count_tokens`, { body: BODY })
    const { input_tokens: count } = answer.json() as { input_tokens: number }
    assert.ok(count > 5 && count < 100, String(count))
    assert.equal(answer.headers['x-sage-estimate'], 'true')
    assert.equal(calls, 0)
  })
}

for (const [name, reply] of Object.entries({
  'a reset': { fault: 'reset' },
  'status 500': { status: 500, text: 'x' },
  'status 404': { status: 404, json: { type: 'error', error: { type: 'not_found_error', message: 'no' } } },
  text: { text: '<html>' },
  'JSON of another kind': { json: ['hello'] },
  'a count that is none': { json: { input_tokens: 'many' } },
} as const)) {
  test(`a provider that answers with ${name} is replaced by an estimate, and is no worse for it`, async () => {
    const router = await start('anthropic', (received) =>
      received.path.endsWith('/count_tokens') ? reply : answerAs('anthropic', received, { text: 'fine' }),
    )
    for (let i = 0; i < 5; i++) {
      const answer = await request(`${router.url}/v1/messages/count_tokens`, { body: BODY })
      assert.equal(answer.status, 200)
      assert.equal(typeof (answer.json() as { input_tokens: unknown }).input_tokens, 'number', answer.text)
      assert.equal(answer.headers['x-sage-estimate'], 'true')
    }
    const answer = await request(`${router.url}/v1/messages`, { body: { ...BODY, max_tokens: 9 } })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['x-sage-attempts'], '1')
  })
}

test('the official clients list the models', async () => {
  const router = await start('anthropic', () => ({ status: 500, text: 'x' }))
  const openai = new OpenAI({ baseURL: `${router.url}/v1`, apiKey: 'client', maxRetries: 0 })
  const claude = new Anthropic({ baseURL: router.url, apiKey: 'client', maxRetries: 0 })
  const ids: string[] = []
  for await (const { id } of openai.models.list()) ids.push(id)
  assert.deepEqual(ids, ['sage/auto', 'any/m'])
  const others: string[] = []
  for await (const { id } of claude.models.list()) others.push(id)
  assert.deepEqual(others, ['claude-sage-auto', ...ids])
  assert.equal((await openai.models.retrieve('any/m')).id, 'any/m')
  assert.equal((await claude.models.retrieve('any/m')).display_name, 'm (any)')
})
