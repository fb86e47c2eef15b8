import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import OpenAI from 'openai'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { toEvents, type ChatResponse } from '../../../src/chat/response.ts'
import { openaiChatClient } from '../../../src/dialects/openai-chat/index.ts'
import { chatCompletion, chatError, chatStream } from '../../helpers/openai-chat-replies.ts'
import { meta } from './body.ts'

interface Answer {
  status?: number
  type: 'application/json' | 'text/event-stream'
  body: string
  /** Tear the connection instead of ending the answer. */
  torn?: boolean
}

/** Runs the official SDK against a server that gives one answer. */
async function withSdk(answer: Answer, run: (client: OpenAI) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.writeHead(answer.status ?? 200, { 'content-type': answer.type })
      if (answer.torn === true) response.write(answer.body, () => response.destroy())
      else response.end(answer.body)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await run(new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'test', maxRetries: 0 }))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const response: ChatResponse = {
  content: [
    { type: 'thinking', text: 'two calls' },
    { type: 'text', text: 'On it: héllo' },
    { type: 'tool_call', id: 'call_1', name: 'read', arguments: '{"path":"a.txt"}' },
    { type: 'tool_call', id: 'call_2', name: 'list', arguments: '' },
  ],
  finish: 'tool_calls',
  usage: { input: 30, output: 12, cacheRead: 8, reasoning: 4 },
}
const calls = [
  { id: 'call_1', type: 'function', function: { name: 'read', arguments: '{"path":"a.txt"}' } },
  { id: 'call_2', type: 'function', function: { name: 'list', arguments: '{}' } },
]
const params = { model: 'sage/auto', messages: [{ role: 'user' as const, content: 'go' }] }

function streamOf(events: readonly StreamEvent[]): string {
  const encoder = openaiChatClient.createStreamEncoder(meta())
  return events.map((event) => encoder.push(event)).join('') + encoder.end()
}

test('the SDK reads a whole answer', async () => {
  const body = JSON.stringify(openaiChatClient.encodeResponse(response, meta()))
  await withSdk({ type: 'application/json', body }, async (client) => {
    const completion = await client.chat.completions.create(params)
    const choice = completion.choices[0]
    assert.equal(choice?.message.content, 'On it: héllo')
    assert.deepEqual(choice.message.tool_calls, calls)
    assert.equal(choice.finish_reason, 'tool_calls')
    assert.equal(completion.usage?.total_tokens, 42)
    assert.equal(completion.usage.prompt_tokens_details?.cached_tokens, 8)
    assert.equal(completion.model, 'acme/large')
  })
})

test('the stream helper of the SDK collects a streamed answer', async () => {
  await withSdk({ type: 'text/event-stream', body: streamOf(toEvents(response)) }, async (client) => {
    const stream = client.chat.completions.stream({ ...params, stream_options: { include_usage: true } })
    const completion = await stream.finalChatCompletion()
    const choice = completion.choices[0]
    assert.equal(choice?.message.content, 'On it: héllo')
    assert.deepEqual(
      choice.message.tool_calls?.map(({ id, type, function: { name, arguments: args } }) => {
        return { id, type, function: { name, arguments: args } }
      }),
      calls,
    )
    assert.equal(choice.finish_reason, 'tool_calls')
    assert.equal(completion.usage?.completion_tokens, 12)
  })
})

test('the SDK iterates over chunks', async () => {
  await withSdk({ type: 'text/event-stream', body: streamOf(toEvents(response)) }, async (client) => {
    const chunks = []
    for await (const chunk of await client.chat.completions.create({ ...params, stream: true })) chunks.push(chunk)
    assert.equal(chunks[0]?.choices[0]?.delta.role, 'assistant')
    assert.equal(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join(''), 'On it: héllo')
    assert.deepEqual(chunks.at(-1)?.choices, [])
    assert.equal(chunks.at(-1)?.usage?.prompt_tokens, 30)
  })
})

const errors: [number, new (...args: never[]) => Error][] = [
  [400, OpenAI.BadRequestError],
  [401, OpenAI.AuthenticationError],
  [403, OpenAI.PermissionDeniedError],
  [404, OpenAI.NotFoundError],
  [429, OpenAI.RateLimitError],
  [502, OpenAI.InternalServerError],
]
for (const [status, type] of errors) {
  test(`the SDK throws ${type.name} for ${status}`, async () => {
    const body = JSON.stringify(openaiChatClient.encodeError({ status, message: 'not now', code: 'some_code' }))
    await withSdk({ status, type: 'application/json', body }, async (client) => {
      await assert.rejects(client.chat.completions.create(params), (error) => {
        assert.ok(error instanceof type && error instanceof OpenAI.APIError)
        assert.equal(error.code, 'some_code')
        assert.match(error.message, /not now/)
        return true
      })
    })
  })
}

test('the SDK throws on an error inside a stream', async () => {
  const encoder = openaiChatClient.createStreamEncoder(meta())
  const error = encoder.fail({ status: 502, message: 'cut short', code: 'upstream_failed' })
  const body = encoder.push({ type: 'text', text: 'half an' }) + error
  await withSdk({ type: 'text/event-stream', body, torn: true }, async (client) => {
    let text = ''
    await assert.rejects(
      async () => {
        for await (const chunk of await client.chat.completions.create({ ...params, stream: true })) {
          text += chunk.choices[0]?.delta.content ?? ''
        }
      },
      (caught) => caught instanceof OpenAI.APIError && caught.message.includes('cut short'),
    )
    assert.equal(text, 'half an')
  })
})

// The reply builders stand for real providers in other tests, so the SDK has to take them for one.
test('the SDK reads the replies of the helper', async () => {
  const reply = { model: 'm', text: 'hi', toolCalls: [{ id: 'c', name: 'f', arguments: { a: 1 } }] }
  await withSdk({ type: 'application/json', body: JSON.stringify(chatCompletion(reply)) }, async (client) => {
    const completion = await client.chat.completions.create(params)
    assert.equal(completion.choices[0]?.message.content, 'hi')
  })
  await withSdk({ type: 'text/event-stream', body: chatStream(reply).join('') }, async (client) => {
    const completion = await client.chat.completions.stream(params).finalChatCompletion()
    const [call] = completion.choices[0]?.message.tool_calls ?? []
    assert.equal(call?.function.arguments, '{"a":1}')
  })
  const body = JSON.stringify(chatError(429, 'insufficient_quota', 'no money'))
  await withSdk({ status: 429, type: 'application/json', body }, async (client) => {
    await assert.rejects(client.chat.completions.create(params), OpenAI.RateLimitError)
  })
})
