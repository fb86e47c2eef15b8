// How long a request waits for whom: silent endpoints, refusals, the way back after an outage, usage, and the deadline.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anthropicError } from '../helpers/anthropic-replies.ts'
import { TEST_CLIENTS, ask, readEvents } from '../helpers/clients.ts'
import type { TestClient } from '../helpers/clients.ts'
import { answerAs, providerYaml } from '../helpers/fake-provider.ts'
import type { Answered } from '../helpers/http.ts'
import { request } from '../helpers/http.ts'
import { chatError } from '../helpers/openai-chat-replies.ts'
import { openRouter, openUpstream } from '../helpers/opened.ts'
import type { TestRouter } from '../helpers/router.ts'
import { refusedUrl } from '../helpers/upstream.ts'
import type { Handler } from '../helpers/upstream.ts'

const fine: Handler = (received) => answerAs('openai-compatible', received, { text: 'fine' })
const hang: Handler = () => ({ fault: 'hang' })
const FAST = ', timeouts: { first_content_ms: 500 }'
const KEYS = { ONE: 'key-one-1', TWO: 'key-two-2' }

interface Entry {
  url: string
  models?: string
  extra?: string
}

/** Providers a, b, c … asked in this order. */
function router(entries: readonly Entry[], policy: string = ''): Promise<TestRouter> {
  const lines = entries.map(
    ({ url, models = '[m]', extra = '' }, at) =>
      `  ${'abcd'[at]}: { kind: openai-compatible, base_url: "${url}/v1", models: ${models}${extra} }\n`,
  )
  return openRouter(`version: 1\npolicies: { auto: { ${policy} } }\nproviders:\n${lines.join('')}`, { env: KEYS })
}

function errorCode(client: TestClient, answer: Answered): string | undefined {
  client.readError(answer.text)
  return (answer.json() as { error: { code?: string } }).error.code
}

