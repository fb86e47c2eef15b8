// U: providers that cannot be reached, or break before they answer.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer as createTcpServer } from 'node:net'
import process from 'node:process'
import { chatError, chatStream } from '../../helpers/openai-chat-replies.ts'
import { refusedUrl } from '../../helpers/upstream.ts'
import type { Handler, Reply } from '../../helpers/upstream.ts'
import { GRID_ENV } from '../../helpers/grid-provider.ts'
import { expectCut, expectText, fine } from '../lab.ts'
import type { Lab, LabOptions } from '../lab.ts'
import type { LabCase } from '../types.ts'

/** A case in which the next target answers, and the broken one was asked this often. */
export function movesOn(
  id: string,
  fault: string,
  reply: Reply | Handler,
  options: LabOptions & { extra?: string; hits?: number; failures?: number } = {},
): LabCase {
  return {
    id,
    fault,
    expected: 'the next target answers',
    per: 'client',
    run: async (lab, client) => {
      const { router, first, second } = await lab.pair(reply, options)
      const outcome = await lab.ask(router, client)
      const seen = expectText(outcome)
      assert.equal(outcome.exchange.headers['x-sage-model'], 'b/m')
      assert.equal(first.requests.length, options.hits ?? 1, 'requests to the broken target')
      assert.equal(second.requests.length, 1)
      return `${seen}; ${first.requests.length} + ${second.requests.length} calls`
    },
  }
}

/** Timers of a provider, short enough for a test. */
export const FAST_TIMEOUTS = ', timeouts: { first_content_ms: 60, response_ms: 60, idle_ms: 60, connect_ms: 100 }'

