// A5: a Messages request with everything in it, to every kind of provider, comes back as native events.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { readEvents } from '../helpers/clients.ts'
import { PNG } from '../helpers/conversations.ts'
import { PROVIDER_KINDS, answerAs, providerYaml } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'

const IMAGE = {
  type: 'image' as const,
  source: { type: 'base64' as const, media_type: 'image/png' as const, data: PNG },
}
const BODY: Anthropic.MessageCreateParamsNonStreaming = {
  model: 'any/m',
  max_tokens: 4000,
  system: [{ type: 'text', text: 'You are an agent.', cache_control: { type: 'ephemeral' } }],
  thinking: { type: 'enabled', budget_tokens: 2000 },
  tools: [
    { name: 'shell', input_schema: { type: 'object', properties: { cmd: { type: 'string' } } } },
    { name: 'clock', input_schema: { type: 'object' } },
  ],
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'What is on this picture?' }, IMAGE] },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'I should look.', signature: 'EqQB==' },
        { type: 'tool_use', id: 'toolu_1', name: 'shell', input: { cmd: 'file a.png' } },
        { type: 'tool_use', id: 'toolu_2', name: 'clock', input: {} },
      ],
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'toolu_1', content: 'a.png: PNG image data' },
        { type: 'tool_result', tool_use_id: 'toolu_2', content: [{ type: 'text', text: 'noon' }], is_error: true },
        { type: 'text', text: 'Go on.' },
      ],
    },
  ],
}
const ANSWER = {
  thinking: 'One more look.',
  text: 'Let me check.',
  toolCalls: [
    { id: 'call_1', name: 'shell', arguments: { cmd: 'ls "ü"', n: 1 } },
    { id: 'call_2', name: 'clock', arguments: {} },
  ],
}

type Event = Record<string, unknown> & { type: string; index?: number; delta?: Record<string, unknown> }

for (const kind of PROVIDER_KINDS) {
  describe(`a Messages client and a provider of kind ${kind}`, () => {
    const start = async (): Promise<{ url: string; upstream: Awaited<ReturnType<typeof openUpstream>> }> => {
      const upstream = await openUpstream((received) => answerAs(kind, received, ANSWER))
      const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url)}`
      return { url: (await openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } })).url, upstream }
    }

    test('A5: the stream is one of native events in their order', async () => {
      const { url } = await start()
      const headers = { 'x-api-key': 'client', 'anthropic-version': '2023-06-01' }
      const answer = await request(`${url}/v1/messages`, { body: { ...BODY, stream: true }, headers })
      assert.equal(answer.status, 200, answer.text)
      const events = readEvents(answer.text) as Event[]
      const names = Array.from(answer.text.matchAll(/^event: (.*)$/gm), ([, name]) => name)
      assert.deepEqual(
        names,
        events.map(({ type }) => type),
        'each event is named as its data',
      )
      assert.equal(events[0]?.type, 'message_start')
      assert.deepEqual(
        events.slice(-2).map(({ type }) => type),
        ['message_delta', 'message_stop'],
      )
      assert.equal(events.at(-2)?.delta?.['stop_reason'], 'tool_use')
      const open: number[] = []
      for (const event of events.filter(({ type }) => type.startsWith('content_block'))) {
        if (event.type === 'content_block_start') assert.equal(event.index, open.push(event.index ?? -1) - 1)
        else assert.equal(event.index, open.length - 1, 'blocks do not overlap')
      }
      const json = events.filter(({ delta }) => delta?.['type'] === 'input_json_delta')
      const first = json.filter(({ index }) => index === json[0]?.index)
      assert.deepEqual(JSON.parse(first.map(({ delta }) => delta?.['partial_json']).join('')), { cmd: 'ls "ü"', n: 1 })
      assert.doesNotMatch(answer.text, /\[DONE\]/)
    })

    test('A5: the official client reads the same answer, streamed or not', async () => {
      const { url } = await start()
      const client = new Anthropic({ baseURL: url, apiKey: 'client', maxRetries: 0 })
      const whole = await client.messages.create(BODY)
      const streamed = await client.messages.stream(BODY).finalMessage()
      for (const message of [whole, streamed]) {
        assert.deepEqual(
          message.content.map((block) => block.type),
          ['thinking', 'text', 'tool_use', 'tool_use'],
        )
        const [thinking, text, shell, clock] = message.content
        assert.equal(thinking?.type === 'thinking' && thinking.thinking, ANSWER.thinking)
        assert.equal(text?.type === 'text' && text.text, ANSWER.text)
        assert.deepEqual(shell?.type === 'tool_use' && shell.input, ANSWER.toolCalls[0]?.arguments)
        assert.deepEqual(clock?.type === 'tool_use' && clock.input, {})
        assert.equal(message.stop_reason, 'tool_use')
        assert.ok(message.usage.output_tokens > 0)
      }
    })

    test('A5: the whole conversation reaches the provider', async () => {
      const { url, upstream } = await start()
      const client = new Anthropic({ baseURL: url, apiKey: 'client', maxRetries: 0 })
      await client.messages.create(BODY)
      const sent = upstream.requests[0]?.body.toString() ?? ''
      for (const part of [
        'You are an agent.',
        'What is on this picture?',
        PNG,
        'file a.png',
        'PNG image data',
        'noon',
        'Go on.',
      ]) {
        assert.ok(sent.includes(part), part)
      }
    })

    test('A5: a conversation goes on with what the router answered', async () => {
      const { url, upstream } = await start()
      const client = new Anthropic({ baseURL: url, apiKey: 'client', maxRetries: 0 })
      const first = await client.messages.stream(BODY).finalMessage()
      const results = first.content.flatMap((block) =>
        block.type === 'tool_use' ? [{ type: 'tool_result' as const, tool_use_id: block.id, content: 'ok' }] : [],
      )
      assert.equal(results.length, 2)
      const messages = [
        ...BODY.messages,
        { role: 'assistant' as const, content: first.content },
        { role: 'user' as const, content: results },
      ]
      const second = await client.messages.create({ ...BODY, messages })
      assert.equal(second.stop_reason, 'tool_use')
      assert.equal(upstream.requests.length, 2)
      for (const { id } of ANSWER.toolCalls)
        assert.ok(upstream.requests[1]?.body.includes(id), 'the provider knows its call')
    })
  })
}
