// Requests that Node cannot parse, or whose expectation nobody meets, are told so in words that SDKs show.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, test } from 'node:test'
import { refuseUnreadable } from '../../src/server/unreadable.ts'
import { openRouter } from '../helpers/opened.ts'
import { sendRaw, statusOf } from '../helpers/raw-http.ts'
import { until } from '../helpers/until.ts'

const YAML = 'version: 1\nproviders: { a: { kind: demo } }\n'
const MARK = 'squeamish'
const HOST = 'host: 127.0.0.1\r\n'

const CASES: readonly { name: string; bytes: string; status: number; code: string; logged?: string }[] = [
  { name: 'no HTTP', bytes: `${MARK}\r\n\r\n`, status: 400, code: 'bad_http' },
  { name: 'TLS', bytes: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', status: 400, code: 'bad_http' },
  {
    name: 'two lengths',
    bytes: `POST /${MARK} HTTP/1.1\r\n${HOST}content-length: 1\r\ncontent-length: 2\r\n\r\n`,
    status: 400,
    code: 'bad_http',
  },
  { name: 'no Host', bytes: `GET /${MARK} HTTP/1.1\r\nconnection: close\r\n\r\n`, status: 400, code: 'bad_host' },
  {
    name: 'headers too large',
    bytes: `GET / HTTP/1.1\r\n${HOST}x: ${MARK.repeat(4000)}\r\n\r\n`,
    status: 431,
    code: 'headers_too_large',
  },
  {
    name: 'a chunk that is none',
    bytes: `POST /v1/messages HTTP/1.1\r\n${HOST}content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${MARK}\r\n`,
    status: 400,
    code: 'bad_http',
    // By the request that had begun.
    logged: 'bad_request',
  },
  {
    name: 'an expectation',
    bytes: `POST /v1/models HTTP/1.1\r\n${HOST}connection: close\r\nexpect: ${MARK}\r\ncontent-length: 0\r\n\r\n`,
    status: 417,
    code: 'expectation_failed',
  },
]

function bodyOf(answer: string): unknown {
  return JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4))
}

describe('unreadable requests', () => {
  for (const { name, bytes, status, code, logged = code } of CASES) {
    test(`${name}: ${status}`, async () => {
      const router = await openRouter(YAML)
      const answer = await sendRaw(router.url, Buffer.from(bytes, 'latin1'))
      assert.equal(statusOf(answer), status)
      assert.match(answer, /^content-type: application\/json\r$/im)
      assert.match(answer, /^connection: close\r$/im)
      const { error } = bodyOf(answer) as { error: { message: string; code: string } }
      assert.equal(error.code, code)
      assert.ok(!answer.includes(MARK))
      const events = await until(() => (router.events.length > 0 ? router.events : undefined))
      const lines = events.map((event) => (event.type === 'rejected' ? [event.status, event.code] : event.type))
      assert.deepEqual(lines, [[status, logged]])
    })
  }

  test('a head that is never finished: 408; a connection that says nothing is no news', async () => {
    const events: unknown[] = []
    const server = createServer({ headersTimeout: 20, connectionsCheckingInterval: 10 })
    refuseUnreadable(server, (event) => events.push(event))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const answer = await sendRaw(url, `GET /${MARK} HTTP/1.1\r\n`)
    assert.equal(statusOf(answer), 408)
    assert.match(JSON.stringify(bodyOf(answer)), /request_timeout/)
    assert.equal(events.length, 1)
    await sendRaw(url, '')
    assert.equal(events.length, 1)
    server.close()
  })

  test('nothing is written into an answer that has begun', async () => {
    const server = createServer((_request, response) => response.write('begun'))
    refuseUnreadable(server, () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const answer = await sendRaw(url, `POST / HTTP/1.1\r\n${HOST}transfer-encoding: chunked\r\n\r\n1\r\na\r\n${MARK}`)
    assert.doesNotMatch(answer, /bad_http/)
    server.close()
  })
})
