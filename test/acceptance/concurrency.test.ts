// A provider gets so many calls at a time: others are asked meanwhile, or the request waits, but not for long.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { request } from '../helpers/http.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { RouterOptions, TestRouter } from '../helpers/router.ts'
import type { Handler, Reply, Upstream } from '../helpers/upstream.ts'

const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })

function router(upstreams: readonly Upstream[], options: RouterOptions & { limit?: number } = {}): Promise<TestRouter> {
  const lines = upstreams.map(
    ({ url }, at) =>
      `  ${'ab'[at]}: { kind: openai-compatible, base_url: "${url}/v1", max_concurrency: ${options.limit ?? 1}, models: [m] }\n`,
  )
  const policy = 'auto: { retry_wait_ms: 0, weights: { latency: 0, health: 0 } }'
  return openRouter(`version: 1\npolicies: { ${policy} }\nproviders:\n${lines.join('')}`, options)
}

/** A provider that answers when it is told to. */
async function waiting(): Promise<{ upstream: Upstream; answer(): void }> {
  const open: (() => void)[] = []
  const upstream = await openUpstream(
    (received, n) => new Promise<Reply>((resolve) => open.push(() => resolve(fine(received, n)))),
  )
  return { upstream, answer: () => open.shift()?.() }
}

async function busyOf(sage: TestRouter): Promise<unknown> {
  return ((await request(`${sage.url}/healthz`)).json() as { concurrency: unknown }).concurrency
}

async function untilBusy(sage: TestRouter, expected: unknown): Promise<void> {
  for (let n = 0; ; n++) {
    const seen = await busyOf(sage)
    if (JSON.stringify(seen) === JSON.stringify(expected)) return
    assert.ok(n < 2000, JSON.stringify(seen))
  }
}

/** Timers that run out only when they are told to. */
function heldTimer(): { timer: NonNullable<RouterOptions['timer']>; run(): void } {
  const pending = new Set<() => void>()
  const timer = (_ms: number, callback: () => void): (() => void) => {
    pending.add(callback)
    return () => void pending.delete(callback)
  }
  return { timer, run: () => pending.forEach((callback) => callback()) }
}

for (const client of TEST_CLIENTS) {
  test(`${client.name}: at its limit a provider is passed over`, async () => {
    const [a, b] = [await waiting(), await openUpstream(fine)]
    const sage = await router([a.upstream, b])
    const first = ask(sage.url, client, {}, { 'x-session-id': 'one' })
    await a.upstream.untilReceived()
    const second = await ask(sage.url, client, {}, { 'x-session-id': 'two' })
    assert.equal(second.headers['x-sage-model'], 'b/m')
    assert.equal(second.headers['x-sage-attempts'], '1')
    await untilBusy(sage, { a: { in_flight: 1, limit: 1, waiting: 0 } })
    a.answer()
    assert.equal((await first).headers['x-sage-model'], 'a/m')
    assert.deepEqual(await busyOf(sage), {})
  })

  test(`${client.name}: the only provider is waited for`, async () => {
    const a = await waiting()
    const sage = await router([a.upstream], { timer: heldTimer().timer })
    const first = ask(sage.url, client)
    await a.upstream.untilReceived()
    const second = ask(sage.url, client)
    await untilBusy(sage, { a: { in_flight: 1, limit: 1, waiting: 1 } })
    assert.equal(a.upstream.requests.length, 1)
    a.answer()
    assert.equal((await first).status, 200)
    await a.upstream.untilReceived(2)
    a.answer()
    assert.equal(client.readText((await second).text), 'fine')
    assert.deepEqual(await busyOf(sage), {})
  })

  test(`${client.name}: not for long: then 503 with a wait`, async () => {
    const a = await waiting()
    const { timer, run } = heldTimer()
    const sage = await router([a.upstream], { timer })
    const first = ask(sage.url, client)
    await a.upstream.untilReceived()
    const second = ask(sage.url, client)
    await untilBusy(sage, { a: { in_flight: 1, limit: 1, waiting: 1 } })
    run()
    const answer = await second
    assert.equal(answer.status, 503)
    assert.equal(answer.headers['retry-after'], '1')
    assert.match(client.readError(answer.text), /under way at a/)
    a.answer()
    assert.equal((await first).status, 200)
    assert.deepEqual(await busyOf(sage), {})
  })

  test(`${client.name}: who leaves leaves the queue, and frees its slot`, async () => {
    const a = await waiting()
    const sage = await router([a.upstream], { timer: heldTimer().timer })
    const leave = [new AbortController(), new AbortController()]
    const send = (at: number): Promise<unknown> =>
      fetch(sage.url + client.path, {
        method: 'POST',
        headers: { ...client.headers, 'content-type': 'application/json' },
        body: JSON.stringify({
          model: 'auto',
          max_tokens: 9,
          stream: client.stream,
          messages: [{ role: 'user', content: 'x' }],
        }),
        signal: leave[at]?.signal ?? null,
      }).catch(() => 'left')
    const first = send(0)
    await a.upstream.untilReceived()
    const second = send(1)
    await untilBusy(sage, { a: { in_flight: 1, limit: 1, waiting: 1 } })
    leave[1]?.abort()
    assert.equal(await second, 'left')
    await untilBusy(sage, { a: { in_flight: 1, limit: 1, waiting: 0 } })
    leave[0]?.abort()
    assert.equal(await first, 'left')
    await untilBusy(sage, {})
    assert.equal(a.upstream.requests.length, 1)
  })
}

test('a slot is freed whatever becomes of the call', async () => {
  const [, streamed] = TEST_CLIENTS
  assert.ok(streamed !== undefined)
  const begun = 'data: {"id":"x","choices":[{"index":0,"delta":{"content":"begun"},"finish_reason":null}]}\n\n'
  const endings: Reply[] = [
    { status: 400, json: { error: { message: 'no' } } },
    { status: 401, json: { error: { message: 'no' } } },
    { status: 429, json: { error: { message: 'slow down' } } },
    { status: 500, text: '' },
    { fault: 'reset' },
    { fault: 'hang' },
    { fault: 'hang-after-headers' },
    { fault: 'reset-after', chunks: [begun] },
    { fault: 'fin-after', chunks: [begun] },
    { fault: 'stall-after', chunks: [begun] },
    { chunks: [] },
    { text: '<html>' },
  ]
  for (const reply of endings) {
    const a = await openUpstream(() => reply)
    const yaml = `version: 1\nproviders:\n  a: { kind: openai-compatible, base_url: "${a.url}/v1", max_concurrency: 1, models: [m], timeouts: { first_content_ms: 50, idle_ms: 50 } }\n`
    const sage = await openRouter(yaml)
    await ask(sage.url, streamed).catch(() => undefined)
    await untilBusy(sage, {})
  }
})
