// E: clocks, a blocked process, names, peers and proxies.
import assert from 'node:assert/strict'
import dns from 'node:dns'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { Server } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { mock } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createHttpTransport } from '../../../src/providers/transport/http.ts'
import { loadProxied } from '../../../src/providers/transport/proxy.ts'
import { chatCompletion } from '../../helpers/openai-chat-replies.ts'
import { settle } from '../../helpers/settle.ts'
import { expectText, FINE } from '../lab.ts'
import type { Lab } from '../lab.ts'
import { block, healthOf, lasting, STREAMED, untilSo } from '../serve-bench.ts'
import type { LabCase } from '../types.ts'

const HOUR = 3_600_000
const ANSWER = JSON.stringify(chatCompletion({ model: 'm', text: FINE }))

/** A provider at this address, which answers whole and says that it was asked. */
async function providerAt(lab: Lab, address: string, port: number): Promise<{ asked: string[]; server: Server }> {
  const asked: string[] = []
  const server = createHttpServer((incoming, response) => {
    asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`)
    incoming.resume().on('end', () => response.setHeader('content-type', 'application/json').end(ANSWER))
  })
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url ?? ''}`)
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
  })
  server.listen(port, address)
  await once(server, 'listening')
  lab.onClose(async () => server.close().closeAllConnections())
  return { asked, server }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

