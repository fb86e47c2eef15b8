// After trouble things are as before: a provider gets its place back, a connection serves the next request.
import assert from 'node:assert/strict'
import { Agent, request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { Handler } from '../helpers/upstream.ts'

const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })
const FACTS = '{ capabilities: [tools, json], context: 200000 }'

for (const client of TEST_CLIENTS) {
  for (const failures of [1, 2, 3, 6]) {
    test(`${client.name}: after ${failures} failures and some quiet the first provider is asked first again`, async () => {
      let left = failures
      const a = await openUpstream((received, n) => (left-- > 0 ? { status: 500, text: 'x' } : fine(received, n)))
      const b = await openUpstream(fine)
      const router = await openRouter(
        [a, b]
          .map(
            ({ url }, i) =>
              `  ${'ab'[i]}: { kind: openai-compatible, base_url: "${url}/v1", models: { m: ${FACTS} } }\n`,
          )
          .join('')
          .replace(/^/, 'version: 1\npolicies: { auto: { retry_wait_ms: 0, weights: { latency: 0 } } }\nproviders:\n'),
      )
      // Enough requests, each a session of its own, for all the failures to happen; a pin asks where no policy would.
      for (let i = 0; i < failures; i++) {
        await ask(router.url, client, i === 0 ? {} : { model: 'a/m' }, { 'x-session-id': `before ${i}` })
        router.advance(20_000)
      }
      assert.equal(a.requests.length, failures)
      router.advance(600_000)
      const seen: unknown[] = []
      for (let i = 0; i < 3; i++) {
        seen.push((await ask(router.url, client, {}, { 'x-session-id': `after ${i}` })).headers['x-sage-model'])
      }
      assert.ok(seen.includes('a/m'), `ten minutes later still: ${seen.join(' ')}`)
    })
  }
}

describe('one connection', () => {
  test('refusals leave the connection usable', async () => {
    const upstream = await openUpstream(fine)
    const router = await openRouter(
      `version: 1\nserve: { max_body_mb: 0.01 }\nproviders:\n  a: { kind: openai-compatible, base_url: "${upstream.url}/v1", models: { m: ${FACTS} } }\n`,
    )
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const send = async (
      method: string,
      path: string,
      body: string,
      type: string,
    ): Promise<[number, number | undefined]> => {
      const headers = { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) }
      const outgoing = httpRequest(router.url + path, { method, agent, headers })
      outgoing.end(body)
      const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
      const port = response.socket.localPort
      response.resume()
      await once(response, 'end')
      return [response.statusCode ?? 0, port]
    }
    try {
      const good = JSON.stringify({ model: 'auto', messages: [{ role: 'user', content: 'hi' }] })
      const ports = new Set<number | undefined>()
      const cases: [string, string, string, string, number][] = [
        ['POST', '/v1/chat/completions', good, 'application/json', 200],
        ['POST', '/v1/chat/completions', good, 'text/plain', 415],
        ['POST', '/v1/chat/completions', good, 'application/json', 200],
        ['POST', '/nothing', good, 'application/json', 404],
        ['PUT', '/v1/models', good, 'application/json', 405],
        ['POST', '/v1/chat/completions', '{', 'application/json', 400],
        ['POST', '/v1/messages', good, 'application/json', 200],
        ['POST', '/v1/chat/completions', 'x'.repeat(20_000), 'application/json', 413],
        ['POST', '/v1/chat/completions', good, 'application/json', 200],
      ]
      for (const [method, path, body, type, expected] of cases) {
        const [status, port] = await send(method, path, body, type)
        assert.equal(status, expected, `${method} ${path}`)
        ports.add(port)
      }
      assert.equal(ports.size, 1, 'one connection served them all')
      assert.equal(upstream.requests.length, 4)
    } finally {
      agent.destroy()
    }
  })
})
