// A target that was well until now gets one more call before it is left.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { TEST_CLIENTS, ask } from '../helpers/clients.ts'
import { answerAs } from '../helpers/fake-provider.ts'
import { openStream, request } from '../helpers/http.ts'
import { chatError } from '../helpers/openai-chat-replies.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { RouterOptions, TestRouter } from '../helpers/router.ts'
import type { Handler, Reply, Upstream } from '../helpers/upstream.ts'

const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })
const LIMITED: Reply = { status: 429, json: chatError(429, 'rate_limit_exceeded', 'slow down') }
const limited = (seconds: number): Reply => ({ ...LIMITED, headers: { 'retry-after': String(seconds) } })
const BROKEN: Reply = { status: 500, json: chatError(500, 'server_error', 'oops') }

/** A provider that fails this many times and is fine then. */
function failing(reply: Reply, times: number = Infinity): Promise<Upstream> {
  return openUpstream((received, n) => (n < times ? reply : fine(received, n)))
}

function router(
  upstreams: readonly { url: string }[],
  { policy = '', provider = '', ...options }: RouterOptions & { policy?: string; provider?: string } = {},
): Promise<TestRouter> {
  const providers = upstreams.map(
    ({ url }, at) => `  ${'abc'[at]}: { kind: openai-compatible, base_url: "${url}/v1", models: [m]${provider} }\n`,
  )
  return openRouter(`version: 1\npolicies: { auto: { ${policy} } }\nproviders:\n${providers.join('')}`, options)
}

for (const client of TEST_CLIENTS) {
  describe(client.name, () => {
    const worth: [what: string, reply: Reply][] = [
      ['a 429 with a short wait', limited(1)],
      ['a single 500', BROKEN],
      ['a connection that breaks', { fault: 'reset' }],
      ['a connection that is closed', { fault: 'fin' }],
    ]
    for (const [what, reply] of worth) {
      test(`${what}: the same target is asked once more, and answers`, async () => {
        const [a, b] = [await failing(reply, 1), await openUpstream(fine)]
        const sage = await router([a, b])
        const answer = await ask(sage.url, client)
        assert.equal(client.readText(answer.text), 'fine')
        assert.equal(answer.headers['x-sage-model'], 'a/m')
        assert.equal(answer.headers['x-sage-attempts'], '2')
        assert.deepEqual([a.requests.length, b.requests.length], [2, 0])
        const [first, second] = sage.requests()[0]?.attempts ?? []
        assert.equal(first?.waitedMs, undefined)
        assert.ok((second?.waitedMs ?? 0) > 0, 'the log tells the wait')
      })

      test(`${what} twice: then it is left`, async () => {
        const [a, b] = [await failing(reply), await openUpstream(fine)]
        const sage = await router([a, b])
        const answer = await ask(sage.url, client)
        assert.equal(client.readText(answer.text), 'fine')
        assert.equal(answer.headers['x-sage-attempts'], '3')
        assert.deepEqual([a.requests.length, b.requests.length], [2, 1])
      })

      test(`${what}, retry_wait_ms: 0: it is left at once`, async () => {
        const [a, b] = [await failing(reply), await openUpstream(fine)]
        const answer = await ask((await router([a, b], { policy: 'retry_wait_ms: 0' })).url, client)
        assert.equal(client.readText(answer.text), 'fine')
        assert.deepEqual([a.requests.length, b.requests.length], [1, 1])
      })
    }

    const worthless: [what: string, reply: Reply][] = [
      ['a 429 with a long wait', limited(3)],
      ['a 429 without a wait', LIMITED],
      ['a 503', { status: 503, text: '' }],
      ['an answer that breaks off', { fault: 'fin-after', chunks: [': hello\n\n'] }],
    ]
    for (const [what, reply] of worthless) {
      test(`${what}: it is left at once`, async () => {
        const [a, b] = [await failing(reply), await openUpstream(fine)]
        const answer = await ask((await router([a, b])).url, client)
        assert.equal(client.readText(answer.text), 'fine')
        assert.deepEqual([a.requests.length, b.requests.length], [1, 1])
      })
    }
  })
}

