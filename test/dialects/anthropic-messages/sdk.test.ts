import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import Anthropic, { APIError } from '@anthropic-ai/sdk'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { toEvents } from '../../../src/chat/response.ts'
import { anthropicClient } from '../../../src/dialects/anthropic-messages/index.ts'
import { messageStream } from '../../helpers/anthropic-replies.ts'
import { META } from './support.ts'

// The official SDK reads what the encoders write.

const ANSWER: ChatResponse = {
  content: [
    { type: 'thinking', text: 'Two files. ', signature: 'c2ln' },
    { type: 'thinking', text: '', encrypted: 'b3BhcXVl' },
    { type: 'text', text: 'I read both: ä 漢 😀' },
    { type: 'tool_call', id: 'toolu_1', name: 'read', arguments: '{"path":"a"}' },
    { type: 'tool_call', id: 'toolu_2', name: 'list', arguments: '' },
  ],
  finish: 'tool_calls',
  usage: { input: 120, output: 9, cacheRead: 100, cacheWrite: 0 },
}

const CONTENT = [
  { type: 'thinking', thinking: 'Two files. ', signature: 'c2ln' },
  { type: 'redacted_thinking', data: 'b3BhcXVl' },
  { type: 'text', text: 'I read both: ä 漢 😀' },
  { type: 'tool_use', id: 'toolu_1', name: 'read', input: { path: 'a' } },
  { type: 'tool_use', id: 'toolu_2', name: 'list', input: {} },
]

