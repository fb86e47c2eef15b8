// C: clients that behave badly on the wire.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { replyAs } from '../../helpers/grid-provider.ts'
import { chatStream } from '../../helpers/openai-chat-replies.ts'
import { sendRaw, statusOf } from '../../helpers/raw-http.ts'
import { request } from '../../helpers/http.ts'
import type { Reply, Upstream } from '../../helpers/upstream.ts'
import type { TestRouter } from '../../helpers/router.ts'
import { settle } from '../../helpers/settle.ts'
import { until } from '../../helpers/until.ts'
import { exchange } from '../exchange.ts'
import { ASK, expectText, FINE } from '../lab.ts'
import type { Lab } from '../lab.ts'
import type { LabCase } from '../types.ts'

async function one(lab: Lab, reply?: Reply): Promise<{ router: TestRouter; only: Upstream }> {
  const only = await (reply === undefined ? lab.healthy() : lab.upstream(reply))
  return { router: await lab.router([{ name: 'a', url: only.url }]), only }
}

/** A request of the chat dialect as bytes. */
function plain(
  extra: string = '',
  body: string = JSON.stringify(QUESTION),
  host: string = 'host: 127.0.0.1\r\n',
): string {
  return `POST /v1/chat/completions HTTP/1.1\r\n${host}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n${extra}\r\n${body}`
}

const QUESTION = { model: 'auto', messages: [{ role: 'user', content: 'hello' }] }
const LAST = 'connection: close\r\n'

function open(lab: Lab, url: string): Socket {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => undefined)
  lab.onClose(async () => void socket.destroy())
  return socket
}

/** All that a socket gets until it is closed, or this time is over. In ms. */
async function read(socket: Socket, limit: number): Promise<{ text: string; closed: boolean }> {
  let text = ''
  let closed = false
  socket.on('data', (part: Buffer) => (text += part.toString('latin1')))
  socket.once('close', () => (closed = true))
  await Promise.race([once(socket, 'close').catch(() => undefined), sleep(limit)])
  return { text, closed }
}

