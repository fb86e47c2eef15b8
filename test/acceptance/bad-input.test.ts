// Bad input is the client's error: a 4xx in its dialect, no upstream call, and the server goes on.
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import type { RequestOptions } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { sendRaw, statusOf } from '../helpers/raw-http.ts'
import { startRouter } from '../helpers/router.ts'
import type { TestRouter } from '../helpers/router.ts'
import { startUpstream } from '../helpers/upstream.ts'
import type { Upstream } from '../helpers/upstream.ts'

const ENV = { env: { TEST_KEY: 'upstream-key' } }
const WHOLE = TEST_CLIENTS.filter(({ stream }) => !stream)

async function start(settings: string = ''): Promise<{ router: TestRouter; upstream: Upstream }> {
  const upstream = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
  return { upstream, router: await openRouter(profile(upstream, settings), ENV) }
}

function profile(upstream: Upstream, settings: string = ''): string {
  return `version: 1\n${settings}providers:\n${providerYaml('any', 'openai-compatible', upstream.url)}`
}

/** The server still answers, and the provider saw this question only. */
async function assertAlive(router: TestRouter, upstream: Upstream): Promise<void> {
  assert.equal(upstream.requests.length, 0)
  for (const client of WHOLE) assert.equal(client.readText((await ask(router.url, client)).text), 'fine')
  assert.deepEqual(
    router.events.filter(({ type }) => type === 'bug'),
    [],
  )
}

const MESSAGES = '[{"role":"user","content":"hi"}]'
const BODIES: { name: string; body: string | Buffer; status?: number; message: RegExp }[] = [
  { name: 'an empty body', body: '', message: /at byte 0$/ },
  { name: 'white space', body: ' \n', message: /at byte 2$/ },
  { name: 'text', body: 'hello', message: /at byte 0$/ },
  { name: 'an unfinished object', body: '{"model":"auto",', message: /at byte 16$/ },
  { name: 'an unfinished string', body: '{"model":"auto', message: /at byte 9$/ },
  { name: 'a trailing comma', body: `{"messages":${MESSAGES},}`, message: /at byte 45$/ },
  { name: 'single quotes', body: `{'model':'auto'}`, message: /at byte 1$/ },
  { name: 'a comment', body: `{"model":"auto" /* x */}`, message: /at byte 16$/ },
  { name: 'data behind the object', body: `{"messages":${MESSAGES}} {}`, message: /at byte 46$/ },
  { name: 'a mistake behind letters of two bytes', body: '{"a":"éé" oops}', message: /at byte 12$/ },
  { name: 'a control character', body: `{"model":"a\u0001","messages":${MESSAGES}}`, message: /at byte 11$/ },
  { name: 'a bad escape', body: `{"model":"a\\x","messages":${MESSAGES}}`, message: /at byte 11$/ },
  { name: 'NaN', body: `{"temperature":NaN,"messages":${MESSAGES}}`, message: /at byte 15$/ },
  { name: 'UTF-16', body: Buffer.from(`{"messages":${MESSAGES}}`, 'utf16le'), message: /at byte 1$/ },
  { name: 'zero bytes', body: Buffer.alloc(100), message: /at byte 0$/ },
  { name: 'a list', body: '[]', message: /object/ },
  { name: 'a string', body: '"hello"', message: /object/ },
  { name: 'a number', body: '42', message: /object/ },
  { name: 'null', body: 'null', message: /object/ },
  { name: 'no messages', body: '{}', message: /messages/ },
  { name: 'messages: a string', body: '{"messages":"hi"}', message: /messages/ },
  { name: 'messages: null', body: '{"messages":null}', message: /messages/ },
  { name: 'messages: an object', body: '{"messages":{}}', message: /messages/ },
  { name: 'messages: empty', body: '{"messages":[]}', message: /messages/ },
  { name: 'messages: strings', body: '{"messages":["hi"]}', message: /message/ },
  { name: 'messages: null inside', body: '{"messages":[null]}', message: /message/ },
  { name: 'model: a number', body: `{"model":7,"messages":${MESSAGES}}`, message: /model/ },
  { name: 'model: null', body: `{"model":null,"messages":${MESSAGES}}`, message: /model/ },
  { name: 'model: a list', body: `{"model":["auto"],"messages":${MESSAGES}}`, message: /model/ },
  { name: 'model: an object', body: `{"model":{},"messages":${MESSAGES}}`, message: /model/ },
  { name: 'model: unknown', body: `{"model":"zzz","messages":${MESSAGES}}`, status: 404, message: /zzz/ },
  { name: '50,000 open lists', body: `{"messages":${'['.repeat(50_000)}`, message: /nested deeper/ },
  {
    name: '50,000 nested lists',
    body: `{"x":${'['.repeat(50_000)}${']'.repeat(50_000)},"messages":${MESSAGES}}`,
    message: /nested deeper/,
  },
  { name: '50,000 nested objects', body: `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`, message: /nested deeper/ },
  {
    name: 'an unfinished body of some size',
    body: `{"messages":[{"role":"user","content":"${'x'.repeat(100_000)}`,
    message: /at byte \d+$/,
  },
]

