import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import type { Finding } from '../../src/doctor/finding.ts'
import { portOwner } from '../../src/doctor/port-owner.ts'
import { createEffects } from '../../src/doctor/system/create-effects.ts'
import { createNetwork } from '../../src/doctor/system/network.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import { openWorld, runAll } from './world.ts'
import type { WorldOptions } from './world.ts'

const real = createEffects({ env: process.env, now: () => 0, mono: () => 0 })
const { tryListen } = createNetwork()

async function check(t: TestContext, port: number, options: WorldOptions = {}): Promise<Finding[]> {
  const profile = `version: 1
serve: { port: ${port} }
providers: { simulated: { kind: demo, models: [a] } }
`
  return runAll(await openWorld(t, { profile, network: { tryListen }, ...options }), ['port'])
}

async function occupy(t: TestContext): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).end('SSH-2.0\r\n'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

describe('the check port', () => {
  it('tells a free port', async (t) => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    server.close()
    await once(server, 'close')
    assert.deepEqual(
      (await check(t, port)).map(({ code }) => code),
      ['port-free'],
    )
  })

  it('tells a taken port, and who has it', async (t) => {
    const port = await occupy(t)
    // However slow this machine is.
    const after = (): AbortSignal => new AbortController().signal
    const [finding, ...rest] = await check(t, port, { effects: { after } })
    assert.deepEqual([finding?.code, finding?.level, rest], ['port-taken', 'error', []])
    assert.match(finding?.fix ?? '', new RegExp(`--port ${port + 1}`))
    // Who it is can be told on Linux for one's own processes.
    if (process.platform === 'linux') assert.match(finding?.message ?? '', new RegExp(`\\(process ${process.pid}\\)`))
  })

  it('tells a taken port without its owner when finding that takes long', async (t) => {
    const port = await occupy(t)
    const never = new Promise<never>(() => undefined)
    // The whole check has longer than this.
    const after = (ms: number): AbortSignal => (ms < 10_000 ? AbortSignal.timeout(50) : real.after(ms))
    const files = { ...real.files, list: () => never }
    const [finding] = await check(t, port, { effects: { files, run: () => never, after } })
    assert.deepEqual([finding?.code, finding?.level], ['port-taken', 'error'])
    assert.match(finding?.message ?? '', /by another program$/)
  })

  it('knows a sage that is running there', async (t) => {
    const router = await openRouter('version: 1\nproviders: { simulated: { kind: demo, models: [a] } }\n')
    const port = Number(new URL(router.url).port)
    const [finding] = await check(t, port)
    assert.match(finding?.code ?? '', /^port-(?:sage|other-version)$/)
    assert.match(finding?.message ?? '', /^sage \S+ is running on port \d+$/)
  })

  it('tells what it has not taken of the files on disk', async (t) => {
    const problem = { file: 'sage.yaml', code: 'SAGE1014', message: 'there is no intent "coding"' }
    const body = { version: '0', policies: [], status: 'degraded', problem, restart_for: ['serve.port'] }
    const server = createHttpServer((_request, response) => response.end(JSON.stringify(body))).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => server.close())
    const [, degraded, restart] = await check(t, (server.address() as AddressInfo).port)
    assert.deepEqual([degraded?.code, degraded?.level], ['port-degraded', 'warning'])
    assert.match(degraded?.message ?? '', /has not taken a change: there is no intent "coding"$/)
    assert.match(restart?.message ?? '', /takes serve\.port at its next start$/)
  })

  it('tells what it leaves alone', async (t) => {
    const down = await openUpstream(() => ({ status: 503, text: '' }))
    const router = await openRouter(
      `version: 1\nproviders: { a: { kind: openai-compatible, base_url: "${down.url}/v1", models: [m] } }\n`,
    )
    const body = { model: 'auto', messages: [{ role: 'user', content: 'hi' }] }
    for (let n = 0; n < 3; n++) await request(`${router.url}/v1/chat/completions`, { body })
    const [finding] = await check(t, Number(new URL(router.url).port))
    assert.match(finding?.message ?? '', /is running on port \d+; it leaves alone a\/m \(open\)$/)
  })
})

describe('portOwner', () => {
  const NETSTAT = `
  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       900
  TCP    127.0.0.1:8790         0.0.0.0:0              ABHÖREN         4242
  TCP    127.0.0.1:50000        127.0.0.1:8790         ESTABLISHED     77
`
  it('reads netstat and tasklist on Windows, in any language', async () => {
    const run: typeof real.run = async (command) =>
      command === 'netstat'
        ? { code: 0, stdout: NETSTAT }
        : { code: 0, stdout: '"node.exe","4242","Console","1","9 K"' }
    assert.equal(await portOwner({ ...real, run }, 8790, 'win32'), 'node.exe (process 4242)')
    assert.equal(await portOwner({ ...real, run }, 50000, 'win32'), undefined)
  })

  it('reads lsof elsewhere', async () => {
    const run: typeof real.run = async () => ({ code: 0, stdout: 'p321\ncnode\nf12\n' })
    assert.equal(await portOwner({ ...real, run }, 8790, 'darwin'), 'node (process 321)')
  })

  it('does not know without those programs', async () => {
    const run: typeof real.run = async () => undefined
    assert.equal(await portOwner({ ...real, run }, 8790, 'darwin'), undefined)
    assert.equal(await portOwner({ ...real, run }, 8790, 'win32'), undefined)
  })
})
