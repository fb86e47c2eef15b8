// A target that failed too often is found well again by one request at a time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHealth } from '../../src/commands/read-health.ts'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import type { Handler, Reply } from '../helpers/upstream.ts'

const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })
const DOWN: Reply = { status: 503, text: '' }

function router(urls: readonly string[]): Promise<TestRouter> {
  const lines = urls.map(
    (url, at) => `  ${'ab'[at]}: { kind: openai-compatible, base_url: "${url}/v1", models: [m] }\n`,
  )
  return openRouter(
    `version: 1\npolicies: { auto: { weights: { latency: 0, health: 0 } } }\nproviders:\n${lines.join('')}`,
    { record: () => undefined },
  )
}

async function openOf({ url }: TestRouter): Promise<Record<string, { state: string; failures: number }>> {
  const { open } = (await request(`${url}/healthz`)).json() as {
    open: Record<string, { state: string; failures: number }>
  }
  return open
}

for (const client of TEST_CLIENTS) {
  test(`${client.name}: one probe at a time, which /healthz and decisions show; others go elsewhere meanwhile`, async () => {
    let reply: Handler = () => DOWN
    let answerProbe = (): void => undefined
    const a = await openUpstream((received, n) => reply(received, n))
    const b = await openUpstream(fine)
    const sage = await router([a.url, b.url])
    let session = 0
    const askNew = (): ReturnType<typeof ask> => ask(sage.url, client, {}, { 'x-session-id': String(session++) })
    for (let n = 0; n < 3; n++) await askNew()
    assert.equal((await openOf(sage))['a/m']?.state, 'open')
    reply = (received, n) => new Promise((resolve) => (answerProbe = () => resolve(fine(received, n))))
    sage.advance(5000)
    const probe = askNew()
    await a.untilReceived(4)
    const shown = await openOf(sage)
    assert.deepEqual([shown['a/m']?.state, shown['a/m']?.failures], ['half-open', 3])
    const snapshot = readHealth(JSON.stringify((await request(`${sage.url}/healthz`)).json()), 'healthz', 0)
    assert.equal(snapshot.targets['a/m']?.state, 'half-open')
    for (const { headers } of await Promise.all([askNew(), askNew(), askNew()])) {
      assert.equal(headers['x-sage-model'], 'b/m')
    }
    const dropped = sage
      .requests()
      .at(-1)
      ?.decision?.candidates.find(({ provider }) => provider === 'a')
    assert.equal(dropped?.reason, 'circuit_open')
    assert.match(dropped.detail ?? '', /3 failures in a row, one request is finding out/)
    assert.equal(a.requests.length, 4)
    answerProbe()
    assert.equal((await probe).headers['x-sage-model'], 'a/m')
    assert.deepEqual(await openOf(sage), {})
  })

  test(`${client.name}: a probe whose client leaves gives its place to the next`, async () => {
    let reply: Reply = DOWN
    const a = await openUpstream((received, n) => (reply === DOWN || n === 3 ? reply : fine(received, n)))
    const sage = await router([a.url, (await openUpstream(fine)).url])
    for (let n = 0; n < 3; n++) await ask(sage.url, client, {}, { 'x-session-id': `s${n}` })
    reply = { fault: 'hang' }
    sage.advance(5000)
    const leaving = new AbortController()
    const left = fetch(sage.url + client.path, {
      method: 'POST',
      headers: { ...client.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'auto',
        max_tokens: 9,
        stream: client.stream,
        messages: [{ role: 'user', content: 'x' }],
      }),
      signal: leaving.signal,
    })
    await a.untilReceived(4)
    leaving.abort()
    await assert.rejects(left)
    await a.untilAborted()
    while (sage.requests().length < 4) await new Promise((resolve) => setImmediate(resolve))
    assert.equal((await ask(sage.url, client)).headers['x-sage-model'], 'a/m')
  })

  test(`${client.name}: the only target is asked even while it rests, once in a second; others hear when to come back`, async () => {
    const a = await openUpstream(() => DOWN)
    const sage = await router([a.url])
    for (let n = 0; n < 3; n++) await ask(sage.url, client)
    assert.equal(a.requests.length, 3)
    for (let second = 0; second < 5; second++) {
      sage.advance(1100)
      const answers = await Promise.all([1, 2, 3, 4].map(() => ask(sage.url, client)))
      for (const answer of answers) {
        assert.equal(answer.status, 503)
        assert.equal(answer.headers['x-should-retry'], 'false')
        assert.ok(Number(answer.headers['retry-after']) >= 1)
      }
    }
    assert.equal(a.requests.length, 8)
  })
}
