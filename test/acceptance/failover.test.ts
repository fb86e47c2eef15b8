// Failures before and after the first output, for both client dialects, streamed and not: A7 and A9.
import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { after, afterEach, describe, test } from 'node:test'
import { openStream, request } from '../helpers/http.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { chatCompletion, chatError, chatStream } from '../helpers/openai-chat-replies.ts'
import { startRouter } from '../helpers/router.ts'
import type { RouterOptions, TestRouter } from '../helpers/router.ts'
import { refusedUrl, startUpstream } from '../helpers/upstream.ts'
import type { Handler, Upstream } from '../helpers/upstream.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0)) await item.close()
})
after(() => assert.equal(open.length, 0))

async function upstream(handler: Handler): Promise<Upstream> {
  const started = await startUpstream(handler)
  open.push(started)
  return started
}

/** A router over OpenAI-compatible providers a, b, … at these base URLs, tried in that order. */
async function router(urls: readonly string[], extra: string = '', options: RouterOptions = {}): Promise<TestRouter> {
  const names = ['a', 'b', 'c', 'd']
  const providers = urls.map(
    (url, i) =>
      `  ${names[i]}: { kind: openai-compatible, base_url: "${url}/v1", local: false, models: { m: { context: 100000, capabilities: [tools, json, vision] } }${extra} }`,
  )
  const prefer = urls.map((_, i) => `${names[i]}/m`).join(', ')
  const yaml = [
    'version: 1',
    'providers:',
    ...providers,
    'policies:',
    '  auto: { retry_wait_ms: 0, rules: [ { name: all, when: {}, prefer: [' + prefer + '] } ] }',
  ].join('\n')
  const started = await startRouter(yaml, options)
  open.push(started)
  return started
}

interface Client {
  path: string
  body: Record<string, unknown>
  headers: Record<string, string>
  /** Text of a complete answer; throws when the answer is not complete in its dialect. */
  read(text: string): string
}

const ASK = { model: 'auto', max_tokens: 100, messages: [{ role: 'user', content: 'hello there' }] }

const CLIENTS: Record<string, Client> = {
  'chat, whole': {
    path: '/v1/chat/completions',
    body: ASK,
    headers: {},
    read: (text) =>
      (JSON.parse(text) as { choices: { message: { content: string } }[] }).choices[0]?.message.content ?? '',
  },
  'chat, streamed': {
    path: '/chat/completions',
    body: { ...ASK, stream: true },
    headers: {},
    read: (text) => {
      assert.ok(text.endsWith('data: [DONE]\n\n'), 'the stream must end with [DONE]')
      const chunks = text.split('\n').filter((line) => line.startsWith('data: {'))
      const parsed = chunks.map((line) => JSON.parse(line.slice(6)) as { choices: { delta: { content?: string } }[] })
      return parsed.map(({ choices }) => choices[0]?.delta.content ?? '').join('')
    },
  },
  'messages, whole': {
    path: '/v1/messages',
    body: ASK,
    headers: { 'anthropic-version': '2023-06-01' },
    read: (text) => (JSON.parse(text) as { content: { text: string }[] }).content.map((block) => block.text).join(''),
  },
  'messages, streamed': {
    path: '/v1/messages?beta=true',
    body: { ...ASK, stream: true },
    headers: { 'anthropic-version': '2023-06-01' },
    read: (text) => {
      assert.equal(text.match(/event: message_start/g)?.length, 1)
      assert.ok(/event: message_stop\ndata: .*\n\n$/.test(text), 'the stream must end with message_stop')
      return [...text.matchAll(/"text_delta","text":("(?:[^"\\]|\\.)*")/g)]
        .map(([, json = '""']) => JSON.parse(json) as string)
        .join('')
    },
  },
}

const ok: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })

