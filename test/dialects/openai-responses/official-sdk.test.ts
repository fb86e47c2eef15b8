import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import OpenAI from 'openai'
import { toEvents, type ChatResponse } from '../../../src/chat/response.ts'
import { openaiResponsesClient } from '../../../src/dialects/openai-responses/index.ts'
import { responsesAnswer, responsesError, responsesStream } from '../../helpers/openai-responses-replies.ts'
import { decode, encodeStream, meta, tool, wire } from './support.ts'

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

const ASKED = meta({
  request: decode('go', {
    tools: [
      { type: 'custom', name: 'apply_patch' },
      { type: 'namespace', name: 'ns', tools: [tool('look')] },
    ],
  }),
})

const RESPONSE: ChatResponse = {
  content: [
    { type: 'thinking', text: 'two calls', encrypted: 'gAAA' },
    { type: 'text', text: 'On it: héllo' },
    { type: 'tool_call', id: 'call_1', name: 'read', arguments: '{"path":"a.txt"}' },
    { type: 'tool_call', id: 'call_2', name: 'apply_patch', arguments: '{"input":"*** Begin Patch"}' },
    { type: 'tool_call', id: 'call_3', name: 'ns__look', arguments: '' },
  ],
  finish: 'tool_calls',
  usage: { input: 30, output: 12, cacheRead: 8, reasoning: 4 },
}

const PARAMS = { model: 'sage/auto', input: 'go' }

function assertAnswer(response: OpenAI.Responses.Response): void {
  assert.equal(response.id, 'resp_d1')
  assert.equal(response.model, 'acme/large')
  assert.equal(response.status, 'completed')
  assert.equal(response.output_text, 'On it: héllo')
  const [reasoning, message, read, patch, look, ...more] = response.output
  assert.deepEqual(more, [])
  assert.ok(reasoning?.type === 'reasoning' && message?.type === 'message')
  assert.deepEqual([reasoning.summary[0]?.text, reasoning.encrypted_content], ['two calls', 'gAAA'])
  assert.ok(read?.type === 'function_call' && patch?.type === 'custom_tool_call' && look?.type === 'function_call')
  assert.deepEqual([read.call_id, read.name, read.arguments], ['call_1', 'read', '{"path":"a.txt"}'])
  assert.deepEqual([patch.call_id, patch.name, patch.input], ['call_2', 'apply_patch', '*** Begin Patch'])
  assert.deepEqual([look.call_id, look.name, look.namespace, look.arguments], ['call_3', 'look', 'ns', '{}'])
  assert.deepEqual([response.usage?.total_tokens, response.usage?.input_tokens_details.cached_tokens], [42, 8])
}

test('the SDK reads a whole answer', async () => {
  const body = JSON.stringify(openaiResponsesClient.encodeResponse(RESPONSE, ASKED))
  await withSdk({ type: 'application/json', body }, async (client) => {
    assertAnswer(await client.responses.create(PARAMS))
  })
})

test('the stream helper of the SDK collects a streamed answer', async () => {
  const body = encodeStream(toEvents(RESPONSE), ASKED)
  await withSdk({ type: 'text/event-stream', body }, async (client) => {
    const stream = client.responses.stream(PARAMS)
    const snapshots: string[] = []
    stream.on('response.output_text.delta', ({ snapshot }) => void snapshots.push(snapshot))
    stream.on('response.function_call_arguments.delta', ({ snapshot }) => void snapshots.push(snapshot))
    assertAnswer(await stream.finalResponse())
    assert.deepEqual(snapshots, ['On it: héllo', '{"path":"a.txt"}', '{}'])
  })
})

// The helper replaces what it collected by the last response. Without that one, it shows what the events alone said.
test('the SDK finds in the events what the last one sums up', async () => {
  const body = encodeStream(toEvents(RESPONSE), ASKED)
  const last = body.lastIndexOf('event: response.completed')
  await withSdk({ type: 'text/event-stream', body: body.slice(0, last) }, async (client) => {
    const collected = await client.responses.stream(PARAMS).finalResponse()
    assert.deepEqual(
      withoutParsed(collected.output),
      wire(openaiResponsesClient.encodeResponse(RESPONSE, ASKED))['output'],
    )
    assert.equal(collected.output_text, 'On it: héllo')
  })
})

