// The `ollama` package as a second opinion: what it reads from the fake server is what the decoder reads, so the fake is
// faithful, and what the encoder writes goes through the package unharmed.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Ollama, type ChatResponse as OllamaResponse, type ChatRequest as OllamaRequest } from 'ollama'
import type { StreamEvent } from '../../../src/chat/events.ts'
import { ollamaProvider } from '../../../src/dialects/ollama-chat/index.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { ollamaMessage, ollamaStream, type FakeAnswer } from '../../helpers/ollama-replies.ts'
import { startUpstream, type Upstream } from '../../helpers/upstream.ts'

const ANSWERS: Record<string, FakeAnswer> = {
  text: { model: 'text', text: 'Hello é 😀, and more.', usage: { input: 26, output: 8 } },
  thinking: { model: 'thinking', thinking: 'Let me see.', text: 'Yes.' },
  length: { model: 'length', text: 'cut', doneReason: 'length', usage: { output: 1 } },
  tools: {
    model: 'tools',
    text: 'Reading.',
    toolCalls: [
      { id: 'call_a', name: 'read', arguments: { path: 'a.txt', lines: [1, 2] } },
      { id: 'call_b', name: 'now', arguments: {} },
    ],
  },
}

let upstream: Upstream
before(async () => {
  upstream = await startUpstream(({ json }) => {
    const answer = ANSWERS[String(json['model'])]
    if (answer === undefined) return { status: 404, json: { error: `model '${String(json['model'])}' not found` } }
    if (json['stream'] !== true) return { json: ollamaMessage(answer) }
    return { chunks: ollamaStream(answer), headers: { 'content-type': 'application/x-ndjson' } }
  })
})
after(() => upstream.close())

/** What the package read, in the terms of the canonical events. */
function summary(parts: readonly OllamaResponse[]): Record<string, unknown> {
  const last = parts.at(-1)
  return {
    model: last?.model,
    text: parts.map((part) => part.message.content).join(''),
    thinking: parts.map((part) => part.message.thinking ?? '').join(''),
    calls: parts
      .flatMap((part) => part.message.tool_calls ?? [])
      .map((call) => ({ name: call.function.name, arguments: call.function.arguments as unknown })),
    input: last?.prompt_eval_count,
    output: last?.eval_count,
    length: last?.done_reason === 'length',
  }
}

function decoded(events: readonly StreamEvent[]): Record<string, unknown> {
  const text = (type: 'text' | 'thinking'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('')
  const usage = events.find((event) => event.type === 'usage')?.usage
  const names = events.flatMap((event) => (event.type === 'tool_call_start' ? [event.name] : []))
  const args = events.flatMap((event) => (event.type === 'tool_call_delta' ? [event.arguments] : []))
  return {
    model: events.find((event) => event.type === 'start')?.model,
    text: text('text'),
    thinking: text('thinking'),
    calls: names.map((name, i) => ({ name, arguments: JSON.parse(args[i] ?? '') as unknown })),
    input: usage?.input,
    output: usage?.output,
    length: events.some((event) => event.type === 'finish' && event.reason === 'length'),
  }
}

for (const [name, answer] of Object.entries(ANSWERS)) {
  describe(`the answer "${name}"`, () => {
    it('is read alike from a stream', async () => {
      const client = new Ollama({ host: upstream.url })
      const parts: OllamaResponse[] = []
      for await (const part of await client.chat({ model: name, messages: [], stream: true })) parts.push(part)
      const decoder = ollamaProvider.createStreamDecoder()
      const frames = createFramer('ndjson').push(Buffer.from(ollamaStream(answer).join('')))
      assert.deepEqual(summary(parts), decoded(frames.flatMap((frame) => decoder.push(frame))))
    })

    it('is read alike as a whole', async () => {
      const client = new Ollama({ host: upstream.url })
      const part = await client.chat({ model: name, messages: [], stream: false })
      const { content, usage, model, finish } = ollamaProvider.decodeResponse(ollamaMessage(answer))
      const calls = content.filter((item) => item.type === 'tool_call')
      assert.deepEqual(summary([part]), {
        model,
        text: content.map((item) => (item.type === 'text' ? item.text : '')).join(''),
        thinking: content.map((item) => (item.type === 'thinking' ? item.text : '')).join(''),
        calls: calls.map((call) => ({ name: call.name, arguments: JSON.parse(call.arguments) as unknown })),
        input: usage.input,
        output: usage.output,
        length: finish === 'length',
      })
    })
  })
}

describe('the official client', () => {
  it('sees the error that the decoder sees', async () => {
    const text = "model 'nope' not found"
    await assert.rejects(new Ollama({ host: upstream.url }).chat({ model: 'nope' }), {
      message: text,
      status_code: 404,
    })
    const decoded = ollamaProvider.decodeError(404, JSON.stringify({ error: text }))
    assert.deepEqual(decoded, { kind: 'not_found', status: 404, message: text })
  })

  it('sends an encoded request on as it is', async () => {
    const { body } = ollamaProvider.encodeRequest(
      {
        model: 'sage/auto',
        messages: [
          {
            role: 'user',
            content: [{ type: 'image', source: { type: 'base64', mediaType: 'image/png', data: 'iVBO' } }],
          },
          { role: 'assistant', content: [{ type: 'tool_call', id: 'a', name: 'read', arguments: '{"path":"x"}' }] },
          { role: 'tool', callId: 'a', content: [{ type: 'text', text: 'done' }] },
        ],
        tools: [{ type: 'function', name: 'read', schema: { type: 'object', properties: {} } }],
        stream: false,
        temperature: 0.5,
        thinking: { mode: 'on' },
        output: { type: 'json' },
      },
      { model: 'text', quirks: {}, inputTokens: 10 },
    )
    const expected = JSON.parse(JSON.stringify(body)) as unknown
    const before = upstream.requests.length
    await new Ollama({ host: upstream.url }).chat(body as unknown as OllamaRequest & { stream: false })
    const sent = upstream.requests[before]
    assert.equal(sent?.path, '/api/chat')
    assert.deepEqual(sent?.json, expected)
  })
})