/** What a broken first provider may do before any output; the second always answers. */
const FAULTS: Record<string, Handler> = {
  '429': () => ({
    status: 429,
    json: chatError(429, 'rate_limit_exceeded', 'slow down'),
    headers: { 'retry-after': '1' },
  }),
  'quota as 429': () => ({ status: 429, json: chatError(429, 'insufficient_quota', 'no money') }),
  '402': () => ({ status: 402, json: chatError(402, 'payment_required', 'no money') }),
  '401': () => ({ status: 401, json: chatError(401, 'invalid_api_key', 'bad key') }),
  '403': () => ({ status: 403, json: chatError(403, 'forbidden', 'not here') }),
  '404 model gone': () => ({ status: 404, json: chatError(404, 'model_not_found', 'gone') }),
  '500': () => ({ status: 500, json: chatError(500, 'server_error', 'oops') }),
  '502 HTML': () => ({ status: 502, text: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } }),
  '503': () => ({ status: 503, text: '' }),
  '504': () => ({ status: 504, text: '' }),
  '529': () => ({ status: 529, json: { error: { message: 'overloaded' } } }),
  'reset before a byte': () => ({ fault: 'reset' }),
  'closed before a byte': () => ({ fault: 'fin' }),
  redirect: () => ({ status: 307, text: '', headers: { location: 'http://127.0.0.1:1/' } }),
  '200 with HTML': () => ({ text: '<html>log in</html>', headers: { 'content-type': 'text/html' } }),
  '200 with nothing': () => ({ text: '', headers: { 'content-type': 'application/json' } }),
  '200 with broken JSON': () => ({ text: '{"choices":[', headers: { 'content-type': 'application/json' } }),
  '200 without choices': (received) =>
    received.json['stream'] === true
      ? { chunks: ['data: {"id":"x","choices":[]}\n\n', 'data: [DONE]\n\n'] }
      : { json: { id: 'x', choices: [] } },
  '200 with an error body': (received) =>
    received.json['stream'] === true
      ? { chunks: ['data: {"error":{"message":"boom","type":"server_error"}}\n\n'] }
      : { json: { error: { message: 'boom', type: 'server_error' } } },
  'an empty answer': (received) =>
    received.json['stream'] === true
      ? { chunks: chatStream({ model: 'm', text: '' }) }
      : { json: chatCompletion({ model: 'm', text: '' }) },
  'a preamble and then the end': (received) =>
    received.json['stream'] === true
      ? {
          chunks: [
            ': hello\n\n',
            'data: {"id":"x","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}\n\n',
          ],
        }
      : { fault: 'fin-after', chunks: ['{"id"'] },
  'a preamble and then a reset': (received) =>
    received.json['stream'] === true
      ? {
          fault: 'reset-after',
          chunks: ['data: {"id":"x","choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}\n\n'],
        }
      : { fault: 'reset-after', chunks: ['{"id"'] },
}

