// What a provider's error becomes: the client's dialect, no key, no HTML, and the provider's own words where they help.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { anthropicError, event, messageStream } from '../helpers/anthropic-replies.ts'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { PROVIDER_KINDS, answerAs, providerYaml } from '../helpers/fake-provider.ts'
import type { FakeKind } from '../helpers/fake-provider.ts'
import { openStream } from '../helpers/http.ts'
import { ollamaStream } from '../helpers/ollama-replies.ts'
import { chatError, chatStream } from '../helpers/openai-chat-replies.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Handler, Reply } from '../helpers/upstream.ts'

/** A key like none else, so that any trace of it is found. */
const KEY = 'sk-canary+7f3/Qz==k9'
const TRACES = [
  KEY,
  KEY.slice(3, 15),
  Buffer.from(KEY).toString('base64'),
  encodeURIComponent(KEY),
  Buffer.from(KEY).toString('hex'),
]

async function start(kind: FakeKind, handler: Handler): Promise<TestRouter> {
  const upstream = await openUpstream(handler)
  const yaml = `version: 1\nproviders:\n${providerYaml('any', kind, upstream.url, kind === 'ollama' ? ', key: env:TEST_KEY' : '')}`
  return openRouter(yaml, { env: { TEST_KEY: KEY } })
}

/** An error in a kind's own words. */
function errorAs(kind: FakeKind, status: number, message: string): Reply {
  switch (kind) {
    case 'openai-compatible':
      return { status, json: chatError(status, 'some_code', message) }
    case 'anthropic': {
      const types: Record<number, string> = {
        401: 'authentication_error',
        404: 'not_found_error',
        429: 'rate_limit_error',
      }
      return { status, json: anthropicError(types[status] ?? 'invalid_request_error', message) }
    }
    case 'ollama':
      return { status, json: { error: message } }
  }
}

/** The start of a stream of a kind, up to the first text. */
function startOf(kind: FakeKind): string[] {
  switch (kind) {
    case 'openai-compatible':
      return chatStream({ model: 'm', text: 'The beginning' }).slice(0, 2)
    case 'anthropic':
      return messageStream({ model: 'm', text: 'The beginning' }).slice(0, 4)
    case 'ollama':
      return ollamaStream({ model: 'm', text: 'The beginning' }).slice(0, 2)
  }
}

/** An error inside a stream, in a kind's own words. */
function errorEvent(kind: FakeKind, message: string): string {
  switch (kind) {
    case 'openai-compatible':
      return `data: ${JSON.stringify(chatError(500, 'boom', message))}\n\n`
    case 'anthropic':
      return event('error', { error: { type: 'api_error', message } })
    case 'ollama':
      return `${JSON.stringify({ error: message })}\n`
  }
}

const LEAK = `Incorrect API key provided: ${KEY}. (${Buffer.from(KEY).toString('base64')}, ${encodeURIComponent(KEY)})`
const HTML = `<!DOCTYPE html><html><head><title>Oops</title></head><body><h1>502 Bad Gateway</h1>${KEY}</body></html>`

function faults(kind: FakeKind): Record<string, Reply> {
  const type = kind === 'ollama' ? 'application/x-ndjson' : 'text/event-stream'
  return {
    ...Object.fromEntries(
      [400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 503, 529].map((status) => [
        `${status} that echoes the key`,
        errorAs(kind, status, LEAK),
      ]),
    ),
    '401 as text': { status: 401, text: LEAK },
    '400 with the key in its headers': {
      ...errorAs(kind, 400, 'no'),
      headers: { 'x-echo': KEY, 'www-authenticate': KEY },
    },
    'an HTML page': { status: 502, text: HTML, headers: { 'content-type': 'text/html' } },
    'an HTML page with status 200': { text: HTML, headers: { 'content-type': 'text/html' } },
    'an HTML page that calls itself JSON': { text: HTML, headers: { 'content-type': 'application/json' } },
    'an HTML page with status 400': { status: 400, text: HTML, headers: { 'content-type': 'text/html' } },
    'an error with status 200': { json: { error: { message: LEAK, type: 'server_error' } } },
    'no JSON': { text: KEY, headers: { 'content-type': 'application/json' } },
    'a redirect that carries the key': {
      status: 302,
      headers: { location: `https://evil.example/?key=${KEY}` },
      text: '',
    },
    'an error event before any output': { chunks: [errorEvent(kind, LEAK)], headers: { 'content-type': type } },
    'an error event after output': {
      chunks: [...startOf(kind), errorEvent(kind, LEAK)],
      headers: { 'content-type': type },
    },
    'garbage for HTTP': { raw: `HTTP/1.1 ${KEY}\r\n\r\n` },
    'a reset': { fault: 'reset' },
  }
}