describe('a patient retry', () => {
  const [, streamed] = TEST_CLIENTS
  assert.ok(streamed !== undefined)

  test('waits as long as the provider asked, and a little longer', async () => {
    const waits: number[] = []
    const timer = (ms: number, callback: () => void): (() => void) => {
      waits.push(ms)
      setImmediate(callback)
      return () => undefined
    }
    const sage = await router([await failing(limited(1), 1)], { timer })
    assert.equal((await ask(sage.url, streamed)).status, 200)
    const [wait = 0] = waits
    assert.equal(waits.length, 1)
    assert.ok(wait > 1000 && wait <= 1250, String(wait))
    assert.equal(sage.requests()[0]?.attempts[1]?.waitedMs, wait)
  })

  test('the only target, 429 without a wait: once more, then 429', async () => {
    const a = await failing(LIMITED)
    const answer = await ask((await router([a])).url, streamed)
    assert.equal(answer.status, 429)
    assert.equal(a.requests.length, 2)
    assert.ok(Number(answer.headers['retry-after']) > 0)
  })

  test('another key comes first', async () => {
    const a = await openUpstream((received, n) =>
      received.headers.authorization === 'Bearer key-one-1' ? limited(1) : fine(received, n),
    )
    const env = { ONE: 'key-one-1', TWO: 'key-two-2' }
    const sage = await router([a], { provider: ', keys: [env:ONE, env:TWO]', env })
    assert.equal((await ask(sage.url, streamed)).status, 200)
    assert.deepEqual(
      a.requests.map(({ headers }) => headers.authorization),
      ['Bearer key-one-1', 'Bearer key-two-2'],
    )
  })

  test('one target a request', async () => {
    const targets = [await failing(BROKEN), await failing(BROKEN), await openUpstream(fine)]
    const answer = await ask((await router(targets, { policy: 'max_attempts: 4' })).url, streamed)
    assert.equal(answer.headers['x-sage-model'], 'c/m')
    assert.deepEqual(
      targets.map(({ requests }) => requests.length),
      [2, 1, 1],
    )
  })

  test('within max_attempts, one of which is kept for somebody else', async () => {
    const targets = [await failing(BROKEN), await openUpstream(fine)]
    const answer = await ask((await router(targets, { policy: 'max_attempts: 2' })).url, streamed)
    assert.equal(answer.headers['x-sage-model'], 'b/m')
    assert.equal(targets[0]?.requests.length, 1)
    const only = await failing(BROKEN)
    await ask((await router([only], { policy: 'max_attempts: 1' })).url, streamed)
    assert.equal(only.requests.length, 1)
  })

  test('not at a target that has failed before, nor for a client that retries by itself', async () => {
    const a = await failing(BROKEN)
    const sage = await router([a, await openUpstream(fine)])
    await ask(sage.url, streamed, {}, { 'x-stainless-retry-count': '1', 'x-session-id': 'one' })
    assert.equal(a.requests.length, 1)
    await ask(sage.url, streamed, { model: 'a/m' }, { 'x-session-id': 'two' })
    assert.equal(a.requests.length, 2)
  })

  for (const { what, second, cost } of [
    { what: 'comes out of the retry budget', second: () => BROKEN, cost: 1 },
    { what: 'costs nothing when it is answered', second: fine, cost: 0 },
  ] as const)
    test(what, async () => {
      const a = await openUpstream((received, n) => (n === 0 ? BROKEN : second(received, n)))
      const sage = await router([a, await openUpstream(fine)], {
        timer: (_ms, callback) => {
          setImmediate(callback)
          return () => undefined
        },
      })
      const left = async (): Promise<number> =>
        ((await request(`${sage.url}/healthz`)).json() as { retries_left: number }).retries_left
      const before = await left()
      await ask(sage.url, streamed)
      assert.equal(a.requests.length, 2)
      assert.equal(await left(), before - cost)
    })

  test('not when the time of the request would be over', async () => {
    const [a, b] = [await failing(limited(2)), await openUpstream(fine)]
    const answer = await ask((await router([a, b], { policy: 'deadline_ms: 1500' })).url, streamed)
    assert.equal(answer.headers['x-sage-model'], 'b/m')
    assert.equal(a.requests.length, 1)
  })

  test('ends at once when the client leaves', async () => {
    const a = await failing(limited(1))
    let stopped = 0
    let waiting = (): void => undefined
    const waits = new Promise<void>((resolve) => (waiting = resolve))
    const timer = (): (() => void) => {
      waiting()
      return () => void stopped++
    }
    const sage = await router([a], { timer })
    const body = { model: 'auto', stream: true, max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] }
    const leaving = new AbortController()
    const sent = fetch(`${sage.url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
      body: JSON.stringify(body),
      signal: leaving.signal,
    })
    await waits
    leaving.abort()
    await assert.rejects(sent)
    while (sage.requests().length === 0) await new Promise((resolve) => setImmediate(resolve))
    assert.equal(sage.requests()[0]?.ending, 'client_gone')
    assert.deepEqual([stopped, a.requests.length], [1, 1])
  })

  test('a stream that has begun is never begun again', async () => {
    const a = await openUpstream(() => ({
      fault: 'reset-after',
      chunks: ['data: {"id":"x","choices":[{"index":0,"delta":{"content":"begun"},"finish_reason":null}]}\n\n'],
    }))
    const sage = await router([a])
    const stream = await openStream(`${sage.url}/v1/chat/completions`, {
      body: { model: 'auto', stream: true, messages: [{ role: 'user', content: 'hi' }] },
    })
    await assert.rejects(stream.rest())
    assert.equal(a.requests.length, 1)
  })
})