export const ENVIRONMENT_NETWORK_CASES: readonly LabCase[] = [
  {
    id: 'E-10',
    fault: 'the wall clock jumps by a second, an hour and a day, both ways; the machine sleeps for two hours',
    expected: 'rests go by the other clock: none ends early, none grows, none is negative; none lasts over a restart',
    per: 'once',
    run: async (lab, client) => {
      const limited = await lab.upstream((_, n) =>
        n === 0 ? { status: 429, headers: { 'retry-after': '60' }, json: { error: {} } } : { text: ANSWER },
      )
      const providers = [
        { name: 'a', url: limited.url },
        { name: 'b', url: (await lab.healthy()).url },
      ]
      const router = await lab.router(providers)
      // Of a new session each: what serves one already would not be left for another.
      let asked = 0
      const ask = () => lab.ask(router, client, { body: client.body({ text: `question ${asked++}` }) })
      expectText(await ask())
      assert.equal(limited.requests.length, 1)
      const jumps = [1000, HOUR, 24 * HOUR, 2 * HOUR].flatMap((ms) => [ms, -2 * ms, ms])
      for (const jump of jumps) {
        router.skew(jump)
        expectText(await ask())
        assert.equal(limited.requests.length, 1, 'it still rests')
        const { resting } = (await healthOf(router.url)) as { resting: Record<string, { for_ms: number }> }
        const left = resting['a']?.for_ms ?? 0
        assert.ok(left > 0 && left <= 60_000, `${left} ms left`)
        const next = await lab.router(providers)
        next.skew(jump)
        next.restore(JSON.parse(JSON.stringify(router.memory())))
        const after = (await healthOf(next.url)) as { resting: Record<string, { for_ms: number }> }
        const restored = after.resting['a']?.for_ms ?? 0
        assert.ok(restored >= 0 && restored <= HOUR, `${restored} ms left after a restart`)
        await next.close()
      }
      router.advance(61_000)
      await ask()
      assert.equal(limited.requests.length, 2, 'its rest is over')
      return `${jumps.length} jumps`
    },
  },
  {
    id: 'E-13',
    fault: 'the process is blocked for 2 s while streams are under way whose timers are shorter',
    expected: 'no timer takes it for silence of the provider',
    per: 'once',
    run: async (lab) => {
      const upstream = await lab.upstream(lasting(900))
      const extra = ', timeouts: { first_content_ms: 1500, idle_ms: 1500 }'
      const router = await lab.router([{ name: 'a', url: upstream.url, extra }])
      const asked = STREAMED.map((client) => lab.ask(router, client))
      // Half of them before their first content, half of them behind it.
      await upstream.untilReceived(STREAMED.length)
      block(2000)
      await sleep(450)
      block(2000)
      for (const outcome of await Promise.all(asked)) expectText(outcome)
      assert.deepEqual((await healthOf(router.url))['open'], {})
      return `${asked.length} whole`
    },
  },
  {
    id: 'E-14',
    fault: "a name's address changes while connections to the old one are open",
    expected: 'calls go to the new one once the connection is five minutes old, or at once when it fails',
    per: 'once',
    run: async (lab, client) => {
      if (process.platform !== 'linux') return 'on Linux only: elsewhere there is no second loopback address'
      const old = await providerAt(lab, '127.0.0.1', 0)
      const port = portOf(old.server)
      const next = await providerAt(lab, '127.0.0.2', port)
      let address = '127.0.0.1'
      const real = dns.lookup
      const look = mock.method(dns, 'lookup', ((...args: Parameters<typeof dns.lookup>) => {
        const [name, , callback] = args as unknown as [string, object, (error: null, found: object[]) => void]
        if (name === 'provider.test') callback(null, [{ address, family: 4 }])
        else real(...args)
      }) as typeof dns.lookup)
      lab.onClose(async () => look.mock.restore())
      const routerFor = () => lab.router([{ name: 'a', url: `http://provider.test:${port}` }])
      const whole = { ...client, stream: false }

      const aging = await routerFor()
      for (let n = 0; n < 2; n++) expectText(await lab.ask(aging, whole))
      address = '127.0.0.2'
      expectText(await lab.ask(aging, whole))
      assert.deepEqual([old.asked.length, next.asked.length], [3, 0], 'a young connection is used again')
      const now = Date.now()
      const clock = mock.method(Date, 'now', () => now + 301_000)
      expectText(await lab.ask(aging, whole))
      clock.mock.restore()
      assert.deepEqual([old.asked.length, next.asked.length], [3, 1], 'an old one is not')

      address = '127.0.0.1'
      const failing = await routerFor()
      expectText(await lab.ask(failing, whole))
      address = '127.0.0.2'
      old.server.closeAllConnections()
      await settle()
      expectText(await lab.ask(failing, whole))
      assert.deepEqual([old.asked.length, next.asked.length], [4, 2])
      return 'after five minutes, and at once on failure'
    },
  },
  {
    id: 'E-15',
    fault: 'a peer that vanishes without a word while its connection is kept (it reads and says nothing any more)',
    expected:
      'the timer moves the call to the next target; TCP keep-alive watches idle connections; none is used again',
    per: 'once',
    run: async (lab, client) => {
      const sockets: Socket[] = []
      let isGone = false
      const peer = createServer((socket) => {
        sockets.push(socket)
        socket.on('error', () => undefined)
        socket.on('data', () => {
          const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(ANSWER)}`
          if (!isGone) socket.write(`${head}\r\n\r\n${ANSWER}`)
        })
      }).listen(0, '127.0.0.1')
      await once(peer, 'listening')
      lab.onClose(async () => {
        for (const socket of sockets) socket.destroy()
        peer.close()
      })
      const { port } = peer.address() as AddressInfo
      const timeouts = ', timeouts: { first_content_ms: 300, response_ms: 300 }'
      const router = await lab.router([
        { name: 'a', url: `http://127.0.0.1:${port}`, extra: timeouts },
        { name: 'b', url: (await lab.healthy()).url },
      ])
      expectText(await lab.ask(router, client))
      assert.equal(router.requests()[0]?.target, 'a/m')
      if (process.platform === 'linux') assert.ok(hasKeepAlive(port), 'an idle connection is watched by TCP keep-alive')
      isGone = true
      const [first] = sockets
      assert.ok(first !== undefined)
      const closed = once(first, 'close')
      expectText(await lab.ask(router, client))
      assert.deepEqual(
        router.requests()[1]?.attempts.map(({ provider, outcome }) => `${provider} ${outcome}`),
        ['a timeout', 'b ok'],
      )
      await closed
      isGone = false
      router.advance(60_000)
      expectText(await lab.ask(router, client))
      await untilSo(() => sockets.every((socket, n) => n > 0 || socket.destroyed), 'the dead connection is closed')
      return 'a timeout, then b; the connection is closed'
    },
  },
  {
    id: 'E-16',
    fault: 'HTTPS_PROXY and HTTP_PROXY, with and without NO_PROXY',
    expected: 'used for providers elsewhere, never for this machine',
    per: 'once',
    run: async (lab, client) => {
      const proxy = await providerAt(lab, '127.0.0.1', 0)
      const url = `http://127.0.0.1:${portOf(proxy.server)}`
      const local = await lab.healthy()
      const ask = async (env: Record<string, string>, origin: string): Promise<string> => {
        const proxied = await loadProxied(env)
        const router = await lab.router([{ name: 'a', url: origin }], {
          createHttp: () => createHttpTransport(proxied),
        })
        proxy.asked.length = 0
        const outcome = await lab.ask(router, client)
        return outcome.end
      }
      const both = { HTTPS_PROXY: url, HTTP_PROXY: url }
      assert.equal(await ask(both, 'http://provider.invalid'), 'A')
      assert.deepEqual(proxy.asked, ['POST http://provider.invalid/v1/chat/completions'])
      assert.equal(await ask(both, 'https://provider.invalid'), 'B')
      assert.deepEqual([...new Set(proxy.asked)], ['CONNECT provider.invalid:443'])
      assert.equal(await ask({ ...both, NO_PROXY: 'provider.invalid' }, 'http://provider.invalid'), 'B')
      assert.deepEqual(proxy.asked, [])
      assert.equal(await ask(both, local.url), 'A')
      assert.deepEqual(proxy.asked, [])
      return 'proxied, tunnelled, excepted, local'
    },
  },
]

/** Whether every open connection to the port has a keep-alive timer (`02` in the timer column of /proc/net/tcp). */
function hasKeepAlive(port: number): boolean {
  const to = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
  const ours = rows.filter(([, , remote = '', state]) => remote.endsWith(to) && state === '01')
  return ours.length > 0 && ours.every((columns) => columns[5]?.startsWith('02') === true)
}