for (const client of TEST_CLIENTS.filter(({ stream }) => stream)) {
  describe(client.name, () => {
    test('a provider that answers nothing is asked once, with one key, for one model', async () => {
      const [a, b] = [await openUpstream(hang), await openUpstream(fine)]
      const silent = { url: a.url, models: '[m, n]', extra: `${FAST}, keys: [env:ONE, env:TWO]` }
      const sage = await router([silent, b])
      const answer = await ask(sage.url, client)
      assert.equal(client.readText(answer.text), 'fine')
      assert.deepEqual([a.requests.length, b.requests.length], [1, 1])
      await a.untilAborted()
    })

    test('when everybody is silent, none is asked twice', async () => {
      const [a, b] = [await openUpstream(hang), await openUpstream(hang)]
      const silent = ({ url }: Entry): Entry => ({ url, models: '[m, n]', extra: FAST })
      const answer = await ask((await router([silent(a), silent(b)], 'max_attempts: 4')).url, client)
      assert.equal(answer.status, 504)
      assert.equal(answer.headers['x-should-retry'], 'false')
      assert.deepEqual([a.requests.length, b.requests.length], [1, 1])
    })

    test('where there is no other provider, its other models are asked', async () => {
      const a = await openUpstream((received, n) => (received.json['model'] === 'm' ? hang : fine)(received, n))
      const answer = await ask((await router([{ url: a.url, models: '[m, n]', extra: FAST }])).url, client)
      assert.equal(client.readText(answer.text), 'fine')
      assert.equal(answer.headers['x-sage-model'], 'a/n')
    })

    test('a provider that begins to answer and then says nothing is left for its target only', async () => {
      const a = await openUpstream((received, n) =>
        received.json['model'] === 'm' ? { fault: 'hang-after-headers' } : fine(received, n),
      )
      const b = await openUpstream(() => ({ status: 503, text: '' }))
      const entries = [{ url: a.url, models: '[m, n]', extra: FAST }, b]
      const answer = await ask((await router(entries)).url, client)
      assert.equal(client.readText(answer.text), 'fine')
      assert.equal(answer.headers['x-sage-model'], 'a/n')
    })

    for (const [said, heard] of [
      [429, 429],
      [500, 502],
      [529, 503],
      [400, 400],
    ] as const) {
      test(`an error with status ${said} whose body never ends is that error, not a timeout`, async () => {
        const body = '{"error":{"message":"no'
        const a = await openUpstream(() => ({ fault: 'stall-after', status: said, chunks: [body] }))
        const sage = await router([{ url: a.url, extra: FAST }])
        assert.equal((await ask(sage.url, client)).status, heard)
      })
    }

    test('an endpoint that refuses connections is called once for all its keys and models', async () => {
      const b = await openUpstream(fine)
      const refused = { url: await refusedUrl(), models: '[m, n, o]', extra: ', keys: [env:ONE, env:TWO]' }
      const sage = await router([refused, b])
      assert.equal(client.readText((await ask(sage.url, client)).text), 'fine')
      const alone = await router([refused])
      assert.equal((await ask(alone.url, client)).status, 502)
      for (const { requests } of [sage, alone]) {
        assert.equal(requests()[0]?.attempts.filter(({ provider }) => provider === 'a').length, 1)
      }
    })

    test('what a provider refuses goes back as it said it', async () => {
      const isChat = client.dialect === 'chat'
      const words = isChat
        ? chatError(400, 'content_policy_violation', 'Your prompt was blocked.')
        : anthropicError('invalid_request_error', 'Output blocked by content filtering policy')
      const a = await openUpstream(() => ({ status: 400, json: words }))
      const b = await openUpstream(fine)
      const yaml = `version: 1\nproviders:\n${providerYaml('a', isChat ? 'openai-compatible' : 'anthropic', a.url)}${providerYaml('b', 'openai-compatible', b.url)}`
      const sage = await openRouter(yaml, { env: { TEST_KEY: 'k' } })
      const answer = await ask(sage.url, client)
      assert.equal(answer.status, 400)
      assert.equal(answer.text, JSON.stringify(words))
      assert.equal(answer.headers['x-should-retry'], 'false')
      assert.deepEqual([a.requests.length, b.requests.length], [1, 0])
      const health = (await request(`${sage.url}/healthz`)).json() as { open: object; resting: object }
      assert.deepEqual([health.open, health.resting], [{}, {}])
    })

    test('after an outage the recovered provider is asked again within 15 s', async () => {
      let up = false
      const a = await openUpstream((received, n) => (up ? fine(received, n) : { status: 503, text: '' }))
      const sage = await router([a, await openUpstream(fine)], 'weights: { latency: 0, health: 0 }')
      // An outage of ten minutes, with a request each second.
      for (let second = 0; second < 600; second += 1) {
        if (second % 10 === 0) await ask(sage.url, client, {}, { 'x-session-id': `s${second}` })
        sage.advance(1000)
      }
      up = true
      const before = a.requests.length
      for (let second = 0; a.requests.length === before; second++) {
        assert.ok(second <= 15, 'not asked within 15 s')
        await ask(sage.url, client, {}, { 'x-session-id': `later ${second}` })
        sage.advance(1000)
      }
      const answer = await ask(sage.url, client, {}, { 'x-session-id': 'at last' })
      assert.equal(answer.headers['x-sage-model'], 'a/m')
    })

    test('usage is told to the client and to the log', async () => {
      const a = await openUpstream((received) => answerAs('openai-compatible', received, { text: 'fine' }))
      const sage = await router([a])
      const answer = await ask(
        sage.url,
        client,
        client.dialect === 'chat' ? { stream_options: { include_usage: true } } : {},
      )
      const told = readEvents(answer.text).flatMap(({ usage }) =>
        usage === undefined || usage === null ? [] : [usage],
      )
      assert.ok(told.length > 0, answer.text)
      const tokens = JSON.stringify(told.at(-1))
      assert.match(tokens, client.dialect === 'chat' ? /"completion_tokens":5/ : /"output_tokens":5/)
      assert.equal(sage.requests()[0]?.usage?.output, 5)
    })

    test('usage of an answer that breaks off is told to the log', async () => {
      const delta = '{"id":"x","choices":[{"index":0,"delta":{"content":"begun"},"finish_reason":null}]}'
      const usage = '{"id":"x","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":1}}'
      const chunks = [`data: ${delta}\n\n`, `data: ${usage}\n\n`]
      const a = await openUpstream(() => ({ fault: 'reset-after', chunks }))
      const sage = await router([a])
      await assert.rejects(ask(sage.url, client))
      while (sage.requests().length === 0) await new Promise((resolve) => setImmediate(resolve))
      const [event] = sage.requests()
      assert.deepEqual([event?.ending, event?.usage], ['cut', { input: 7, output: 1 }])
    })

    const deadlines: [what: string, policy: string, headers: Record<string, string>][] = [
      ['deadline_ms', 'deadline_ms: 1500', {}],
      ['x-stainless-timeout', '', { 'x-stainless-timeout': '1.7' }],
      ['the shorter of both', 'deadline_ms: 1500', { 'x-stainless-timeout': '600' }],
    ]
    for (const [what, policy, headers] of deadlines) {
      test(`${what}: one time for all attempts, then 504`, async () => {
        const silent = [await openUpstream(hang), await openUpstream(hang), await openUpstream(fine)]
        const [a, b, c] = silent
        const sage = await router(
          [a, b, c].map((one) => ({ url: one?.url ?? '', extra: ', timeouts: { first_content_ms: 1000 }' })),
          policy,
        )
        const answer = await ask(sage.url, client, {}, headers)
        assert.equal(answer.status, 504)
        assert.equal(answer.headers['x-should-retry'], 'false')
        if (client.dialect === 'chat') assert.equal(errorCode(client, answer), 'deadline')
        assert.match(client.readError(answer.text), /no answer within the time of the request/)
        assert.deepEqual(
          silent.map(({ requests }) => requests.length),
          [1, 1, 0],
        )
        const outcomes = sage.requests()[0]?.attempts.map(({ outcome }) => outcome)
        assert.deepEqual(outcomes, ['timeout', 'timeout'])
      })
    }

    test('a provider whose time was cut by the deadline is not blamed', async () => {
      const sage = await router([await openUpstream(hang)], 'deadline_ms: 30')
      for (let n = 0; n < 4; n++) assert.equal((await ask(sage.url, client)).status, 504)
      const { open } = (await request(`${sage.url}/healthz`)).json() as { open: object }
      assert.deepEqual(open, {})
    })

    test('no attempt begins that would usually end too late', async () => {
      let fails = false
      const a = await openUpstream((received, n) => (fails ? { status: 503, text: '' } : fine(received, n)))
      const slow = await openUpstream((received, n) => {
        sage.advance(5000)
        return fine(received, n)
      })
      const sage = await router([a, slow], 'deadline_ms: 2000')
      assert.equal((await ask(sage.url, client, { model: 'b/m' }, { 'x-session-id': 'measured' })).status, 200)
      fails = true
      const answer = await ask(sage.url, client)
      assert.equal(answer.status, 504)
      assert.equal(slow.requests.length, 1)
      assert.match(client.readError(answer.text), /a\/m/)
    })
  })
}