for (const [name, client] of Object.entries(CLIENTS)) {
  describe(name, () => {
    for (const [fault, handler] of Object.entries(FAULTS)) {
      test(`${fault}: the next candidate answers, cleanly`, async () => {
        const [a, b] = [await upstream(handler), await upstream(ok)]
        const sage = await router([a.url, b.url])
        const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
        assert.equal(answer.status, 200, answer.text)
        assert.equal(client.read(answer.text), 'fine')
        assert.equal(answer.headers['x-sage-model'], 'b/m')
        assert.equal(answer.headers['x-sage-attempts'], '2')
        assert.deepEqual([a.requests.length, b.requests.length], [1, 1])
      })
    }

    test('connection refused: the next candidate answers', async () => {
      const b = await upstream(ok)
      const sage = await router([await refusedUrl(), b.url])
      const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
      assert.equal(client.read(answer.text), 'fine')
      assert.equal(answer.headers['x-sage-attempts'], '2')
    })

    for (const silence of ['hang', 'hang-after-headers'] as const) {
      test(`${silence}: left after the first-content timer, and the call is aborted`, async () => {
        const [a, b] = [await upstream(() => ({ fault: silence })), await upstream(ok)]
        const sage = await router([a.url, b.url], ', timeouts: { first_content_ms: 1000, response_ms: 1000 }')
        const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
        assert.equal(client.read(answer.text), 'fine')
        await a.untilAborted()
      })
    }

    test('a plain 400 comes back after one call, and nobody else is asked', async () => {
      const [a, b] = [
        await upstream(() => ({ status: 400, json: chatError(400, 'invalid_value', 'temperature is wrong') })),
        await upstream(ok),
      ]
      const sage = await router([a.url, b.url])
      const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
      assert.equal(answer.status, 400)
      assert.ok(answer.text.includes('temperature is wrong'))
      assert.equal(answer.headers['x-sage-attempts'], '1')
      assert.deepEqual([a.requests.length, b.requests.length], [1, 0])
      if (name.startsWith('chat'))
        assert.deepEqual(answer.json(), chatError(400, 'invalid_value', 'temperature is wrong'))
      else assert.equal((answer.json() as { type: string }).type, 'error')
    })

    test('when everybody fails the answer is one error in the client’s dialect that says who did what', async () => {
      const a = await upstream(() => ({ status: 500, text: 'x' }))
      const b = await upstream(() => ({ fault: 'reset' }))
      const sage = await router([a.url, b.url])
      const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
      assert.equal(answer.status, 502)
      assert.equal(answer.headers['x-should-retry'], 'false')
      const { error } = answer.json() as { error: { message: string; type: string } }
      assert.ok(error.message.includes('a/m') && error.message.includes('b/m'), error.message)
      assert.equal((answer.json() as { type?: string }).type, name.startsWith('messages') ? 'error' : undefined)
    })

    test('a rate limit everywhere is a 429 with the delay', async () => {
      const limited: Handler = () => ({
        status: 429,
        json: chatError(429, 'rate_limit_exceeded', 'x'),
        headers: { 'retry-after': '9' },
      })
      const a = await upstream(limited)
      const sage = await router([a.url])
      for (let i = 0; i < 2; i++) {
        const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
        assert.equal(answer.status, 429)
        const delay = Number(answer.headers['retry-after'])
        assert.ok(delay >= 8 && delay <= 9, String(delay))
      }
      assert.equal(a.requests.length, 1, 'a resting provider is not asked again')
      sage.advance(9001)
      await request(sage.url + client.path, { body: client.body, headers: client.headers })
      assert.equal(a.requests.length, 2)
    })

    test('two keys: 429 with Retry-After 7 rests the first for 7 s, the second answers', async () => {
      const a = await upstream((received) =>
        received.headers.authorization === 'Bearer key-one-1'
          ? { status: 429, json: chatError(429, 'rate_limit_exceeded', 'x'), headers: { 'retry-after': '7' } }
          : answerAs('openai-compatible', received, { text: 'fine' }),
      )
      const env = { ONE: 'key-one-1', TWO: 'key-two-2' }
      const sage = await router([a.url], ', keys: [env:ONE, env:TWO]', { env })
      const keys = async (): Promise<(string | undefined)[]> => {
        const before = a.requests.length
        const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
        assert.equal(client.read(answer.text), 'fine')
        return a.requests.slice(before).map(({ headers }) => headers.authorization?.slice('Bearer '.length))
      }
      assert.deepEqual(await keys(), ['key-one-1', 'key-two-2'])
      sage.advance(6500)
      assert.deepEqual(await keys(), ['key-two-2'])
      sage.advance(1000)
      assert.deepEqual(await keys(), ['key-one-1', 'key-two-2'])
    })

    test('two keys: a 400 does not rotate', async () => {
      const a = await upstream(() => ({ status: 400, json: chatError(400, 'x', 'author is wrong') }))
      const sage = await router([a.url], ', keys: [env:ONE, env:TWO]', { env: { ONE: 'key-one-1', TWO: 'key-two-2' } })
      const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
      assert.equal(answer.status, 400)
      assert.equal(a.requests.length, 1)
    })

    test('a context overflow moves only to a larger window', async () => {
      const overflow: Handler = () => ({
        status: 400,
        json: chatError(400, 'context_length_exceeded', 'maximum context length is 100000 tokens'),
      })
      const [a, b, c] = [await upstream(overflow), await upstream(ok), await upstream(ok)]
      const yaml = [
        'version: 1',
        'providers:',
        `  a: { kind: openai-compatible, base_url: "${a.url}/v1", models: { m: { context: 100000 } } }`,
        `  b: { kind: openai-compatible, base_url: "${b.url}/v1", models: { m: { context: 100000 } } }`,
        `  c: { kind: openai-compatible, base_url: "${c.url}/v1", models: { m: { context: 200000 } } }`,
      ].join('\n')
      const sage = await startRouter(yaml)
      open.push(sage)
      const answer = await request(sage.url + client.path, { body: client.body, headers: client.headers })
      assert.equal(client.read(answer.text), 'fine')
      assert.equal(answer.headers['x-sage-model'], 'c/m')
      assert.deepEqual([a.requests.length, b.requests.length, c.requests.length], [1, 0, 1])
    })

    test('a client that leaves aborts the upstream at once', async () => {
      const a = await upstream(() => ({ fault: 'hang' }))
      const sage = await router([a.url])
      const headers = { 'content-type': 'application/json', ...client.headers }
      const leaving = httpRequest(sage.url + client.path, { method: 'POST', headers })
      leaving.on('error', () => undefined)
      leaving.end(JSON.stringify(client.body))
      await a.untilReceived()
      leaving.destroy()
      await a.untilAborted()
    })
  })
}

