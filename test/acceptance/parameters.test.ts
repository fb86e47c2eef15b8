// A3: parameters cross between dialects by meaning, and what cannot cross is named in x-sage-dropped.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

type Fields = Record<string, unknown>

interface Sent {
  body: Fields
  dropped: string[]
}

/** Sends a question with these fields from each client of the dialect; what the provider received must not differ. */
async function send(dialect: 'chat' | 'messages', kind: FakeKind, fields: Fields): Promise<Sent> {
  const upstream = await openUpstream((received) => answerAs(kind, received, { text: 'fine' }))
  const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`
  const router = await openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })
  const sent: Sent[] = []
  for (const client of TEST_CLIENTS.filter((known) => known.dialect === dialect)) {
    const answer = await ask(router.url, client, { model: 'any/m', ...fields })
    assert.equal(client.readText(answer.text), 'fine', answer.text)
    const body: Fields = { ...upstream.requests.at(-1)?.json }
    assert.equal(body['stream'] ?? false, client.stream, 'stream is the client’s')
    for (const name of ['model', 'messages', 'stream', 'stream_options']) delete body[name]
    const dropped = answer.headers['x-sage-dropped']
    sent.push({ body, dropped: typeof dropped === 'string' ? dropped.split(', ') : [] })
  }
  const [whole, streamed] = sent
  assert.ok(whole !== undefined)
  assert.deepEqual(streamed, whole)
  return whole
}

const SCHEMA = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false }
const JSON_SCHEMA = { type: 'json_schema', json_schema: { name: 'answer', strict: true, schema: SCHEMA } }

describe('A3: from chat to Ollama', () => {
  const cases: { name: string; fields: Fields; expected: Fields; options?: Fields }[] = [
    {
      name: 'sampling and limits',
      fields: {
        temperature: 0.3,
        top_p: 0.9,
        seed: 42,
        stop: ['END', '\n'],
        max_tokens: 64,
        presence_penalty: 0.5,
        frequency_penalty: -0.5,
      },
      expected: {},
      options: {
        temperature: 0.3,
        top_p: 0.9,
        seed: 42,
        stop: ['END', '\n'],
        num_predict: 64,
        presence_penalty: 0.5,
        frequency_penalty: -0.5,
      },
    },
    {
      name: 'zeros',
      fields: { temperature: 0, seed: 0, max_tokens: 1 },
      expected: {},
      options: { temperature: 0, seed: 0, num_predict: 1 },
    },
    { name: 'one stop text', fields: { stop: 'END' }, expected: {}, options: { num_predict: 100, stop: ['END'] } },
    {
      name: 'the newer limit',
      fields: { max_tokens: undefined, max_completion_tokens: 50 },
      expected: {},
      options: { num_predict: 50 },
    },
    { name: 'effort', fields: { reasoning_effort: 'high' }, expected: { think: true }, options: { num_predict: 100 } },
    {
      name: 'no effort',
      fields: { reasoning_effort: 'none' },
      expected: { think: false },
      options: { num_predict: 100 },
    },
    {
      name: 'JSON',
      fields: { response_format: { type: 'json_object' } },
      expected: { format: 'json' },
      options: { num_predict: 100 },
    },
    {
      name: 'a JSON schema',
      fields: { response_format: JSON_SCHEMA },
      expected: { format: SCHEMA },
      options: { num_predict: 100 },
    },
    { name: 'text', fields: { response_format: { type: 'text' } }, expected: {}, options: { num_predict: 100 } },
    {
      name: 'stream options',
      fields: { stream_options: { include_usage: true } },
      expected: {},
      options: { num_predict: 100 },
    },
  ]
  for (const { name, fields, expected, options } of cases) {
    test(`A3: ${name}`, async () => {
      const { body, dropped } = await send('chat', 'ollama', fields)
      const { options: given, truncate, ...rest } = body as { options: Fields; truncate: boolean }
      const { num_ctx, ...sampling } = given
      assert.deepEqual(rest, expected)
      assert.deepEqual(sampling, options)
      // Ollama would silently cut the front off a longer prompt.
      assert.ok(typeof num_ctx === 'number' && num_ctx >= 4096)
      assert.equal(truncate, false)
      assert.deepEqual(dropped, [])
    })
  }
})

describe('A3: from chat to Anthropic', () => {
  const cases: { name: string; fields: Fields; expected: Fields; dropped?: string[] }[] = [
    {
      name: 'sampling and limits',
      fields: { temperature: 0.3, stop: ['END'], max_tokens: 64 },
      expected: { temperature: 0.3, stop_sequences: ['END'], max_tokens: 64 },
    },
    { name: 'a stop text alone', fields: { stop: 'END' }, expected: { max_tokens: 100, stop_sequences: ['END'] } },
    {
      name: 'a temperature above Anthropic’s highest',
      fields: { temperature: 1.7 },
      expected: { max_tokens: 100, temperature: 1 },
    },
    { name: 'top_p alone', fields: { top_p: 0.9 }, expected: { max_tokens: 100, top_p: 0.9 } },
    {
      name: 'effort as a budget below the limit',
      fields: { reasoning_effort: 'low', max_tokens: 10_000 },
      expected: { max_tokens: 10_000, thinking: { type: 'enabled', budget_tokens: 4096 } },
    },
    {
      name: 'a JSON schema',
      fields: { response_format: JSON_SCHEMA },
      expected: { max_tokens: 100, output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
    },
    {
      name: 'a seed, which has no counterpart',
      fields: { seed: 42 },
      expected: { max_tokens: 100 },
      dropped: ['seed'],
    },
    { name: 'stream options', fields: { stream_options: { include_usage: true } }, expected: { max_tokens: 100 } },
    {
      name: 'the user',
      fields: { user: 'user-1' },
      expected: { max_tokens: 100, metadata: { user_id: 'user-1' } },
    },
  ]
  for (const { name, fields, expected, dropped = [] } of cases) {
    test(`A3: ${name}`, async () => {
      const sent = await send('chat', 'anthropic', fields)
      assert.deepEqual(sent.body, expected)
      assert.deepEqual(sent.dropped, dropped)
    })
  }

  test('A3: JSON mode is asked for in words', async () => {
    const { body } = await send('chat', 'anthropic', { response_format: { type: 'json_object' } })
    assert.match(JSON.stringify(body['system']), /JSON/)
  })

  test('A3: no limit becomes one, which Anthropic demands', async () => {
    const { body } = await send('chat', 'anthropic', { max_tokens: undefined })
    assert.ok(Number(body['max_tokens']) >= 4096)
  })
})

describe('A3: from Messages to chat', () => {
  const cases: { name: string; fields: Fields; expected: Fields; dropped?: string[] }[] = [
    {
      name: 'sampling and limits',
      fields: { max_tokens: 64, temperature: 0.3, stop_sequences: ['END'], top_p: 0.9 },
      expected: { max_completion_tokens: 64, temperature: 0.3, stop: ['END'], top_p: 0.9 },
    },
    { name: 'zero', fields: { temperature: 0 }, expected: { max_completion_tokens: 100, temperature: 0 } },
    {
      name: 'a thinking budget as an effort',
      fields: { max_tokens: 9000, thinking: { type: 'enabled', budget_tokens: 8000 } },
      expected: { max_completion_tokens: 9000, reasoning_effort: 'medium' },
    },
    {
      name: 'thinking off, to a model that thinks',
      fields: { thinking: { type: 'disabled' } },
      expected: { max_completion_tokens: 100, reasoning_effort: 'none' },
    },
    {
      name: 'top_k, which has no counterpart',
      fields: { top_k: 5 },
      expected: { max_completion_tokens: 100 },
      dropped: ['top_k'],
    },
    { name: 'the user', fields: { metadata: { user_id: 'u1' } }, expected: { max_completion_tokens: 100, user: 'u1' } },
  ]
  for (const { name, fields, expected, dropped = [] } of cases) {
    test(`A3: ${name}`, async () => {
      const sent = await send('messages', 'openai-compatible', fields)
      assert.deepEqual(sent.body, expected)
      assert.deepEqual(sent.dropped, dropped)
    })
  }

  test('A3: a JSON schema', async () => {
    const fields = { output_config: { format: { type: 'json_schema', schema: SCHEMA } } }
    const { body } = await send('messages', 'openai-compatible', fields)
    const format = body['response_format'] as { type: string; json_schema: { schema: unknown } }
    assert.equal(format.type, 'json_schema')
    assert.deepEqual(format.json_schema.schema, SCHEMA)
  })
})

describe('A3: from Messages to Ollama', () => {
  const cases: { name: string; fields: Fields; expected: Fields; options: Fields }[] = [
    {
      name: 'sampling and limits',
      fields: { max_tokens: 64, temperature: 0.3, stop_sequences: ['END'], top_p: 0.9, top_k: 5 },
      expected: {},
      options: { num_predict: 64, temperature: 0.3, stop: ['END'], top_p: 0.9, top_k: 5 },
    },
    {
      name: 'thinking on',
      fields: { max_tokens: 9000, thinking: { type: 'enabled', budget_tokens: 8000 } },
      expected: { think: true },
      options: { num_predict: 9000 },
    },
    {
      name: 'thinking off',
      fields: { thinking: { type: 'disabled' } },
      expected: { think: false },
      options: { num_predict: 100 },
    },
    {
      name: 'a JSON schema',
      fields: { output_config: { format: { type: 'json_schema', schema: SCHEMA } } },
      expected: { format: SCHEMA },
      options: { num_predict: 100 },
    },
  ]
  for (const { name, fields, expected, options } of cases) {
    test(`A3: ${name}`, async () => {
      const { body, dropped } = await send('messages', 'ollama', fields)
      const { options: given, truncate: _, ...rest } = body as { options: Fields; truncate: boolean }
      const { num_ctx: __, ...sampling } = given
      assert.deepEqual(rest, expected)
      assert.deepEqual(sampling, options)
      assert.deepEqual(dropped, [])
    })
  }
})

test('A3: a chat client gets the usage chunk only when it asked for one', async () => {
  const upstream = await openUpstream((received) => answerAs('ollama', received, { text: 'fine' }))
  const router = await openRouter(`version: 1\nproviders:\n${providerYaml('any', 'ollama', upstream.url)}`)
  const client = TEST_CLIENTS[1]
  assert.ok(client?.name === 'chat, streamed')
  const asked = await ask(router.url, client, { stream_options: { include_usage: true } })
  assert.match(asked.text, /"usage":\{"prompt_tokens":26,"completion_tokens":8,"total_tokens":34/)
  const silent = await ask(router.url, client)
  assert.doesNotMatch(silent.text, /"prompt_tokens"/)
})
