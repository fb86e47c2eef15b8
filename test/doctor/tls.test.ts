// The TLS step against real servers. The certificates in fixtures/tls were made with openssl for these tests only and
// hold until 2076; all but the self-signed one are from the authority ca.crt.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import type { AddressInfo, Server } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { openWorld, runAll, troubles } from './world.ts'
import type { TestWorld } from './world.ts'

const file = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', 'tls', name), 'utf8')

async function listen(t: TestContext, server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return (server.address() as AddressInfo).port
}

/** A provider over TLS with this certificate. */
async function startProvider(t: TestContext, certificate: string): Promise<number> {
  const server = createServer({ key: file('server.key'), cert: file(certificate) }, (_request, response) => {
    response.setHeader('content-type', 'application/json')
    response.end('{"data":[{"id":"small"}]}')
  })
  t.after(() => server.closeAllConnections())
  return listen(t, server)
}

function openSecure(t: TestContext, port: number, authority: string | undefined): Promise<TestWorld> {
  const profile = `version: 1
providers: { main: { kind: openai-compatible, base_url: "https://127.0.0.1:${port}/v1", models: [small] } }
`
  return openWorld(t, { profile, ...(authority === undefined ? {} : { authority: file(authority) }) })
}

const CERTIFICATES: [name: string, certificate: string, authority: string | undefined, finds: string[]][] = [
  ['a good certificate', 'good.crt', 'ca.crt', []],
  ['an authority that is not known', 'good.crt', undefined, ['tls tls-untrusted error']],
  ['a certificate that signed itself', 'self-signed.crt', 'ca.crt', ['tls tls-untrusted error']],
  ['an expired certificate', 'expired.crt', 'ca.crt', ['tls tls-expired error']],
  ['a certificate of the future', 'early.crt', 'ca.crt', ['tls tls-not-yet-valid error']],
  ['a certificate for another host', 'other-host.crt', 'ca.crt', ['tls tls-wrong-host error']],
]

describe('the step tls', () => {
  for (const [name, certificate, authority, finds] of CERTIFICATES) {
    it(`judges ${name}`, async (t) => {
      const world = await openSecure(t, await startProvider(t, certificate), authority)
      assert.deepEqual(troubles(await runAll(world, ['dns', 'tcp', 'tls', 'http', 'auth'])), finds)
    })
  }

  it('tells a server that speaks plain http', async (t) => {
    const plain = createTcpServer((socket) =>
      socket.on('error', () => undefined).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    )
    const world = await openSecure(t, await listen(t, plain), undefined)
    const [finding, ...rest] = (await runAll(world, ['tls', 'http'])).filter(({ level }) => level !== 'ok')
    assert.deepEqual([finding?.code, rest], ['tls-not-spoken', []])
    assert.match(finding?.fix ?? '', /http:\/\/ instead of https:\/\//)
  })

  it('tells a server that hangs up', async (t) => {
    const rude = createTcpServer((socket) => socket.on('error', () => undefined).destroy())
    const world = await openSecure(t, await listen(t, rude), undefined)
    assert.deepEqual(troubles(await runAll(world, ['tls', 'http'])), ['tls tls-broken-off error'])
  })

  it('gives the time of each step', async (t) => {
    const world = await openSecure(t, await startProvider(t, 'good.crt'), 'ca.crt')
    const [provider] = world.profile.providers
    assert.ok(provider)
    const { times, failure } = await world.probe(provider)
    assert.equal(failure, undefined)
    assert.deepEqual(Object.keys(times), ['tcp', 'tls', 'http'])
  })
})