const REQUEST = { model: 'sage/auto', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hi' }] }

function streamOf(response: ChatResponse): string {
  const encoder = anthropicClient.createStreamEncoder(META)
  return toEvents(response)
    .map((event) => encoder.push(event))
    .concat(encoder.end())
    .join('')
}

/** Runs the SDK against a server that answers everything with these bytes. */
async function withSdk(
  status: number,
  type: string,
  text: string,
  use: (sdk: Anthropic) => Promise<void>,
): Promise<void> {
  const server = createServer((request, response) => {
    request.resume()
    response.writeHead(status, { 'content-type': type }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  try {
    await use(new Anthropic({ baseURL: `http://127.0.0.1:${port}`, apiKey: 'none', maxRetries: 0 }))
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

const SSE = 'text/event-stream'

function assertAnswer(found: Anthropic.Message): void {
  // The SDK adds members of its own to tool blocks.
  assert.deepEqual(JSON.parse(JSON.stringify(found.content)), CONTENT)
  assert.equal(found.id, 'msg_d1')
  assert.equal(found.model, META.model)
  assert.equal(found.stop_reason, 'tool_use')
  assert.equal(found.usage.input_tokens, 20)
  assert.equal(found.usage.cache_read_input_tokens, 100)
  assert.equal(found.usage.output_tokens, 9)
}

describe('official SDK', () => {
  it('reads a whole answer', async () => {
    const body = JSON.stringify(anthropicClient.encodeResponse(ANSWER, META))
    await withSdk(200, 'application/json', body, async (sdk) => assertAnswer(await sdk.messages.create(REQUEST)))
  })

  it('reads a stream with the stream helper', async () => {
    await withSdk(200, SSE, streamOf(ANSWER), async (sdk) => {
      const stream = sdk.messages.stream(REQUEST)
      const seen = { text: '', thinking: '', signature: '', json: '' }
      stream.on('text', (delta) => void (seen.text += delta))
      stream.on('thinking', (delta) => void (seen.thinking += delta))
      stream.on('signature', (signature) => void (seen.signature += signature))
      stream.on('inputJson', (delta) => void (seen.json += delta))
      assertAnswer(await stream.finalMessage())
      assert.deepEqual(seen, {
        text: 'I read both: ä 漢 😀',
        thinking: 'Two files. ',
        signature: 'c2ln',
        json: '{"path":"a"}{}',
      })
    })
  })

  it('reads a stream event by event', async () => {
    await withSdk(200, SSE, streamOf(ANSWER), async (sdk) => {
      const types: string[] = []
      for await (const event of await sdk.messages.create({ ...REQUEST, stream: true })) types.push(event.type)
      assert.equal(types[0], 'message_start')
      assert.equal(types.at(-1), 'message_stop')
      assert.equal(types.filter((type) => type === 'content_block_stop').length, CONTENT.length)
    })
  })

  it('reads calls whose pieces interleaved', async () => {
    const encoder = anthropicClient.createStreamEncoder(META)
    const wire = [
      encoder.push({ type: 'tool_call_start', index: 0, id: 'a', name: 'f' }),
      encoder.push({ type: 'tool_call_start', index: 1, id: 'b', name: 'g' }),
      encoder.push({ type: 'tool_call_delta', index: 1, arguments: '{"y":' }),
      encoder.push({ type: 'tool_call_delta', index: 0, arguments: '{"x":1}' }),
      encoder.push({ type: 'tool_call_delta', index: 1, arguments: '2}' }),
      encoder.end(),
    ].join('')
    await withSdk(200, SSE, wire, async (sdk) => {
      const { content } = await sdk.messages.stream(REQUEST).finalMessage()
      const inputs = content.map((block) => (block.type === 'tool_use' ? block.input : undefined))
      assert.deepEqual(inputs, [{ x: 1 }, { y: 2 }])
    })
  })

  it('reads reasoning without a signature, and an answer without content', async () => {
    const unsigned: ChatResponse = {
      content: [
        { type: 'thinking', text: 'hm' },
        { type: 'text', text: 'a' },
      ],
      finish: 'stop',
      usage: {},
    }
    await withSdk(200, SSE, streamOf(unsigned), async (sdk) => {
      const { content } = await sdk.messages.stream(REQUEST).finalMessage()
      assert.deepEqual(content, [
        { type: 'thinking', thinking: 'hm', signature: '' },
        { type: 'text', text: 'a' },
      ])
    })
    await withSdk(200, SSE, streamOf({ content: [], finish: 'refusal', usage: {} }), async (sdk) => {
      const found = await sdk.messages.stream(REQUEST).finalMessage()
      assert.deepEqual([found.content, found.stop_reason], [[], 'refusal'])
    })
  })

  it('throws our error for an error answer', async () => {
    const body = JSON.stringify(anthropicClient.encodeError({ status: 404, message: 'no such model', code: 'x' }))
    await withSdk(404, 'application/json', body, async (sdk) => {
      await assert.rejects(
        sdk.messages.create(REQUEST),
        (error) => error instanceof Anthropic.NotFoundError && error.message.includes('no such model'),
      )
    })
  })

  it('throws our error for an error inside a stream, after the text before it', async () => {
    const encoder = anthropicClient.createStreamEncoder(META)
    const wire =
      encoder.push({ type: 'text', text: 'half' }) +
      encoder.fail({ status: 502, message: 'the upstream broke off', code: 'upstream_failed' })
    await withSdk(200, SSE, wire, async (sdk) => {
      let text = ''
      const stream = sdk.messages.stream(REQUEST).on('text', (delta) => void (text += delta))
      await assert.rejects(
        stream.finalMessage(),
        (error) => error instanceof APIError && /broke off/.test(error.message),
      )
      assert.equal(text, 'half')
    })
  })

  it('throws for a stream that was cut', async () => {
    const encoder = anthropicClient.createStreamEncoder(META)
    await withSdk(200, SSE, encoder.push({ type: 'text', text: 'half' }), async (sdk) => {
      await assert.rejects(sdk.messages.stream(REQUEST).finalMessage())
    })
  })

  it('reads the replies that tests use as the real API', async () => {
    const wire = messageStream({ model: 'claude', text: 'hi', toolCalls: [{ name: 'f', input: { x: 1 } }] }).join('')
    await withSdk(200, SSE, wire, async (sdk) => {
      const { content, stop_reason: reason } = await sdk.messages.stream(REQUEST).finalMessage()
      assert.deepEqual([content.length, reason], [2, 'tool_use'])
    })
  })
})
