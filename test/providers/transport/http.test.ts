import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { setImmediate as tick } from 'node:timers/promises'
import { createHttpTransport } from '../../../src/providers/transport/http.ts'
import type { HttpTransport } from '../../../src/providers/transport/http.ts'
import { startUpstream } from '../../helpers/upstream.ts'
import type { Handler, Upstream } from '../../helpers/upstream.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const item of open.splice(0)) await item.close()
})

async function start(handler: Handler): Promise<{ upstream: Upstream; ask(): Promise<number> }> {
  const upstream = await startUpstream(handler)
  const transport: HttpTransport = createHttpTransport()
  open.push(transport, upstream)
  const ask = async (): Promise<number> => {
    const call = { origin: upstream.url, path: '/', method: 'POST' as const, headers: {}, body: '{}', connectMs: 1000 }
    const { status, body } = await transport.send(call).answer
    while ((await body.next()) !== undefined);
    // undici reuses a connection from the next turn of the event loop on.
    await tick()
    return status
  }
  return { upstream, ask }
}

test('a reused connection that was closed gets one silent retry', async () => {
  for (const fault of ['reset', 'fin'] as const) {
    const { upstream, ask } = await start((_, n) => (n === 1 ? { fault } : { json: {} }))
    assert.equal(await ask(), 200)
    assert.equal(await ask(), 200)
    assert.equal(upstream.requests.length, 3, fault)
  }
})

test('a retry that fails too is not retried', async () => {
  const { upstream, ask } = await start((_, n) => (n === 0 ? { json: {} } : { fault: 'reset' }))
  assert.equal(await ask(), 200)
  await assert.rejects(ask(), { code: 'ECONNRESET' })
  assert.equal(upstream.requests.length, 3)
})

test('a new connection that is reset gets none: the provider may have begun to work', async () => {
  const { upstream, ask } = await start(() => ({ fault: 'reset' }))
  await assert.rejects(ask(), { code: 'ECONNRESET' })
  assert.equal(upstream.requests.length, 1)
})
