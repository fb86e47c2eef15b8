// A15: what a web page, a rebound name or a stranger may not do, on every route, without a provider hearing of it.
import assert from 'node:assert/strict'
import { networkInterfaces } from 'node:os'
import { after, before, describe, test } from 'node:test'
import { parseProfile } from '../../src/profile/parse.ts'
import { TEST_CLIENTS } from '../helpers/clients.ts'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { sendRaw, statusOf } from '../helpers/raw-http.ts'
import { startRouter } from '../helpers/router.ts'
import type { RouterOptions, TestRouter } from '../helpers/router.ts'
import { runCli } from '../helpers/context.ts'
import { startUpstream } from '../helpers/upstream.ts'
import type { Upstream } from '../helpers/upstream.ts'

const BODY = JSON.stringify({ model: 'auto', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] })

/** Every route, with the method it takes. */
const ROUTES = [
  ['POST', '/v1/chat/completions'],
  ['POST', '/chat/completions'],
  ['POST', '/v1/messages'],
  ['POST', '/messages'],
  ['POST', '/v1/messages/count_tokens'],
  ['GET', '/v1/models'],
  ['GET', '/models'],
  ['GET', '/v1/models/any%2Fm'],
  ['GET', '/healthz'],
  ['GET', '/'],
  ['GET', '/v1'],
  ['GET', '/nothing'],
  ['OPTIONS', '/v1/chat/completions'],
] as const

interface Bench {
  router: TestRouter
  upstream: Upstream
}

function bench(settings: string, options: RouterOptions = {}): Bench {
  const started: Partial<Bench> = {}
  before(async () => {
    started.upstream = await startUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
    const yaml = `version: 1\n${settings}providers:\n${providerYaml('any', 'openai-compatible', started.upstream.url)}`
    started.router = await startRouter(yaml, { ...options, env: { TEST_KEY: 'upstream-key', ...options.env } })
  })
  after(async () => {
    await started.router?.close()
    await started.upstream?.close()
  })
  return started as Bench
}

/** Sends a request by hand with exactly these header lines. */
function raw(router: TestRouter, method: string, path: string, headers: readonly string[]): Promise<string> {
  const body = method === 'POST' ? BODY : ''
  const lines = [`${method} ${path} HTTP/1.1`, ...headers, 'connection: close', `content-length: ${body.length}`]
  return sendRaw(router.url, `${lines.join('\r\n')}\r\n\r\n${body}`)
}

const JSON_TYPE = 'content-type: application/json'

