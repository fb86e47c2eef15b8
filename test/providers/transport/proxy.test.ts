import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import type { TestContext } from 'node:test'
import { createHttpTransport } from '../../../src/providers/transport/http.ts'
import { loadProxied } from '../../../src/providers/transport/proxy.ts'
import type { TransportError } from '../../../src/providers/transport/types.ts'
import { startUpstream } from '../../helpers/upstream.ts'

/** A proxy that answers for everybody and refuses tunnels. */
async function startProxy(t: TestContext): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((incoming, response) => {
    asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''} ${incoming.headers['proxy-authorization'] ?? ''}`.trim())
    incoming.resume()
    response.end('through the proxy')
  })
  server.on('connect', (incoming, socket) => {
    asked.push(`CONNECT ${incoming.url ?? ''}`)
    socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close().closeAllConnections())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** What an origin answers to a transport that goes by the environment; the error's code when it fails. */
async function ask(t: TestContext, env: Record<string, string>, origin: string): Promise<string> {
  const transport = createHttpTransport(await loadProxied(env))
  t.after(() => transport.close())
  const call = { origin, path: '/v1/x', method: 'POST', headers: {}, body: '{}', connectMs: 2000 } as const
  try {
    const { body } = await transport.send(call).answer
    return String(await body.next())
  } catch (error) {
    return (error as TransportError).code
  }
}

describe('the proxy of the environment', () => {
  it('is used for plain http, by its lower-case name first', async (t) => {
    const { url, asked } = await startProxy(t)
    const env = { http_proxy: url, HTTP_PROXY: 'http://127.0.0.1:1' }
    assert.equal(await ask(t, env, 'http://provider.example:8080'), 'through the proxy')
    assert.deepEqual(asked, ['POST http://provider.example:8080/v1/x'])
  })

  it('is asked for a tunnel to an https origin, and a refusal is an error', async (t) => {
    const { url, asked } = await startProxy(t)
    assert.match(await ask(t, { HTTPS_PROXY: url }, 'https://provider.example'), /^UND_ERR_ABORTED$/)
    assert.deepEqual(asked, ['CONNECT provider.example:443'])
  })

  it('gets the credentials of its URL', async (t) => {
    const { url, asked } = await startProxy(t)
    const withUser = url.replace('//', '//me:p%40ss@')
    await ask(t, { HTTP_PROXY: withUser }, 'http://provider.example')
    const basic = Buffer.from('me:p@ss').toString('base64')
    assert.deepEqual(asked, [`POST http://provider.example/v1/x Basic ${basic}`])
  })

  it('is never used for this machine', async (t) => {
    const { url, asked } = await startProxy(t)
    const upstream = await startUpstream(() => ({ text: 'direct' }))
    t.after(() => upstream.close())
    for (const host of ['127.0.0.1', 'localhost', '127.0.0.2']) {
      const origin = `http://${host}:${upstream.port}`
      const proxied = await loadProxied({ HTTP_PROXY: url, HTTPS_PROXY: url })
      assert.equal(proxied?.(origin, 1000), undefined, host)
    }
    assert.equal(await ask(t, { HTTP_PROXY: url }, upstream.url), 'direct')
    assert.deepEqual(asked, [])
  })

  it('is not used for hosts that NO_PROXY names', async (t) => {
    const { url, asked } = await startProxy(t)
    const cases: [noProxy: string, host: string, isProxied: boolean][] = [
      ['provider.invalid', 'provider.invalid', false],
      ['other.invalid, provider.invalid', 'provider.invalid', false],
      ['.invalid', 'provider.invalid', false],
      ['*', 'provider.invalid', false],
      ['provider.invalid:443', 'provider.invalid', true],
      ['vider.invalid', 'provider.invalid', true],
    ]
    for (const [NO_PROXY, host, isProxied] of cases) {
      asked.length = 0
      const seen = await ask(t, { HTTP_PROXY: url, NO_PROXY }, `http://${host}:8080`)
      assert.equal(asked.length, isProxied ? 1 : 0, `${NO_PROXY}: ${seen}`)
    }
  })

  it('is none when no variable names one, and for http when only https has one', async (t) => {
    assert.equal(await loadProxied({}), undefined)
    assert.equal(await loadProxied({ HTTPS_PROXY: '', NO_PROXY: 'x' }), undefined)
    const proxied = await loadProxied({ HTTPS_PROXY: 'http://127.0.0.1:1' })
    assert.equal(proxied?.('http://provider.example', 1000), undefined)
    const dispatcher = proxied?.('https://provider.example', 1000)
    assert.ok(dispatcher !== undefined)
    t.after(() => dispatcher.destroy())
  })

  for (const url of ['my.proxy', 'my.proxy:3128', 'socks5://me:secret@my.proxy', 'http://']) {
    it(`refuses ${url} without repeating it`, async () => {
      await assert.rejects(loadProxied({ HTTPS_PROXY: url }), (error: Error) => {
        assert.ok(error instanceof TypeError && !error.message.includes(url === 'http://' ? 'http:// ' : url))
        return true
      })
    })
  }
})
