// Some providers keep the connection open behind the last event of an answer. The client must not wait for it.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { ALL_KINDS } from '../helpers/fake-provider.ts'
import type { AnyKind } from '../helpers/fake-provider.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { askedIn, GRID_ENV, gridYaml, wireOf } from '../helpers/grid-provider.ts'
import { request } from '../helpers/http.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import { exchange } from '../lab/exchange.ts'
import { describe, judge } from '../lab/oracle.ts'

const TEXT = 'all is well'
/** Gemini has no last event: any chunk may be followed by another. */
const KINDS = ALL_KINDS.filter((kind) => kind !== 'gemini')

let kind: AnyKind = 'openai'
/** Lets the provider end its HTTP message. */
let release: () => void = () => {}
/** How the provider's last answer ended: by itself, or because its client had left. */
let ended: Promise<'whole' | 'left'>
const sockets = new Set<unknown>()

const provider = createServer((request, response) => {
  sockets.add(request.socket)
  request.resume().on('end', () => {
    const received = { method: 'POST', path: request.url ?? '', headers: {}, body: Buffer.alloc(0), json: {} }
    response.writeHead(200, { 'content-type': kind === 'ollama' ? 'application/x-ndjson' : 'text/event-stream' })
    response.write(wireOf(askedIn(kind, received), { text: TEXT }).stream.join(''))
    ended = once(response, 'close').then(() => (response.writableFinished ? 'whole' : 'left'))
    release = () => response.end()
  })
})

before(async () => {
  provider.listen(0, '127.0.0.1')
  await once(provider, 'listening')
})
after(() => {
  provider.closeAllConnections()
  provider.close()
})

for (const asked of KINDS) {
  for (const client of GRID_CLIENTS.filter(({ stream }) => stream)) {
    test(`${client.name} of ${asked}: the answer ends with its last event, and the connection is used again`, async () => {
      kind = asked
      sockets.clear()
      const url = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`
      const extra = ', timeouts: { idle_ms: 500 }'
      const router = await openRouter(gridYaml([{ name: 'a', kind, url, extra }]), { env: GRID_ENV })
      const { path, headers } = client
      for (const text of ['one', 'two']) {
        const outcome = judge(client, await exchange(router.url, { path, headers, body: client.body({ text }) }))
        assert.equal(outcome.end === 'A' && outcome.answer.text, TEXT, describe(outcome))
        release()
        assert.equal(await ended, 'whole')
      }
      assert.equal(sockets.size, 1)
    })
  }
}

test('what follows an answer need not wait for the end of its HTTP message: slot, session and log', async () => {
  const router: TestRouter[] = []
  const upstream = await openUpstream((_received, n) => {
    // The first answer is whole for everybody but HTTP, and its connection is still open.
    if (n === 1) assert.deepEqual([router[0]?.requests().length, upstream.aborted], [1, 0])
    return { fault: 'stall-after', chunks: chatStream({ model: 'm', text: TEXT }) }
  })
  const extra = ', max_concurrency: 1'
  const yaml = gridYaml([{ name: 'a', kind: 'openai-compatible', url: upstream.url, extra }])
  router.push(await openRouter(yaml, { env: GRID_ENV }))
  const said = { model: 'sage/auto', stream: true, messages: [{ role: 'user', content: 'a task' }] }
  for (const _turn of ['one', 'two']) {
    const answer = await request(`${router[0]?.url}/v1/chat/completions`, { body: said })
    assert.deepEqual([answer.status, answer.text.includes('[DONE]')], [200, true])
  }
  assert.deepEqual(
    router[0]?.requests().map(({ decision }) => decision?.sticky),
    [false, true],
  )
})
