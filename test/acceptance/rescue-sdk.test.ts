// The official SDKs read an answer of two targets as one.
import assert from 'node:assert/strict'
import { afterEach, describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { messageStream } from '../helpers/anthropic-replies.ts'
import { generatedStream } from '../helpers/gemini-replies.ts'
import { ollamaStream } from '../helpers/ollama-replies.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { continuing, rescueBench, TEXT } from '../helpers/rescue-bench.ts'
import type { BenchProvider, RescueBench } from '../helpers/rescue-bench.ts'
import type { Reply } from '../helpers/upstream.ts'

const KNOWN = 'continues_prefill: true'
const said = { model: 'm', text: TEXT }

/** The first parts of a stream, then the end of the connection. */
function broken(chunks: readonly string[], headers = {}): Reply {
  return { fault: 'fin-after', chunks: chunks.slice(0, -3), headers }
}

/** Targets that break, by their dialects: for each client one of its own dialect, too. */
const FIRST: Readonly<Record<string, BenchProvider>> = {
  chat: { reply: broken(chatStream(said)) },
  messages: { kind: 'anthropic', reply: broken(messageStream(said)) },
  gemini: { kind: 'gemini', reply: broken([...generatedStream(said), '', '']) },
  ollama: { kind: 'ollama', reply: broken(ollamaStream(said), { 'content-type': 'application/x-ndjson' }) },
}
const RESCUERS: Readonly<Record<string, BenchProvider>> = {
  chat: { reply: continuing('chat', TEXT), facts: KNOWN },
  messages: { kind: 'anthropic', model: 'claude-haiku-4-5', reply: continuing('messages', TEXT) },
  ollama: { kind: 'ollama', reply: continuing('ollama', TEXT), facts: KNOWN },
}

interface Seen {
  text: string
  /** The dialect's own word for the end. */
  stop: string | null | undefined
}

const model = 'auto'
const messages = [{ role: 'user' as const, content: 'go' }]

const CLIENTS: Readonly<Record<string, [ask: (url: string) => Promise<Seen>, stop: string]>> = {
  openai: [
    async (url) => {
      const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'client', maxRetries: 0 })
      const stream = client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } })
      const answer = await stream.finalChatCompletion()
      assert.ok((answer.usage?.completion_tokens ?? 0) > 0)
      return { text: answer.choices[0]?.message.content ?? '', stop: answer.choices[0]?.finish_reason }
    },
    'stop',
  ],
  'openai responses': [
    async (url) => {
      const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'client', maxRetries: 0 })
      let deltas = ''
      const stream = client.responses.stream({ model, input: 'go' })
      stream.on('response.output_text.delta', ({ delta }) => (deltas += delta))
      const answer = await stream.finalResponse()
      assert.equal(deltas, answer.output_text)
      assert.equal(answer.output.length, 1)
      return { text: answer.output_text, stop: answer.status }
    },
    'completed',
  ],
  anthropic: [
    async (url) => {
      const client = new Anthropic({ baseURL: url, apiKey: 'client', maxRetries: 0 })
      const answer = await client.messages.stream({ model, max_tokens: 500, messages }).finalMessage()
      assert.equal(answer.content.length, 1)
      return { text: answer.content[0]?.type === 'text' ? answer.content[0].text : '', stop: answer.stop_reason }
    },
    'end_turn',
  ],
  ollama: [
    async (url) => {
      const seen: Seen = { text: '', stop: null }
      for await (const part of await new Ollama({ host: url }).chat({ model, messages, stream: true })) {
        assert.equal(seen.stop, null, 'nothing behind the end')
        seen.text += part.message.content
        if (part.done) seen.stop = part.done_reason
      }
      return seen
    },
    'stop',
  ],
  'ollama generate': [
    async (url) => {
      const seen: Seen = { text: '', stop: null }
      for await (const part of await new Ollama({ host: url }).generate({ model, prompt: 'go', stream: true })) {
        seen.text += part.response
        if (part.done) seen.stop = part.done_reason
      }
      return seen
    },
    'stop',
  ],
  gemini: [
    async (url) => {
      const client = new GoogleGenAI({ apiKey: 'client', httpOptions: { baseUrl: url } })
      const seen: Seen = { text: '', stop: null }
      for await (const part of await client.models.generateContentStream({ model, contents: 'go' })) {
        assert.equal(seen.stop, null, 'nothing behind the end')
        seen.text += part.text ?? ''
        seen.stop = part.candidates?.[0]?.finishReason ?? null
      }
      return seen
    },
    'STOP',
  ],
}

describe('one answer of two targets, for the SDK of', () => {
  let bench: RescueBench
  afterEach(() => bench.close())

  for (const [name, [ask, stop]] of Object.entries(CLIENTS)) {
    for (const [n, [from, first]] of Object.entries(FIRST).entries()) {
      const [to, rescuer] = Object.entries(RESCUERS)[n % 3] ?? []
      test(`${name}: from ${from} to ${to}`, async () => {
        assert.ok(rescuer !== undefined)
        bench = await rescueBench([first, rescuer])
        assert.deepEqual(await ask(bench.router.url), { text: TEXT, stop })
        const [event] = bench.router.requests()
        assert.deepEqual(
          event?.attempts.map(({ outcome }) => outcome),
          ['cut', 'ok'],
        )
      })
    }
  }
})
