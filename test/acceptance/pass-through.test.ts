// A1, A2, A5 and A18: between two ends of one dialect the bytes are the sender's, both ways. Only the model name changes.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { event, messageStream } from '../helpers/anthropic-replies.ts'
import {
  CALL_ID,
  CHAT_TOOLS,
  MESSAGES_TOOLS,
  ODD_ARGUMENTS,
  chatConversation,
  messagesConversation,
} from '../helpers/conversations.ts'
import { providerYaml } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Handler, Reply, Upstream } from '../helpers/upstream.ts'

type Kind = 'openai-compatible' | 'anthropic'

async function start(
  kind: Kind,
  handler: Handler,
  name: string = 'any',
): Promise<{ router: TestRouter; upstream: Upstream }> {
  const upstream = await openUpstream(handler)
  const yaml = `version: 1\nproviders:\n${providerYaml(name, kind, upstream.url)}`
  return { upstream, router: await openRouter(yaml, { env: { TEST_KEY: 'upstream-key' } }) }
}

const LONG = 'Reference text with "quotes", \\ and ünïcode. '.repeat(120).slice(0, 5000)

/** Whole answers no library would write like this. */
const CHAT_ANSWER =
  '{ "id":"x", "choices" : [{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"caf\\u00e9 \\/", "x_new":{"n":1.50}}}],\n"usage":{"prompt_tokens":9007199254740993,"completion_tokens":1,"cost":0.10}, "object":"chat.completion"}\n'
const MESSAGES_ANSWER =
  '{ "type":"message" ,"id":"msg_1","role":"assistant","model":"m","content":[{"type":"thinking","thinking":"Hm","signature":"Eq=="},{"type":"text","text":"caf\\u00e9 \\/","citations":null}],\n"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1.0,"output_tokens":2,"service_tier":"standard"},"x_new":[ ]}'

/** Streams with comments, unknown events and fields, spaces, CRLF, and a character cut in two. */
const CHAT_STREAM = [
  ': OPENROUTER PROCESSING\n\n',
  'data: {"id":"1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"x":1.0}\n\n',
  'data:{"id":"1", "choices":[{"index":0,"delta":{"content":"caf\\u00e9"},"logprobs":null}]}\r\n\r\n',
  'event: unknown\nid: 7\ndata: {"choices":[{"index":0,"delta":{"content":" 😀"}}]}\n\n',
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"cost":0.10}}\n\n',
  'data: [DONE]\n\n',
].map((part) => Buffer.from(part))

const MESSAGES_STREAM = [
  ...messageStream({
    model: 'm',
    thinking: 'Let me think',
    text: 'It is é',
    toolCalls: [{ name: 'shell', input: { c: 'ls' } }],
  }).slice(0, -2),
  ': comment\n\n',
  event('new_event_type', { x: 1 }),
  'event: message_delta\r\ndata: {"type":"message_delta", "delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9.0}}\r\n\r\n',
  event('message_stop', {}),
].map((part) => Buffer.from(part))

/** A whole answer, as written. */
function whole(text: string): Reply {
  return { text, headers: { 'content-type': 'application/json' } }
}

/** The same bytes in pieces of a size that cuts events and characters. */
function inPieces(parts: readonly Buffer[], size: number): Buffer[] {
  const bytes = Buffer.concat(parts)
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size))
}

const SIDES = [
  {
    kind: 'openai-compatible',
    path: '/v1/chat/completions',
    upstreamPath: '/v1/chat/completions',
    auth: 'authorization',
    body: (stream: boolean, first?: string) =>
      ` {"messages": ${chatConversation(first)} ,"tools":${CHAT_TOOLS},\n "stream":${stream},"model" : "any/m","temperature":1.0,"x_unknown":{"model":"keep","deep":[{"model":"keep"}]},"seed":9007199254740993}\n`,
    answer: CHAT_ANSWER,
    stream: CHAT_STREAM,
  },
  {
    kind: 'anthropic',
    path: '/v1/messages',
    upstreamPath: '/v1/messages',
    auth: 'x-api-key',
    body: (stream: boolean, first?: string) =>
      `{"model" : "any/m", "max_tokens":4096,"thinking":{"type":"enabled","budget_tokens":2048.0},\n "system":[{"type":"text","text":"You are Claude.","cache_control":{"type":"ephemeral","ttl":"1h"}}],"messages": ${messagesConversation(first)},"tools":${MESSAGES_TOOLS},"stream":${stream},"x_unknown":{"model":"keep"},"context_management":{"edits":[]}}`,
    answer: MESSAGES_ANSWER,
    stream: MESSAGES_STREAM,
  },
] as const

