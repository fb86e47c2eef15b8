import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { runServe } from '../../src/commands/serve.ts'
import { waitForStop } from '../../src/commands/wait-for-stop.ts'
import { fakeContext, runCli } from '../helpers/context.ts'
import type { FakeContext } from '../helpers/context.ts'
import { request } from '../helpers/http.ts'

const CWD = join(import.meta.dirname, 'fixtures')
const ENV = { CLOUD_KEY: 'k', CLAUDE_KEY: 'k' }

/** Resolves when the text has been written to stderr. */
async function written(context: FakeContext, text: RegExp): Promise<string> {
  for (;;) {
    const found = text.exec(context.err())?.[1]
    if (found !== undefined) return found
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('sage serve', () => {
  for (const [format, options] of [
    ['text', {}],
    ['json', { json: true }],
    ['json', { logFormat: 'json' as const }],
  ] as const) {
    it(`serves until it is stopped, and logs ${format} (${JSON.stringify(options)})`, async () => {
      const context = fakeContext([], { cwd: CWD, env: ENV })
      const running = runServe(context, { port: 0, ...options })
      const url = await written(context, /listening on (http:\/\/127\.0\.0\.1:\d+)\n/)
      assert.equal((await request(`${url}/healthz`)).status, 200)
      assert.equal((await request(`${url}/nowhere`)).status, 404)
      context.send('SIGTERM')
      assert.equal(await running, 0)
      assert.match(context.err(), /stopping: no new requests/)
      await assert.rejects(request(`${url}/healthz`))
      const [log, other] = format === 'json' ? [context.out(), context.err()] : [context.err(), context.out()]
      assert.match(log, /rejected/)
      assert.doesNotMatch(other, /rejected/)
    })
  }

  it('is quiet when asked to be', async () => {
    const context = fakeContext([], { cwd: CWD, env: ENV })
    const running = runServe(context, { port: 0, quiet: true })
    const url = await written(context, /listening on (\S+)\n/)
    await request(`${url}/nowhere`)
    context.send('SIGINT')
    await running
    assert.doesNotMatch(context.err() + context.out(), /rejected/)
  })

  it('says when the port is taken', async (t) => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    t.after(() => other.close())
    const { port } = other.address() as AddressInfo
    const { code, stdout, stderr } = await runCli(['serve', '--port', String(port)], { cwd: CWD, env: ENV })
    assert.deepEqual([code, stdout], [3, ''])
    const [message, hint] = stderr.split('\n')
    // Which program has it is known on most machines, not on all.
    const [, owner, id] = /^error: port \d+ on 127\.0\.0\.1 is taken(?: by (.+) \(process (\d+)\))?$/.exec(
      message ?? '',
    ) ?? ['']
    if (process.platform === 'linux') assert.ok(owner !== undefined && owner !== '', stderr)
    if (id !== undefined) assert.equal(Number(id), process.pid)
    assert.match(hint ?? '', id === undefined ? /^hint: take another one with --port/ : /--port \d+$/)
  })

  it('does not serve while certificates are not checked, unless that is meant', async () => {
    const unchecked = { ...ENV, NODE_TLS_REJECT_UNAUTHORIZED: '0' }
    const refused = await runCli(['serve', '--port', '0'], { cwd: CWD, env: unchecked })
    assert.equal(refused.code, 2)
    assert.match(
      refused.stderr,
      /^error: NODE_TLS_REJECT_UNAUTHORIZED is 0.*\nhint: unset it;.*SAGE_ALLOW_INSECURE_TLS=1\n$/,
    )
    const context = fakeContext([], { cwd: CWD, env: { ...unchecked, SAGE_ALLOW_INSECURE_TLS: '1' } })
    const running = runServe(context, { port: 0 })
    await written(context, /listening on (\S+)\n/)
    assert.match(context.err(), /warning: NODE_TLS_REJECT_UNAUTHORIZED is 0: .*can read keys/)
    context.send('SIGINT')
    await running
  })

  const hosts: [host: string, code: number, message: RegExp][] = [
    ['0.0.0.0', 2, /0\.0\.0\.0 is open to the network, and no token is set/],
    ['::', 2, /open to the network/],
    ['192.0.2.1', 2, /open to the network/],
    ['127.0.0.1.example.com', 2, /open to the network/],
  ]
  for (const [host, code, message] of hosts) {
    it(`refuses to listen on ${host} without a token`, async () => {
      const refused = await runCli(['serve', '--port', '0', '--host', host], { cwd: CWD, env: ENV })
      assert.deepEqual([refused.code, refused.stdout], [code, ''])
      assert.match(refused.stderr, message)
    })
  }

  it('says when the address is none of this machine', async () => {
    const argv = ['serve', '--port', '0', '--host', '192.0.2.1', '--profile', 'token.yaml']
    const { code, stderr } = await runCli(argv, { cwd: CWD, env: { SAGE_TOKEN: 'a-secret-token-of-mine' } })
    assert.equal(code, 3)
    assert.match(stderr, /^error: 192\.0\.2\.1 is no address of this machine\nhint: take another one with --host\n$/)
  })
})

describe('waitForStop', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`closes once, and ends at once at a second ${signal}`, async () => {
      let now = 0
      const context = fakeContext([], { mono: () => now })
      let closes = 0
      let finish: () => void = () => undefined
      const waiting = waitForStop(context, async () => {
        closes++
        await new Promise<void>((resolve) => (finish = resolve))
      })
      context.send(signal)
      await new Promise((resolve) => setImmediate(resolve))
      assert.deepEqual([closes, context.exits], [1, []])
      now = 50
      context.send(signal)
      assert.deepEqual(context.exits, [], 'an echo of the first')
      now = 500
      context.send(signal)
      assert.deepEqual([closes, context.exits], [1, [code]])
      finish()
      await waiting
      context.send(signal)
      assert.deepEqual(context.exits, [code])
    })
  }
})