export const CLIENT_CONNECTION_CASES: readonly LabCase[] = [
  {
    id: 'C-07',
    fault: 'a body that comes a byte a second',
    expected: '408 in the end, and a closed connection',
    per: 'once',
    slow: 'minute',
    run: async (lab) => {
      const { router, only } = await one(lab)
      const socket = open(lab, router.url)
      // Blanks behind the JSON: they belong to the body.
      socket.write(plain(LAST, JSON.stringify(QUESTION) + ' '.repeat(600)).slice(0, -600))
      const timer = setInterval(() => socket.write(' '), 1000)
      const { text, closed } = await read(socket, 200_000)
      clearInterval(timer)
      assert.equal(statusOf(text), 408)
      assert.ok(closed)
      assert.equal(only.requests.length, 0)
      return '408'
    },
  },
  {
    id: 'C-08',
    fault: '500 connections that never finish their headers',
    expected: 'each is closed after ten seconds; others are served meanwhile',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const { router } = await one(lab)
      const sockets = Array.from({ length: 500 }, () => open(lab, router.url))
      const ends = sockets.map((socket) => {
        socket.write('POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nx-slow: ')
        return read(socket, 60_000)
      })
      for (let n = 0; n < 20; n++) expectText(await lab.ask(router, client))
      const closed = (await Promise.all(ends)).filter((end) => end.closed).length
      assert.equal(closed, 500)
      return `${closed} closed, others served`
    },
  },
  {
    id: 'C-09',
    fault: 'the client leaves: while it waits for headers, for content, and in the middle',
    expected: 'the call to the provider is ended at once; health is untouched',
    per: 'client',
    run: async (lab, client) => {
      const pieces = chatStream({ model: 'm', text: FINE }).slice(0, 2)
      const phases: Reply[] = [
        { fault: 'hang' },
        { fault: 'hang-after-headers' },
        ...(client.stream ? [{ fault: 'stall-after' as const, chunks: pieces }] : []),
      ]
      for (const phase of phases) {
        const { router, only } = await one(lab, phase)
        const { path, headers } = client
        await exchange(router.url, {
          path,
          headers,
          body: client.body(ASK),
          leave: only.untilReceived(1).then(() => sleep(20)),
        })
        await Promise.race([
          only.untilAborted(1),
          sleep(20_000, undefined, { ref: false }).then(() => assert.fail('the provider was not told')),
        ])
        while (router.requests().length === 0) await sleep(5)
        const [event] = router.requests()
        assert.equal(event?.ending, 'client_gone')
        const health = (await request(`${router.url}/healthz`)).text
        assert.doesNotMatch(health, /"failures":[1-9]/)
      }
      return `${phases.length} phases`
    },
  },
  {
    id: 'C-10',
    fault: 'the client closes its half after the request',
    // A client that has gone looks just the same: answering it would leave the provider working for nobody.
    expected: 'taken for leaving: the call to the provider is ended',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab, { fault: 'hang' })
      const socket = open(lab, router.url)
      socket.write(plain(LAST))
      await only.untilReceived(1)
      socket.end()
      await Promise.race([
        only.untilAborted(1),
        sleep(20_000, undefined, { ref: false }).then(() => assert.fail('the provider was not told')),
      ])
      return 'ended'
    },
  },
  {
    id: 'C-11',
    fault: '200 clients that read slowly, 50 MB each',
    expected: 'the provider is made to wait; little is held for each',
    per: 'once',
    slow: true,
    run: async (lab) => {
      const piece = `data: {"id":"x","choices":[{"index":0,"delta":{"content":"${'x'.repeat(65_000)}"},"finish_reason":null}]}\n\n`
      const { router, only } = await one(lab, byModeStream(piece, 50))
      global.gc?.()
      const before = process.memoryUsage().rss
      const body = JSON.stringify({ ...QUESTION, stream: true })
      const sockets = Array.from({ length: 50 }, () => open(lab, router.url))
      for (const socket of sockets) {
        socket.pause()
        socket.write(plain(LAST, body))
      }
      await only.untilReceived(50)
      await sleep(3000)
      const grown = Math.round((process.memoryUsage().rss - before) / 1024 / 1024)
      // Both ends of every connection and the provider live in this process.
      assert.ok(grown < 200, `${grown} MB`)
      for (const socket of sockets) socket.destroy()
      return `${grown} MB for 50 connections, provider and client included`
    },
  },
  {
    id: 'C-15',
    fault: '50 requests at once on one connection',
    expected: 'answered in order; a bad one among them spoils nothing',
    per: 'once',
    run: async (lab) => {
      const only = await lab.upstream((received) => {
        const messages = received.json['messages'] as { content: string }[]
        return replyAs('openai-compatible', received, { text: `answer ${messages[0]?.content}` })
      })
      const router = await lab.router([{ name: 'a', url: only.url }])
      const requests = Array.from({ length: 50 }, (_, n) => {
        const body = n === 20 ? '{' : JSON.stringify({ ...QUESTION, messages: [{ role: 'user', content: `#${n}.` }] })
        return plain(n === 49 ? LAST : '', body)
      })
      const answer = await sendRaw(router.url, requests.join(''))
      const seen = [...answer.matchAll(/answer #(\d+)\./g)].map(([, n]) => Number(n))
      assert.deepEqual(
        seen,
        Array.from({ length: 50 }, (_, n) => n).filter((n) => n !== 20),
      )
      return `${seen.length} in order`
    },
  },
  {
    id: 'C-17',
    fault: 'no Host, two, one with a user, a port of 0, in upper case',
    expected: '400 for what is wrong; upper case is fine',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      const hosts = [
        '',
        'host: 127.0.0.1\r\nhost: 127.0.0.1\r\n',
        'host: user@127.0.0.1\r\n',
        'host: 127.0.0.1:\r\n',
        'host: \r\n',
      ]
      for (const host of hosts) {
        assert.equal(statusOf(await sendRaw(router.url, plain(LAST, undefined, host))), 400, JSON.stringify(host))
      }
      assert.equal(only.requests.length, 0)
      assert.equal(statusOf(await sendRaw(router.url, plain(LAST, undefined, 'Host: LOCALHOST\r\n'))), 200)
      return `${hosts.length} × 400`
    },
  },
  {
    id: 'C-18',
    fault: 'requests that two parsers would read differently',
    expected: '400 and a closed connection; no provider is asked',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      const body = JSON.stringify(QUESTION)
      const start = 'POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n'
      const tricks = [
        `${start}content-length: ${body.length}\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
        `${start}content-length: 5\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        `POST /v1/chat/completions HTTP/1.1\nhost: 127.0.0.1\ncontent-length: ${body.length}\n\n${body}`,
        `${start}x\u0000y: 1\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        `${start}x-fold: a\r\n b\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        `${start}content-length : ${body.length}\r\n\r\n${body}`,
        `${start}transfer-encoding: chunked\r\n\r\nfffffffffffffffffffff\r\n${body}`,
        `${start}transfer-encoding: xchunked\r\n\r\n${body}`,
      ]
      for (const trick of tricks) assert.equal(statusOf(await sendRaw(router.url, trick)), 400, JSON.stringify(trick))
      assert.equal(only.requests.length, 0)
      return `${tricks.length} × 400`
    },
  },
  {
    id: 'C-19',
    fault: 'a header of 20 KB; 3,000 headers',
    expected: '431',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      const big = `x-big: ${'x'.repeat(20_000)}\r\n`
      assert.equal(statusOf(await sendRaw(router.url, plain(big + LAST))), 431)
      const many = Array.from({ length: 3000 }, (_, n) => `x-${n}: y\r\n`).join('')
      assert.equal(statusOf(await sendRaw(router.url, plain(many + LAST))), 431)
      assert.equal(only.requests.length, 0)
      return '431'
    },
  },
  {
    id: 'C-20',
    fault: 'paths that lead nowhere, or up',
    expected: '404 in JSON',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      const paths = [
        '/nope',
        '//v1/chat/completions',
        '/v1/../v1/chat/completions',
        '/v1/%2e%2e/etc/passwd',
        '/v1/chat/completions/x',
        '/.env',
        '/sage.yaml',
      ]
      for (const path of paths) {
        const answer = await sendRaw(router.url, plain(LAST).replace('/v1/chat/completions', path))
        assert.equal(statusOf(answer), 404, path)
        assert.match(answer, /\r\n\r\n\{"/)
      }
      assert.equal(only.requests.length, 0)
      return `${paths.length} × 404`
    },
  },
  {
    id: 'C-21',
    fault: 'methods that a route does not have',
    expected: '405 with an allow header; nothing is tunnelled',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'HEAD']) {
        const answer = await sendRaw(
          router.url,
          `${method} /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\n${LAST}\r\n`,
        )
        assert.equal(statusOf(answer), 405, method)
        assert.match(answer, /^allow: POST\r$/im)
      }
      const tunnel = await sendRaw(router.url, `CONNECT 127.0.0.1:80 HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n`)
      assert.equal(statusOf(tunnel), 405)
      assert.equal(only.requests.length, 0)
      return '405'
    },
  },
  {
    id: 'C-24',
    fault: 'upgrades to WebSocket and h2c',
    expected: '426, not forwarded',
    per: 'once',
    run: async (lab) => {
      const { router, only } = await one(lab)
      for (const protocol of ['websocket', 'h2c']) {
        const upgrade = `connection: upgrade\r\nupgrade: ${protocol}\r\n`
        assert.equal(statusOf(await sendRaw(router.url, plain(upgrade))), 426)
      }
      assert.equal(only.requests.length, 0)
      return '426'
    },
  },
  {
    id: 'C-25',
    fault: 'hop-by-hop headers, forwarding headers, headers named by Connection',
    expected: 'none of them reaches the provider',
    per: 'client',
    run: async (lab, client) => {
      const { router, only } = await one(lab)
      const abuse = {
        connection: 'close, x-secret',
        'x-secret': '1',
        te: 'trailers',
        'proxy-authorization': 'Basic x',
        'x-forwarded-for': '1.2.3.4',
        forwarded: 'for=1.2.3.4',
        cookie: 'a=b',
        'x-random': 'y',
      }
      const seen = expectText(await lab.ask(router, client, { headers: abuse }))
      const got = Object.keys(only.requests[0]?.headers ?? {})
      for (const name of Object.keys(abuse)) if (name !== 'connection') assert.ok(!got.includes(name), name)
      return seen
    },
  },
  {
    id: 'C-26',
    fault: 'more connections than the server takes',
    expected: 'the surplus is closed; the others are served',
    per: 'once',
    run: async (lab) => {
      const only = await lab.healthy()
      const router = await lab.router([{ name: 'a', url: only.url }], { maxConnections: 10 })
      const sockets = Array.from({ length: 15 }, () => open(lab, router.url))
      const ends = sockets.map((socket) => {
        let closed = false
        socket.once('close', () => (closed = true))
        return () => closed
      })
      await until(() => (ends.filter((isClosed) => isClosed()).length >= 5 ? true : undefined))
      await settle()
      assert.equal(ends.filter((isClosed) => isClosed()).length, 5)
      const [first] = sockets
      assert.ok(first !== undefined)
      first.write(plain(LAST))
      const { text } = await read(first, 60_000)
      assert.equal(statusOf(text), 200)
      return '5 of 15 closed'
    },
  },
]

/** `count` pieces, for a stream. */
function byModeStream(piece: string, count: number): Reply {
  return { chunks: Array.from({ length: count * 16 }, () => piece) }
}