/** Without the members that the SDK adds. */
function withoutParsed(output: unknown): unknown {
  const text = JSON.stringify(output, (key, value: unknown) => (key.startsWith('parsed') ? undefined : value))
  return JSON.parse(text)
}

test('the SDK iterates over events', async () => {
  const body = encodeStream(toEvents(RESPONSE), ASKED)
  await withSdk({ type: 'text/event-stream', body }, async (client) => {
    const events = []
    for await (const event of await client.responses.create({ ...PARAMS, stream: true })) events.push(event)
    assert.equal(events[0]?.type, 'response.created')
    const last = events.at(-1)
    assert.ok(last?.type === 'response.completed')
    assertAnswer({ ...last.response, output_text: 'On it: héllo' })
  })
})

test('the SDK sees why an answer is incomplete', async () => {
  const cut: ChatResponse = { content: [{ type: 'text', text: 'half' }], finish: 'length', usage: {} }
  await withSdk({ type: 'text/event-stream', body: encodeStream(toEvents(cut)) }, async (client) => {
    const response = await client.responses.stream(PARAMS).finalResponse()
    assert.deepEqual([response.status, response.incomplete_details?.reason], ['incomplete', 'max_output_tokens'])
    assert.equal(response.output_text, 'half')
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
    const body = JSON.stringify(openaiResponsesClient.encodeError({ status, message: 'not now', code: 'some_code' }))
    await withSdk({ status, type: 'application/json', body }, async (client) => {
      await assert.rejects(client.responses.create(PARAMS), (error) => {
        assert.ok(error instanceof type && error instanceof OpenAI.APIError)
        assert.equal(error.code, 'some_code')
        assert.match(error.message, /not now/)
        return true
      })
    })
  })
}

/** A stream that fails behind its first words. */
function failing(): Answer {
  const encoder = openaiResponsesClient.createStreamEncoder(meta())
  const said = encoder.push({ type: 'text', text: 'half an' })
  const error = encoder.fail({ status: 502, message: 'cut short', code: 'upstream_failed' })
  return { type: 'text/event-stream', body: said + error, torn: true }
}

function isCut(error: unknown): boolean {
  return error instanceof OpenAI.APIError && error.code === 'upstream_failed' && error.message.includes('cut short')
}

test('the SDK throws on an error inside a stream', async () => {
  await withSdk(failing(), async (client) => {
    let text = ''
    await assert.rejects(async () => {
      for await (const event of await client.responses.create({ ...PARAMS, stream: true })) {
        if (event.type === 'response.output_text.delta') text += event.delta
      }
    }, isCut)
    assert.equal(text, 'half an')
  })
})

test('the stream helper of the SDK throws on an error inside a stream', async () => {
  await withSdk(failing(), async (client) => {
    await assert.rejects(client.responses.stream(PARAMS).finalResponse(), isCut)
  })
})

// The reply builders stand for real providers in other tests, so the SDK has to take them for one.
test('the SDK reads the replies of the helper', async () => {
  const reply = {
    model: 'm',
    thinking: ['a', 'b'],
    encrypted: 'gAAA',
    text: 'hi there, friend',
    toolCalls: [
      { id: 'c1', name: 'f', arguments: { a: 1 } },
      { id: 'c2', name: 'g', input: 'free text' },
    ],
  }
  const answer = responsesAnswer(reply)
  await withSdk({ type: 'application/json', body: JSON.stringify(answer) }, async (client) => {
    assert.equal((await client.responses.create(PARAMS)).output_text, 'hi there, friend')
  })
  const events = responsesStream(reply)
  for (const body of [events.join(''), events.slice(0, -1).join('')]) {
    await withSdk({ type: 'text/event-stream', body }, async (client) => {
      const { output } = await client.responses.stream(PARAMS).finalResponse()
      assert.deepEqual(
        output.map((item) => ('call_id' in item && item.type !== 'function_call_output' ? item.call_id : item.id)),
        ['rs_1', 'msg_1', 'c1', 'c2'],
      )
    })
  }
  const body = JSON.stringify(responsesError(429, 'insufficient_quota', 'no money'))
  await withSdk({ status: 429, type: 'application/json', body }, async (client) => {
    await assert.rejects(client.responses.create(PARAMS), OpenAI.RateLimitError)
  })
})