describe('A15: who may not come in', () => {
  const started = bench('')

  const refusals: { name: string; headers: (port: string) => string[]; status: number }[] = [
    {
      name: 'a foreign origin',
      headers: (port) => [`host: 127.0.0.1:${port}`, 'origin: https://evil.example'],
      status: 403,
    },
    { name: 'an opaque origin', headers: (port) => [`host: 127.0.0.1:${port}`, 'origin: null'], status: 403 },
    {
      name: 'an origin that looks local',
      headers: (port) => [`host: 127.0.0.1:${port}`, 'origin: http://localhost.evil.example'],
      status: 403,
    },
    {
      name: 'an origin with a name before it',
      headers: (port) => [`host: 127.0.0.1:${port}`, 'origin: http://127.0.0.1@evil.example'],
      status: 403,
    },
    {
      name: 'a page elsewhere, without origin',
      headers: (port) => [`host: 127.0.0.1:${port}`, 'sec-fetch-site: cross-site'],
      status: 403,
    },
    {
      name: 'a page on the same site',
      headers: (port) => [`host: localhost:${port}`, 'sec-fetch-site: same-site'],
      status: 403,
    },
    { name: 'a rebound name', headers: (port) => [`host: evil.example:${port}`], status: 403 },
    {
      name: 'a rebound name with its origin',
      headers: (port) => [`host: evil.example:${port}`, `origin: http://evil.example:${port}`],
      status: 403,
    },
    { name: 'a name that ends like ours', headers: (port) => [`host: evil-localhost:${port}`], status: 403 },
    { name: 'a name that begins like ours', headers: (port) => [`host: localhost.evil.example:${port}`], status: 403 },
    { name: 'another address', headers: (port) => [`host: 10.0.0.1:${port}`], status: 403 },
    { name: 'an address in other writing', headers: (port) => [`host: 2130706433:${port}`], status: 403 },
    { name: 'two hosts', headers: (port) => [`host: 127.0.0.1:${port}`, 'host: evil.example'], status: 400 },
    {
      name: 'two hosts that agree',
      headers: (port) => [`host: 127.0.0.1:${port}`, `host: 127.0.0.1:${port}`],
      status: 400,
    },
    { name: 'an empty host', headers: () => ['host:'], status: 400 },
    { name: 'no host', headers: () => [], status: 400 },
    { name: 'a host with a path', headers: () => ['host: localhost/x'], status: 400 },
    { name: 'a host with a user', headers: () => ['host: evil@localhost'], status: 400 },
  ]
  for (const { name, headers, status } of refusals) {
    test(`A15: ${name} is a ${status} on every route`, async () => {
      const { router, upstream } = started
      for (const [method, path] of ROUTES) {
        const answer = await raw(router, method, path, [...headers(String(router.port)), JSON_TYPE])
        assert.equal(statusOf(answer), status, `${method} ${path}: ${answer}`)
        assert.doesNotMatch(answer, /access-control-allow/i)
      }
      assert.equal(upstream.requests.length, 0)
    })
  }

  for (const type of [
    'content-type: text/plain',
    'content-type: text/plain; charset=application/json',
    'content-type: application/x-www-form-urlencoded',
    'content-type: multipart/form-data; boundary=x',
    'content-type: text/plain, application/json',
    'content-type: application/jsonp',
    'content-type:',
    'x-no: type',
  ]) {
    test(`A15: ${type} is a 415 on every route that takes a body`, async () => {
      const { router, upstream } = started
      for (const [method, path] of ROUTES.filter(([known]) => known === 'POST')) {
        const answer = await raw(router, method, path, [`host: 127.0.0.1:${router.port}`, type])
        assert.equal(statusOf(answer), 415, answer)
        const client = TEST_CLIENTS.find(({ dialect }) => dialect === (path.includes('messages') ? 'messages' : 'chat'))
        client?.readError(answer.slice(answer.indexOf('\r\n\r\n') + 4))
      }
      assert.equal(upstream.requests.length, 0)
    })
  }

  test('A15: those who may come in do', async () => {
    const { router, upstream } = started
    const { port } = router
    const welcome = [
      [`host: 127.0.0.1:${port}`],
      [`host: localhost:${port}`],
      [`host: LOCALHOST:${port}`],
      [`host: [::1]:${port}`],
      ['host: localhost'],
      // A port of another machine, forwarded by ssh -L.
      ['host: localhost:9999'],
      [`host: 127.0.0.1:${port}`, `origin: http://localhost:3000`],
      [`host: 127.0.0.1:${port}`, 'origin: http://[::1]:3000'],
      [`host: 127.0.0.1:${port}`, 'sec-fetch-site: none'],
      [`host: 127.0.0.1:${port}`, 'sec-fetch-site: same-origin'],
    ]
    const types = [JSON_TYPE, 'content-type: application/json; charset=utf-8', 'Content-Type: APPLICATION/JSON']
    for (const headers of welcome) {
      for (const type of types) {
        const answer = await raw(router, 'POST', '/v1/chat/completions', [...headers, type])
        assert.equal(statusOf(answer), 200, `${headers.join(', ')}: ${answer}`)
        assert.doesNotMatch(answer, /access-control-allow/i)
      }
    }
    assert.equal(upstream.requests.length, welcome.length * types.length)
  })

  test('A15: no route writes or reads anything but requests and lists', async () => {
    const { router, upstream } = started
    const heard = upstream.requests.length
    const paths = [
      '/config',
      '/v1/config',
      '/api/config',
      '/settings',
      '/profile',
      '/v1/profile',
      '/admin',
      '/keys',
      '/reload',
      '/shutdown',
      '/metrics',
      '/dashboard',
      '/v1/chat/completions/..%2f..%2fetc/passwd',
      '/.env',
      '//',
      '/v1/v1/models',
    ]
    for (const path of paths) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const answer = await request(router.url + path, { method, body: method === 'GET' ? undefined : BODY })
        assert.equal(answer.status, 404, `${method} ${path}`)
      }
    }
    assert.equal(upstream.requests.length, heard)
  })
})

