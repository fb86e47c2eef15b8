// A router that is stopped while answers are under way, for every client dialect.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { isStreamed } from '../helpers/grid-provider.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import type { Handler } from '../helpers/upstream.ts'
import { request } from '../helpers/http.ts'
import { settle } from '../helpers/settle.ts'
import { exchange } from '../lab/exchange.ts'
import { expectCut, expectError, expectText, fine, FINE, Lab } from '../lab/lab.ts'

/** Streams begin and then stall; whole answers never come. */
const endless: Handler = (received) => {
  if (!isStreamed(received)) return { fault: 'hang' }
  return { fault: 'stall-after', chunks: chatStream({ model: 'm', text: FINE }).slice(0, 3) }
}

/** Answers a while after it was asked. */
const late: Handler = async (received) => {
  await sleep(150)
  return fine(received)
}

async function withLab(run: (lab: Lab) => Promise<void>): Promise<void> {
  const lab = new Lab()
  try {
    await run(lab)
  } finally {
    await lab.close()
  }
}

describe('a router that is stopped', () => {
  for (const client of GRID_CLIENTS) {
    it(`lets answers finish: ${client.name}`, () =>
      withLab(async (lab) => {
        const upstream = await lab.upstream(late)
        const router = await lab.router([{ name: 'a', url: upstream.url }])
        const asked = lab.ask(router, client)
        await upstream.untilReceived()
        const closed = router.close(10_000)
        const outcome = await asked
        expectText(outcome)
        assert.equal(outcome.exchange.headers['connection'], 'close')
        await closed
      }))

    it(`ends those that are left with an error, never as if they were complete: ${client.name}`, () =>
      withLab(async (lab) => {
        const upstream = await lab.upstream(endless)
        const router = await lab.router([
          { name: 'a', url: upstream.url },
          { name: 'b', url: (await lab.healthy()).url },
        ])
        const asked = lab.ask(router, client)
        await upstream.untilReceived()
        // Room for the first output to reach the client.
        await settle()
        await router.close(100)
        const outcome = await asked
        if (client.stream) expectCut(outcome)
        else expectError(outcome, 503)
        if (outcome.end === 'B') assert.equal(outcome.exchange.headers['retry-after'], '1')
        assert.match(outcome.end === 'B' || outcome.end === 'C' ? outcome.message : '', /the router is shutting down/)
        const [event] = router.requests()
        assert.equal(event?.ending, client.stream ? 'cut' : 'refused')
        assert.equal(event?.attempts.length, 1, 'nobody else is tried')
        assert.deepEqual(router.memory().health.targets, {}, 'the provider is not to blame')
        await upstream.untilAborted()
      }))
  }

  const client = GRID_CLIENTS[0]
  assert.ok(client !== undefined)

  it('says so to those whose connection is still open, and closes it', () =>
    withLab(async (lab) => {
      const upstream = await lab.upstream(late)
      const router = await lab.router([{ name: 'a', url: upstream.url }])
      const socket = connect(router.port, '127.0.0.1')
      await once(socket, 'connect')
      let seen = ''
      socket.on('data', (part: Buffer) => (seen += part.toString()))
      const get = 'GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n'
      socket.write(get)
      await once(socket, 'data')
      assert.match(seen, /^HTTP\/1\.1 200 /)
      assert.match(seen, /"status":"ok"/)
      const asked = lab.ask(router, client)
      await upstream.untilReceived()
      // Half a request keeps it from being idle.
      socket.write(get.slice(0, 30))
      await settle()
      seen = ''
      const closed = router.close(5000)
      socket.write(get.slice(30))
      await once(socket, 'close')
      assert.match(seen, /^HTTP\/1\.1 503 [^]*connection: close/i)
      assert.match(seen, /"status":"draining"/)
      await assert.rejects(request(`${router.url}/healthz`), { code: 'ECONNREFUSED' })
      expectText(await asked)
      await closed
    }))

  it('closes idle connections at once', () =>
    withLab(async (lab) => {
      const router = await lab.router([{ name: 'a', url: (await lab.healthy()).url }])
      const socket = connect(router.port, '127.0.0.1')
      socket.write('GET /healthz HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n')
      await once(socket, 'data')
      const closed = once(socket, 'close')
      socket.resume()
      await router.close(60_000)
      await closed
    }))

  it('answers a request whose body has not come in time', () =>
    withLab(async (lab) => {
      const router = await lab.router([{ name: 'a', url: (await lab.healthy()).url }])
      const socket = connect(router.port, '127.0.0.1')
      socket.write(
        `POST ${client.path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
      )
      let seen = ''
      socket.on('data', (part: Buffer) => (seen += part.toString()))
      socket.on('error', () => undefined)
      const ended = once(socket, 'close')
      await settle()
      await router.close(100)
      await ended
      assert.match(seen, /^HTTP\/1\.1 503 [^]*retry-after: 1/i)
      assert.match(seen, /the router is shutting down/)
    }))

  it('tears calls that are handed on, and refuses those without an answer yet', () =>
    withLab(async (lab) => {
      const upstream = await lab.upstream((received) =>
        received.path.endsWith('/embeddings')
          ? { fault: 'hang' }
          : { fault: 'stall-after', chunks: ['data: {"choices":[]}\n\n'] },
      )
      const router = await lab.router([{ name: 'a', url: upstream.url }])
      const body = { model: 'a/m', input: 'x' }
      const asked = ['/v1/embeddings', '/v1/completions'].map((path) =>
        exchange(router.url, { path, headers: {}, body }),
      )
      await upstream.untilReceived(2)
      await settle()
      await router.close(100)
      const [refused, torn] = await Promise.all(asked)
      assert.deepEqual([refused?.status, refused?.ending], [503, 'whole'])
      assert.deepEqual([torn?.status, torn?.ending], [200, 'torn'])
    }))

  it('waits for nobody who has stopped reading', () =>
    withLab(async (lab) => {
      const upstream = await lab.upstream({ chunks: [`data: ${'x'.repeat(4_000_000)}\n\n`], delayMs: 1 })
      const router = await lab.router([{ name: 'a', url: upstream.url }])
      const socket = connect(router.port, '127.0.0.1')
      const body = JSON.stringify({ model: 'a/m', prompt: 'x' })
      const head = `POST /v1/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n`
      socket.write(`${head}content-length: ${body.length}\r\n\r\n${body}`)
      socket.on('error', () => undefined)
      await once(socket, 'readable')
      await router.close(100)
      socket.destroy()
    }))
})