export const CONNECTION_CASES: readonly LabCase[] = [
  {
    id: 'U-01',
    fault: 'connection refused',
    expected: 'the next target answers; it costs no attempt',
    per: 'client',
    run: async (lab, client) => {
      const second = await lab.healthy()
      const router = await lab.router([
        { name: 'a', url: await refusedUrl() },
        { name: 'b', url: second.url },
      ])
      const seen = expectText(await lab.ask(router, client))
      assert.deepEqual(
        router.requests()[0]?.attempts.map(({ outcome }) => outcome),
        ['network', 'ok'],
      )
      return seen
    },
  },
  {
    id: 'U-02',
    fault: 'a host name that does not resolve',
    expected: 'the next target answers',
    per: 'client',
    run: async (lab, client) => {
      const second = await lab.healthy()
      const router = await lab.router([
        // RFC 6761: .invalid never resolves.
        { name: 'a', url: 'http://nowhere.invalid' },
        { name: 'b', url: second.url },
      ])
      return expectText(await lab.ask(router, client))
    },
  },
  {
    id: 'U-03',
    fault: 'localhost listens on 127.0.0.1 alone',
    expected: 'the same target answers',
    per: 'once',
    run: async (lab, client) => {
      const only = await lab.healthy()
      const router = await lab.router([{ name: 'a', url: `http://localhost:${only.port}` }])
      const seen = expectText(await lab.ask(router, client))
      assert.equal(router.requests()[0]?.attempts.length, 1)
      return seen
    },
  },
  {
    id: 'U-05',
    fault: 'a connection that is never accepted',
    expected: 'connect timeout, then the next target answers',
    per: 'once',
    slow: true,
    run: async (lab, client) => {
      const second = await lab.healthy()
      const url = await blackhole(lab)
      const router = await lab.router([
        { name: 'a', url, extra: ', timeouts: { connect_ms: 300 }' },
        { name: 'b', url: second.url },
      ])
      return expectText(await lab.ask(router, client))
    },
  },
  movesOn('U-06', 'accepted, then reset without a byte, twice', { fault: 'reset' }, { hits: 2 }),
  movesOn('U-07', 'accepted, then closed without a byte, twice', { fault: 'fin' }, { hits: 2 }),
  {
    id: 'U-08',
    fault: 'reset on a reused connection',
    expected: 'one silent retry on a new connection, health untouched',
    per: 'client',
    run: async (lab, client) => {
      const only = await lab.upstream((received, n) => (n === 1 ? { fault: 'reset' } : fine(received)))
      const router = await lab.router([{ name: 'a', url: only.url }])
      expectText(await lab.ask(router, client))
      const seen = expectText(await lab.ask(router, client))
      assert.equal(only.requests.length, 3)
      assert.deepEqual(
        router.requests().map(({ attempts }) => attempts.length),
        [1, 1],
      )
      return seen
    },
  },
  {
    id: 'U-09',
    fault: 'reset of a call that may have had an effect (a stored response)',
    expected: 'no replay; an error that tells SDKs not to retry',
    per: 'once',
    run: async (lab) => {
      const { router, first, second } = await lab.pair({ fault: 'reset' })
      const { responsesClient } = await import('../../helpers/grid-responses.ts')
      const client = responsesClient(false)
      const body = { ...client.body({ text: 'hello' }), background: true, store: true }
      const outcome = await lab.ask(router, client, { body })
      assert.equal(outcome.end, 'B')
      assert.ok(first.requests.length + second.requests.length <= 1)
      return `B ${outcome.exchange.status}`
    },
  },
  movesOn('U-10', 'silence before the headers', { fault: 'hang' }, { extra: FAST_TIMEOUTS }),
  movesOn('U-11', 'headers, then silence', { fault: 'hang-after-headers' }, { extra: FAST_TIMEOUTS }),
  {
    id: 'U-12',
    fault: 'silence after some output',
    expected: 'an error event and a torn connection',
    per: 'client',
    applies: ({ stream }) => stream,
    run: async (lab, client) => {
      const pieces = chatStream({ model: 'm', text: 'half of an answer' }).slice(0, 3)
      const { router, second } = await lab.pair({ fault: 'stall-after', chunks: pieces }, { extra: FAST_TIMEOUTS })
      const seen = expectCut(await lab.ask(router, client))
      assert.equal(second.requests.length, 0)
      return seen
    },
  },
  {
    id: 'U-47',
    fault: 'an error answer before the request was read',
    expected: 'its status is understood; nothing crashes',
    per: 'client',
    run: async (lab, client) => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined)
        const body = JSON.stringify(chatError(413, 'too_large', 'too much'))
        socket.end(
          `HTTP/1.1 413 Payload Too Large\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
        )
      })
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      lab.onClose(async () => void server.close())
      const { port } = server.address() as { port: number }
      const router = await lab.router([{ name: 'a', url: `http://127.0.0.1:${port}` }], { env: GRID_ENV })
      const outcome = await lab.ask(router, client, { body: client.body({ text: 'x'.repeat(300_000) }) })
      assert.equal(outcome.end, 'B')
      return `B ${outcome.exchange.status}`
    },
  },
  {
    id: 'U-48',
    fault: 'a provider that never reads a large body',
    expected: 'timeout, then the next target answers',
    per: 'once',
    run: async (lab, client) => {
      const server = createTcpServer((socket) => socket.on('error', () => undefined).pause())
      server.listen(0, '127.0.0.1')
      await once(server, 'listening')
      const second = await lab.healthy()
      lab.onClose(async () => void server.close())
      const { port } = server.address() as { port: number }
      const router = await lab.router(
        [
          { name: 'a', url: `http://127.0.0.1:${port}`, extra: FAST_TIMEOUTS },
          { name: 'b', url: second.url },
        ],
        {},
      )
      // Text that counts little: 20 MB of an image.
      const body = client.body({ text: 'look' })
      const messages = body['messages'] as { content: unknown }[]
      const url = `data:image/png;base64,${'A'.repeat(20_000_000)}`
      if (messages[0] !== undefined) {
        messages[0].content = [
          { type: 'text', text: 'look' },
          { type: 'image_url', image_url: { url } },
        ]
      }
      return expectText(await lab.ask(router, client, { body }))
    },
  },
]

/** An address whose accept queue is full, so that connections to it hang: its process listens and is then stopped. */
async function blackhole(lab: Lab): Promise<string> {
  const script =
    'const s = require("node:net").createServer(); s.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => console.log(s.address().port))'
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  child.kill('SIGSTOP')
  const port = Number(line.toString())
  const fillers = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  lab.onClose(async () => {
    for (const filler of fillers) filler.destroy()
    child.kill('SIGKILL')
    await once(child, 'exit')
  })
  return `http://127.0.0.1:${port}`
}