for (const client of WHOLE) {
  describe(`${client.dialect}: a body that is no request`, () => {
    let upstream: Upstream
    let router: TestRouter
    before(async () => {
      upstream = await startUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
      router = await startRouter(profile(upstream), ENV)
    })
    after(async () => {
      await router.close()
      await upstream.close()
    })

    for (const { name, body, status = 400, message } of BODIES) {
      test(`${name}: ${status} that says where or what`, async () => {
        const paths = client.dialect === 'chat' ? [client.path] : [client.path, '/v1/messages/count_tokens']
        for (const path of paths) {
          // Tokens of a model that nobody has can still be estimated.
          if (status === 404 && path !== client.path) continue
          const headers = { ...client.headers, 'content-type': 'application/json' }
          const answer = await request(router.url + path, { method: 'POST', body, headers })
          assert.equal(answer.status, status, `${path}: ${answer.text.slice(0, 200)}`)
          assert.match(client.readError(answer.text), message)
          assert.equal(answer.headers['content-type'], 'application/json')
        }
      })
    }

    test('the server is alive, and no provider was called', () => assertAlive(router, upstream))
  })

  describe(client.dialect, () => {
    test('a request outside the rules of HTTP and of the routes is refused', async () => {
      const { router, upstream } = await start()
      const good = { body: `{"messages":${MESSAGES}}` }
      const json = { 'content-type': 'application/json' }
      const cases: { name: string; path: string; options: RequestOptions; status: number; allow?: string }[] = [
        { name: 'unknown path', path: `${client.path}/nothing`, options: good, status: 404 },
        { name: 'unknown version', path: client.path.replace('/v1/', '/v2/'), options: good, status: 404 },
        { name: 'path outside', path: '/../etc/passwd', options: good, status: 404 },
        { name: 'no JSON type', path: client.path, options: { ...good, headers: { 'content-type': '' } }, status: 415 },
        {
          name: 'gzip',
          path: client.path,
          options: { ...good, headers: { ...json, 'content-encoding': 'gzip' } },
          status: 415,
        },
        {
          name: 'two encodings',
          path: client.path,
          options: { ...good, headers: { ...json, 'content-encoding': 'identity, br' } },
          status: 415,
        },
        ...['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => ({
          name: method,
          path: client.path,
          options: { method },
          status: 405,
          allow: 'POST',
        })),
        ...['/v1/models', '/v1/models/any%2Fm', '/healthz', '/'].map((path) => ({
          name: `POST ${path}`,
          path,
          options: good,
          status: 405,
          allow: 'GET, HEAD',
        })),
      ]
      for (const { name, path, options, status, allow } of cases) {
        const headers = { ...client.headers, ...options.headers }
        const answer = await request(router.url + path, { ...options, headers })
        assert.equal(answer.status, status, `${name}: ${answer.text}`)
        assert.equal(answer.headers['allow'], allow, name)
        assert.equal(answer.headers['access-control-allow-origin'], undefined, name)
        if (options.method === 'HEAD') assert.equal(answer.text, '')
        else client.readError(answer.text)
      }
      await assertAlive(router, upstream)
    })

    test('a model’s own name for nothing is a 404 in the client’s dialect', async () => {
      const { router, upstream } = await start()
      const answer = await request(`${router.url}/v1/models/none`, { headers: client.headers })
      assert.equal(answer.status, 404)
      client.readError(answer.text)
      await assertAlive(router, upstream)
    })

    test('a body over the limit is a 413, announced or not, and is not kept', async () => {
      const { router, upstream } = await start('serve: { max_body_mb: 1 }\n')
      const body = Buffer.alloc(3 * 1024 * 1024, 0x20)
      const host = `host: ${new URL(router.url).host}\r\nconnection: close\r\n`
      const head = `POST ${client.path} HTTP/1.1\r\n${host}content-type: application/json\r\n`
      const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
      const cases = {
        announced: Buffer.concat([Buffer.from(`${head}content-length: ${body.length}\r\n\r\n`), body]),
        chunked: Buffer.concat([Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n`), chunk]),
      }
      for (const [name, bytes] of Object.entries(cases)) {
        const answer = await sendRaw(router.url, bytes)
        assert.equal(statusOf(answer), 413, name)
        assert.match(client.readError(answer.slice(answer.indexOf('\r\n\r\n') + 4)), /1 MiB.*max_body_mb/)
      }
      const exact = `{"messages":${MESSAGES}}`.padEnd(1024 * 1024, ' ')
      assert.equal((await request(router.url + client.path, { body: exact, headers: client.headers })).status, 200)
      assert.equal((await request(router.url + client.path, { body: `${exact} ` })).status, 413)
      assert.equal(upstream.requests.length, 1)
    })
  })
}

/** Lines of a request by hand; a Host header is put behind the first. */
const RAW: { name: string; lines: string[]; status: number }[] = [
  { name: 'headers of 100 KB', lines: ['GET / HTTP/1.1', `x-large: ${'x'.repeat(100_000)}`], status: 431 },
  { name: 'a request line of 100 KB', lines: [`GET /${'x'.repeat(100_000)} HTTP/1.1`], status: 431 },
  {
    name: 'a WebSocket',
    lines: ['GET /v1/realtime HTTP/1.1', 'connection: upgrade', 'upgrade: websocket'],
    status: 426,
  },
  {
    name: 'a WebSocket on a chat path',
    lines: ['GET /v1/chat/completions HTTP/1.1', 'connection: upgrade', 'upgrade: websocket'],
    status: 426,
  },
  { name: 'a tunnel', lines: ['CONNECT example.com:443 HTTP/1.1'], status: 405 },
  { name: 'no HTTP', lines: ['hello'], status: 400 },
  { name: 'TLS', lines: ['\u0016\u0003\u0001\u0002\u0000\u0001'], status: 400 },
  { name: 'a bad header', lines: ['GET / HTTP/1.1', 'a(b: c'], status: 400 },
  {
    name: 'two lengths',
    lines: [
      'POST /v1/chat/completions HTTP/1.1',
      'content-type: application/json',
      'content-length: 2',
      'content-length: 3',
    ],
    status: 400,
  },
  {
    name: 'a length and chunks',
    lines: [
      'POST /v1/chat/completions HTTP/1.1',
      'content-type: application/json',
      'content-length: 2',
      'transfer-encoding: chunked',
    ],
    status: 400,
  },
  {
    name: 'an unknown transfer encoding',
    lines: ['POST /v1/chat/completions HTTP/1.1', 'content-type: application/json', 'transfer-encoding: gzip'],
    status: 400,
  },
]

test('what is not plain HTTP is refused and the connection closed', async () => {
  const { router, upstream } = await start()
  for (const { name, lines, status } of RAW) {
    const host = `host: ${new URL(router.url).host}`
    const answer = await sendRaw(router.url, `${[lines[0], host, ...lines.slice(1)].join('\r\n')}\r\n\r\n`)
    assert.equal(statusOf(answer), status, `${name}: ${answer.slice(0, 200)}`)
  }
  await assertAlive(router, upstream)
})

test('a client that leaves inside the body does no harm', async () => {
  const { router, upstream } = await start()
  const host = new URL(router.url).host
  for (const { path } of WHOLE) {
    const head = `POST ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n`
    const socket = connect(Number(new URL(router.url).port), '127.0.0.1')
    socket.write(`${head}{"messages":`, () => socket.destroy())
    await new Promise((resolve) => socket.once('close', resolve))
  }
  await assertAlive(router, upstream)
})
