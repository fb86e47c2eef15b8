// A4: a base64 image reaches every kind of provider from both dialects, in a question and in a tool's result.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import type { TestClient } from '../helpers/clients.ts'
import { PNG } from '../helpers/conversations.ts'
import { PROVIDER_KINDS, answerAs, providerYaml } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

const CHAT_IMAGE = { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}`, detail: 'low' } }
const MESSAGES_IMAGE = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } }
const TEXT = { type: 'text', text: 'What is this?' }

type Message = Record<string, unknown> & { role: string; content: unknown }

async function send(client: TestClient, kind: FakeKind, fields: Record<string, unknown>): Promise<Message[]> {
  const upstream = await openUpstream((received) => answerAs(kind, received, { text: 'fine' }))
  const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`
  const router = await openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })
  const answer = await ask(router.url, client, { model: 'any/m', ...fields })
  assert.equal(client.readText(answer.text), 'fine', answer.text)
  assert.equal(answer.headers['x-sage-dropped'], undefined)
  return upstream.requests[0]?.json['messages'] as Message[]
}

const EXPECTED: Record<FakeKind, unknown> = {
  'openai-compatible': [TEXT, { type: 'image_url', image_url: { url: CHAT_IMAGE.image_url.url } }],
  anthropic: [TEXT, MESSAGES_IMAGE],
  ollama: 'What is this?',
}

for (const client of TEST_CLIENTS) {
  describe(client.name, () => {
    for (const kind of PROVIDER_KINDS) {
      test(`A4: an image in the question reaches ${kind}`, async () => {
        const image = client.dialect === 'chat' ? CHAT_IMAGE : MESSAGES_IMAGE
        const [message] = await send(client, kind, { messages: [{ role: 'user', content: [TEXT, image] }] })
        assert.ok(message !== undefined)
        if (kind === 'ollama') assert.deepEqual(message['images'], [PNG])
        const passes = client.dialect === 'chat' && kind === 'openai-compatible'
        assert.deepEqual(message.content, passes ? [TEXT, CHAT_IMAGE] : EXPECTED[kind])
      })
    }
  })
}

const TOOL_LOOP = {
  tools: [{ name: 'look', input_schema: { type: 'object' } }],
  messages: [
    { role: 'user', content: 'Take a screenshot.' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'look', input: {} }] },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_1',
          content: [{ type: 'text', text: 'Here it is.' }, MESSAGES_IMAGE],
        },
      ],
    },
  ],
}

for (const client of TEST_CLIENTS.filter(({ dialect }) => dialect === 'messages')) {
  describe(client.name, () => {
    test('A4: an image in a tool_result reaches Anthropic as it is', async () => {
      assert.deepEqual(await send(client, 'anthropic', TOOL_LOOP), TOOL_LOOP.messages)
    })

    test('A4: an image in a tool_result reaches Ollama with the result', async () => {
      const messages = await send(client, 'ollama', TOOL_LOOP)
      const result = messages.find(({ role }) => role === 'tool')
      assert.deepEqual(
        {
          content: result?.content,
          images: result?.['images'],
          name: result?.['tool_name'],
          id: result?.['tool_call_id'],
        },
        { content: 'Here it is.', images: [PNG], name: 'look', id: 'toolu_1' },
      )
    })

    test('A4: an image in a tool_result reaches a chat provider behind the result, whose messages carry text', async () => {
      const messages = await send(client, 'openai-compatible', TOOL_LOOP)
      const at = messages.findIndex(({ role }) => role === 'tool')
      assert.equal(messages[at]?.['tool_call_id'], 'toolu_1')
      assert.ok(JSON.stringify(messages[at]?.content).includes('Here it is.'))
      assert.ok(!JSON.stringify(messages[at]).includes(PNG), 'a tool message of chat cannot carry an image')
      assert.equal(messages[at + 1]?.role, 'user')
      assert.ok(JSON.stringify(messages[at + 1]?.content).includes(`data:image/png;base64,${PNG}`))
    })
  })
}

test('A4: an image pinned to a model that cannot see is refused, and no other model gets it', async () => {
  const upstream = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
  const blind = `{ kind: openai-compatible, base_url: "${upstream.url}/v1", models: { m: { capabilities: [tools] } } }`
  const yaml = `version: 1\nproviders:\n  blind: ${blind}\n${providerYaml('any', 'openai-compatible', upstream.url)}`
  const router = await openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })
  for (const client of TEST_CLIENTS) {
    const image = client.dialect === 'chat' ? CHAT_IMAGE : MESSAGES_IMAGE
    const messages = [{ role: 'user', content: [TEXT, image] }]
    const refused = await ask(router.url, client, { model: 'blind/m', messages })
    assert.equal(refused.status, 400)
    assert.match(client.readError(refused.text), /no_vision/)
    assert.equal(upstream.requests.length, 0)
  }
  for (const client of TEST_CLIENTS) {
    const image = client.dialect === 'chat' ? CHAT_IMAGE : MESSAGES_IMAGE
    const answer = await ask(router.url, client, { messages: [{ role: 'user', content: [TEXT, image] }] })
    assert.equal(answer.headers['x-sage-model'], 'any/m', 'a policy passes over the blind one')
    assert.equal(answer.headers['x-sage-intent'], 'vision')
  }
})