for (const kind of PROVIDER_KINDS) {
  describe(`a failing ${kind} provider`, () => {
    for (const [name, reply] of Object.entries(faults(kind))) {
      test(`${name}: no trace of the key in the answer, its headers or the log, and no HTML`, async () => {
        for (const client of TEST_CLIENTS) {
          const router = await start(kind, () => reply)
          const body = { model: 'auto', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }
          const stream = await openStream(router.url + client.path, {
            body: { ...body, ...(client.stream && { stream: true }) },
            headers: client.headers,
          })
          let text = ''
          try {
            for await (const chunk of stream.chunks) text += chunk.toString('utf8')
          } catch {
            assert.ok(client.stream, 'only a stream that had begun is torn')
          }
          const seen = JSON.stringify([stream.status, stream.rawHeaders, text, router.events])
          for (const trace of TRACES) assert.ok(!seen.includes(trace), `${client.name}: ${text}`)
          assert.doesNotMatch(text, /<html|<h1|DOCTYPE/i)
          assert.notEqual(text, '')
          if (stream.status !== 200) client.readError(text)
          else assert.ok(client.stream && text.includes(client.dialect === 'chat' ? 'data: {"error":' : 'event: error'))
        }
      })
    }

    test('the client’s mistake is told in the provider’s words and the client’s dialect', async () => {
      const words = 'temperature must be between 0 and 2, got 9'
      for (const client of TEST_CLIENTS) {
        const router = await start(kind, () => errorAs(kind, 400, words))
        const answer = await ask(router.url, client, { temperature: 9 })
        assert.equal(answer.status, 400)
        assert.ok(client.readError(answer.text).includes(words), answer.text)
        assert.equal(answer.headers['content-type'], 'application/json')
        assert.equal(answer.headers['x-sage-attempts'], '1')
      }
    })

    test('a provider that refuses its key is a 502, so that the client does not doubt its own', async () => {
      for (const client of TEST_CLIENTS) {
        const router = await start(kind, () => errorAs(kind, 401, LEAK))
        const answer = await ask(router.url, client)
        assert.equal(answer.status, 502)
        client.readError(answer.text)
      }
    })

    test('the official clients see an error of the right class', async () => {
      const expected: [status: number, chat: unknown, messages: unknown][] = [
        [400, OpenAI.BadRequestError, Anthropic.BadRequestError],
        [429, OpenAI.RateLimitError, Anthropic.RateLimitError],
        [500, OpenAI.InternalServerError, Anthropic.InternalServerError],
      ]
      const messages = [{ role: 'user' as const, content: 'hi' }]
      for (const [status, chat, anthropic] of expected) {
        for (const stream of [false, true]) {
          const router = await start(kind, () => errorAs(kind, status, 'something went wrong'))
          const openai = new OpenAI({ baseURL: `${router.url}/v1`, apiKey: 'client' })
          const claude = new Anthropic({ baseURL: router.url, apiKey: 'client' })
          await assert.rejects(
            async () => openai.chat.completions.create({ model: 'auto', messages, stream }),
            chat as never,
          )
          const other = await start(kind, () => errorAs(kind, status, 'something went wrong'))
          claude.baseURL = other.url
          await assert.rejects(
            async () => claude.messages.create({ model: 'auto', max_tokens: 9, messages, stream }),
            anthropic as never,
          )
          // The router has retried already; the clients must not do it again.
          for (const { events } of [router, other]) assert.equal(events.length, 1)
        }
      }
    })
  })
}

test('an unknown model is a 404 of the official clients’ class', async () => {
  const router = await start('anthropic', (received) => answerAs('anthropic', received, { text: 'fine' }))
  const openai = new OpenAI({ baseURL: `${router.url}/v1`, apiKey: 'client' })
  const claude = new Anthropic({ baseURL: router.url, apiKey: 'client' })
  const messages = [{ role: 'user' as const, content: 'hi' }]
  await assert.rejects(openai.chat.completions.create({ model: 'nothing', messages }), OpenAI.NotFoundError)
  await assert.rejects(claude.messages.create({ model: 'nothing', max_tokens: 9, messages }), Anthropic.NotFoundError)
})