for (const side of SIDES) {
  describe(side.kind, () => {
    for (const name of ['any', 'openai', 'zz-9_unusual']) {
      test(`A1: the body that reaches provider ${name} is the client’s but for the model`, async () => {
        const { router, upstream } = await start(side.kind, () => whole(side.answer), name)
        const body = side.body(false).replace('any/m', `${name}/m`)
        const answer = await request(router.url + side.path, { body })
        assert.equal(answer.status, 200, answer.text)
        assert.equal(upstream.requests[0]?.body.toString(), body.replace(`${name}/m`, 'm'))
        assert.equal(upstream.requests[0]?.path, side.upstreamPath)
        assert.equal(answer.text, side.answer)
      })
    }

    test('A2: with a first message of 5,000 characters nothing is dropped', async () => {
      const { router, upstream } = await start(side.kind, () => whole(side.answer))
      const body = side.body(false, LONG)
      await request(router.url + side.path, { body })
      assert.ok(body.includes(JSON.stringify(LONG)))
      assert.equal(upstream.requests[0]?.body.toString(), body.replace('any/m', 'm'))
    })

    test('A2: so is a large body with every kind of character', async () => {
      const { router, upstream } = await start(side.kind, () => whole(side.answer))
      const everything = Array.from({ length: 0x3000 }, (_, code) => String.fromCharCode(code))
        .join('')
        .replaceAll(/[\ud800-\udfff]/g, '')
      const body = side.body(false, `😀${everything}`.repeat(10))
      await request(router.url + side.path, { body })
      assert.ok(body.length > 100_000)
      assert.ok(upstream.requests[0]?.body.equals(Buffer.from(body.replace('any/m', 'm'))))
    })

    for (const size of [1, 7, 4096]) {
      test(`A1: a stream in pieces of ${size} bytes arrives as the provider wrote it`, async () => {
        const { router, upstream } = await start(side.kind, () => ({ chunks: inPieces(side.stream, size) }))
        const body = side.body(true)
        const answer = await request(router.url + side.path, { body })
        assert.equal(answer.status, 200, answer.text)
        assert.equal(answer.text, Buffer.concat(side.stream).toString())
        assert.ok(answer.body.equals(Buffer.concat(side.stream)))
        assert.equal(upstream.requests[0]?.body.toString(), body.replace('any/m', 'm'))
        assert.match(answer.headers['content-type'] ?? '', /^text\/event-stream/)
      })
    }

    test('the provider gets its own key and none of the client’s credentials or headers', async () => {
      const { router, upstream } = await start(side.kind, () => whole(side.answer))
      await request(router.url + side.path, {
        body: side.body(false),
        headers: {
          authorization: 'Bearer client-secret',
          'x-api-key': 'client-secret',
          'x-goog-api-key': 'client-secret',
          cookie: 'session=client-secret',
          'x-forwarded-for': '10.0.0.1',
          'user-agent': 'agent/1.0',
          connection: 'close, x-hop',
          'x-hop': 'client-secret',
        },
      })
      const headers: Record<string, unknown> = { ...upstream.requests[0]?.headers }
      assert.ok(String(headers[side.auth]).includes('upstream-key'))
      const rest = JSON.stringify(headers)
      for (const text of ['client-secret', '10.0.0.1', 'agent/1.0', 'x-hop']) assert.ok(!rest.includes(text), rest)
    })
  })
}

test('A1: arguments, tools and tool_call_id are the very text that the client sent', async () => {
  const { router, upstream } = await start('openai-compatible', () => whole(CHAT_ANSWER))
  await request(`${router.url}/v1/chat/completions`, { body: SIDES[0].body(false) })
  const json = upstream.requests[0]?.json as {
    tools: unknown
    messages: { tool_call_id?: string; tool_calls?: { id: string; function: { arguments: string } }[] }[]
  }
  assert.equal(json.messages[2]?.tool_calls?.[0]?.function.arguments, ODD_ARGUMENTS)
  assert.equal(json.messages[2]?.tool_calls?.[0]?.id, CALL_ID)
  assert.equal(json.messages[3]?.tool_call_id, CALL_ID)
  assert.deepEqual(json.tools, JSON.parse(CHAT_TOOLS))
})

test('A18: reasoning_content of earlier turns reaches the provider', async () => {
  const { router, upstream } = await start('openai-compatible', () => whole(CHAT_ANSWER), 'deepseek')
  await request(`${router.url}/v1/chat/completions`, { body: SIDES[0].body(false).replace('any/m', 'deepseek/m') })
  const messages = upstream.requests[0]?.json['messages'] as { reasoning_content?: string }[]
  assert.equal(messages[2]?.reasoning_content, 'I  should look.\n')
})

test('A5, A18: versions, betas, thinking and its proofs reach Anthropic untouched', async () => {
  const { router, upstream } = await start('anthropic', () => ({ chunks: MESSAGES_STREAM }))
  const headers = {
    'x-api-key': 'client-key',
    'anthropic-version': '2023-01-01',
    'anthropic-beta': 'interleaved-thinking-2025-05-14,context-1m-2025-08-07',
  }
  await request(`${router.url}/v1/messages?beta=true`, { body: SIDES[1].body(true), headers })
  const received = upstream.requests[0]
  assert.equal(received?.headers['anthropic-version'], '2023-01-01')
  assert.equal(received?.headers['anthropic-beta'], headers['anthropic-beta'])
  assert.equal(received?.headers['x-api-key'], 'upstream-key')
  const messages = received?.json['messages'] as { content: unknown[] }[]
  assert.deepEqual(messages[1]?.content.slice(0, 2), [
    { type: 'thinking', thinking: 'I  should look.\n', signature: 'EqQBCkYIBxgC/+8==' },
    { type: 'redacted_thinking', data: 'EmwKAhgBEgy3va3pzix/LafPsn4a' },
  ])
})

test('A5: without a version header the provider gets the default one', async () => {
  const { router, upstream } = await start('anthropic', () => ({ chunks: MESSAGES_STREAM }))
  await request(`${router.url}/v1/messages`, { body: SIDES[1].body(true) })
  assert.equal(upstream.requests[0]?.headers['anthropic-version'], '2023-06-01')
  assert.equal(upstream.requests[0]?.headers['anthropic-beta'], undefined)
})