describe('A15: the token', () => {
  const started = bench('serve: { token: env:SAGE_TOKEN }\n', { env: { SAGE_TOKEN: 'tok-1234567890' } })
  const right = 'tok-1234567890'

  const places: Record<string, (token: string) => { headers: string[]; query: string }> = {
    Bearer: (token) => ({ headers: [`authorization: Bearer ${token}`], query: '' }),
    'bearer in small letters': (token) => ({ headers: [`Authorization: bearer ${token}`], query: '' }),
    'x-api-key': (token) => ({ headers: [`x-api-key: ${token}`], query: '' }),
    'x-goog-api-key': (token) => ({ headers: [`x-goog-api-key: ${token}`], query: '' }),
    '?key=': (token) => ({ headers: [], query: `?key=${encodeURIComponent(token)}` }),
    '?key= behind another': (token) => ({ headers: [], query: `?beta=true&key=${encodeURIComponent(token)}` }),
  }

  for (const [place, put] of Object.entries(places)) {
    test(`A15: ${place}: only the right token passes, on every route`, async () => {
      const { router, upstream } = started
      for (const [method, path] of ROUTES) {
        for (const token of ['', 'wrong', right.slice(0, -1), `${right}x`, right.toUpperCase(), `x ${right}`]) {
          const { headers, query } = put(token)
          const before = upstream.requests.length
          const answer = await raw(router, method, path + query, [
            `host: 127.0.0.1:${router.port}`,
            JSON_TYPE,
            ...headers,
          ])
          assert.equal(statusOf(answer), 401, `${method} ${path} with "${token}": ${answer}`)
          assert.equal(upstream.requests.length, before)
          assert.ok(!answer.includes(right))
        }
        const { headers, query } = put(right)
        const answer = await raw(router, method, path + query, [
          `host: 127.0.0.1:${router.port}`,
          JSON_TYPE,
          ...headers,
        ])
        const expected = method === 'OPTIONS' ? 405 : path === '/nothing' ? 404 : 200
        assert.equal(statusOf(answer), expected, `${method} ${path}: ${answer}`)
        assert.ok(!answer.includes(right))
      }
    })
  }

  test('A15: no token is a 401 on every route, in the client’s dialect, and the same as a wrong one', async () => {
    const { router } = started
    for (const [method, path] of ROUTES) {
      const host = [`host: 127.0.0.1:${router.port}`, JSON_TYPE]
      const missing = await raw(router, method, path, host)
      const wrong = await raw(router, method, path, [...host, 'authorization: Bearer wrong'])
      assert.equal(statusOf(missing), 401)
      assert.equal(missing.replace(/^date:.*$/im, ''), wrong.replace(/^date:.*$/im, ''))
    }
  })

  test('A15: the token goes neither to a provider nor into the log', async () => {
    const { router, upstream } = started
    for (const [place, put] of Object.entries(places)) {
      const { headers, query } = put(right)
      const host = [`host: 127.0.0.1:${router.port}`, JSON_TYPE]
      const answer = await raw(router, 'POST', `/v1/chat/completions${query}`, [...host, ...headers])
      assert.equal(statusOf(answer), 200, place)
      await raw(router, 'POST', `/nothing${query}`, [...host, ...headers])
    }
    const seen = JSON.stringify([upstream.requests.map(({ headers, path }) => [headers, path]), router.events])
    assert.ok(!seen.includes(right))
  })
})

describe('A15: the address', () => {
  test('A15: without a word about it, the profile listens on loopback', () => {
    const { profile } = parseProfile('version: 1\nproviders: { a: { kind: demo } }\n', 'test.yaml')
    assert.equal(profile?.serve.host, '127.0.0.1')
    assert.equal(profile.serve.token, undefined)
  })

  for (const host of ['0.0.0.0', '::', '192.168.1.5']) {
    test(`A15: ${host} without a token is refused`, async () => {
      const result = await runCli(['serve', '--host', host, '--port', '0'], { env: { OLLAMA_HOST: '127.0.0.1:9' } })
      assert.notEqual(result.code, 0)
      assert.match(result.stderr, /token/)
    })
  }

  const open = bench('serve: { token: env:SAGE_TOKEN }\n', { env: { SAGE_TOKEN: 'tok-1234567890' }, host: '0.0.0.0' })

  test('A15: on all interfaces any host name goes, with the token, and pages still do not', async () => {
    const url = open.router.url.replace('0.0.0.0', '127.0.0.1')
    const at = (headers: string[]): Promise<string> => raw({ ...open.router, url }, 'GET', '/v1/models', headers)
    assert.equal(statusOf(await at(['host: box.lan:1', 'x-api-key: tok-1234567890'])), 200)
    assert.equal(statusOf(await at(['host: box.lan:1'])), 401)
    assert.equal(statusOf(await at(['host: box.lan:1', 'x-api-key: tok-1234567890', 'origin: http://box.lan:1'])), 403)
  })
})

const HAS_IPV6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'))

test('an IPv6 address is taken as it stands in a URL, too', { skip: !HAS_IPV6 }, async () => {
  for (const host of ['::1', '[::1]']) {
    const router = await startRouter('version: 1\nproviders: { a: { kind: demo } }\n', { host })
    try {
      assert.equal(router.url, `http://[::1]:${router.port}`)
      assert.equal((await request(`${router.url}/healthz`)).status, 200)
    } finally {
      await router.close()
    }
  }
})