describe('after the first output', () => {
  const START = chatStream({ model: 'm', text: 'The beginning' }).slice(0, 2)

  for (const [name, fault] of Object.entries({
    'a reset': { fault: 'reset-after', chunks: START },
    'a missing terminator': { fault: 'fin-after', chunks: START },
    'a clean end without a finish': { chunks: START },
    'an error event': { chunks: [...START, 'data: {"error":{"message":"boom","type":"server_error"}}\n\n'] },
    silence: { fault: 'stall-after', chunks: START },
  } as const)) {
    for (const [dialect, client] of Object.entries(CLIENTS).filter(([key]) => key.endsWith('streamed'))) {
      test(`${dialect}: ${name} is an error event and a torn connection, never a second model's text`, async () => {
        const [a, b] = [await upstream(() => fault), await upstream(ok)]
        const sage = await router([a.url, b.url], ', timeouts: { idle_ms: 1000 }')
        const stream = await openStream(sage.url + client.path, { body: client.body, headers: client.headers })
        let text = ''
        await assert.rejects(async () => {
          for await (const chunk of stream.chunks) text += chunk.toString('utf8')
        })
        assert.ok(text.includes('The beginning'.slice(0, 3)), text)
        assert.ok(text.includes(dialect.startsWith('chat') ? 'data: {"error":' : 'event: error'), text)
        assert.ok(!text.includes('[DONE]') && !text.includes('message_stop') && !text.includes('fine'), text)
        assert.equal(b.requests.length, 0)
      })
    }
  }

  for (const [dialect, client] of Object.entries(CLIENTS).filter(([key]) => key.endsWith('streamed'))) {
    test(`${dialect}: the first token arrives while the upstream is still writing`, async () => {
      const a = await upstream(() => ({ fault: 'stall-after', chunks: START }))
      const sage = await router([a.url])
      const stream = await openStream(sage.url + client.path, { body: client.body, headers: client.headers })
      let text = ''
      for await (const chunk of stream.chunks) {
        text += chunk.toString('utf8')
        if (text.includes('The')) break
      }
      assert.ok(text.includes('The'))
      stream.abort()
      await a.untilAborted()
    })
  }
})
