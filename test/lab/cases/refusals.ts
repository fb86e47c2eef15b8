// U: providers that answer with an error.
import assert from 'node:assert/strict'
import { chatError } from '../../helpers/openai-chat-replies.ts'
import type { Handler, Reply } from '../../helpers/upstream.ts'
import { describe } from '../oracle.ts'
import type { Outcome } from '../oracle.ts'
import { expectError, expectText, fine } from '../lab.ts'
import type { LabCase } from '../types.ts'
import { movesOn } from './connection.ts'

const LIMITED: Reply = { status: 429, json: chatError(429, 'rate_limit_exceeded', 'slow down') }

function limited(headers: Record<string, string>): Reply {
  return { ...LIMITED, headers }
}

/** Every status that a provider in trouble answers with. */
const TROUBLE = [500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526]

/** Ways in which providers say that the context is too small. */
const TOO_LONG: readonly Reply[] = [
  {
    status: 400,
    json: chatError(400, 'context_length_exceeded', "This model's maximum context length is 8192 tokens."),
  },
  { status: 400, json: chatError(400, 'invalid_request_error', 'prompt is too long: 9000 tokens > 8000 maximum') },
  {
    status: 400,
    json: chatError(
      400,
      'INVALID_ARGUMENT',
      'The input token count (9000) exceeds the maximum number of tokens allowed (8000).',
    ),
  },
  {
    status: 400,
    json: chatError(
      400,
      'invalid_request_error',
      "Requested token count exceeds the model's maximum context length of 8192 tokens.",
    ),
  },
  {
    status: 413,
    json: chatError(413, 'request_too_large', 'Request too large for model: maximum context length is 8192 tokens'),
  },
  {
    status: 400,
    json: chatError(
      400,
      'exceed_context_size_error',
      'the request exceeds the available context size, try increasing it',
    ),
  },
]

/** Forms of the wait that a provider asks for, and the seconds that are told to the client at least and at most. */
const WAITS: readonly [headers: Record<string, string>, least: number, most: number][] = [
  [{ 'retry-after': '7' }, 6, 7],
  [{ 'retry-after-ms': '2500' }, 2, 3],
  [{ 'retry-after': 'soon' }, 1, 10],
  [{ 'retry-after': '-5' }, 1, 10],
  [{ 'retry-after': '1000000000' }, 3000, 3600],
  [{ 'x-ratelimit-reset-requests': '6m0s', 'x-ratelimit-remaining-requests': '0' }, 355, 360],
  [{ 'x-ratelimit-reset-tokens': '1m30.5s', 'x-ratelimit-remaining-tokens': '0' }, 85, 91],
]

export const REFUSAL_CASES: readonly LabCase[] = [
  {
    ...movesOn('U-13', '429 with a short wait', limited({ 'retry-after': '60' })),
    expected: 'the next target answers; the first rests as long as it asked',
    run: async (lab, client) => {
      const { router, first } = await lab.pair(limited({ 'retry-after': '60' }))
      // Each question begins a session of its own: an old one would stay with the target that answered it.
      const ask = (text: string): Promise<Outcome> => lab.ask(router, client, { body: client.body({ text }) })
      expectText(await ask('one'))
      router.advance(59_000)
      expectText(await ask('two'))
      assert.equal(first.requests.length, 1, 'it rests')
      router.advance(2_000)
      const seen = expectText(await ask('three'))
      assert.equal(first.requests.length, 2, 'it is asked again after its rest')
      return seen
    },
  },
  {
    id: 'U-14',
    fault: '429 with a wait of 60 s, at the only target',
    expected: '429 with the wait that is left; nobody is asked meanwhile',
    per: 'client',
    run: async (lab, client) => {
      const only = await lab.upstream(limited({ 'retry-after': '60' }))
      const router = await lab.router([{ name: 'a', url: only.url }])
      const told: number[] = []
      for (const wait of [0, 20_000, 20_000]) {
        router.advance(wait)
        const outcome = await lab.ask(router, client)
        expectError(outcome, 429)
        told.push(Number(outcome.exchange.headers['retry-after']))
        assert.equal(outcome.exchange.headers['x-should-retry'], 'false')
      }
      assert.equal(only.requests.length, 1)
      const [one = 0, two = 0, three = 0] = told
      assert.ok(one <= 60 && two <= 40 && three <= 20 && three > 0, told.join())
      return `B 429, told ${told.join(', ')} s`
    },
  },
  {
    id: 'U-15',
    fault: '429 with the wait in each known form, and in none',
    expected: 'understood, and never over an hour',
    per: 'once',
    run: async (lab, client) => {
      const date = new Date(Date.now() + 30_000)
      const forms: typeof WAITS = [
        ...WAITS,
        [{ 'retry-after': date.toUTCString() }, 27, 30],
        [
          { 'anthropic-ratelimit-requests-reset': date.toISOString(), 'anthropic-ratelimit-requests-remaining': '0' },
          27,
          31,
        ],
      ]
      for (const [headers, least, most] of forms) {
        const only = await lab.upstream(limited(headers))
        const router = await lab.router([{ name: 'a', url: only.url }])
        const outcome = await lab.ask(router, client)
        expectError(outcome, 429)
        const told = Number(outcome.exchange.headers['retry-after'])
        assert.ok(told >= least && told <= most, `${JSON.stringify(headers)}: ${told}`)
      }
      return `${forms.length} forms`
    },
  },
  {
    id: 'U-16',
    fault: '429 without a wait, at the only target',
    expected: 'one retry within the deadline, then 429',
    per: 'client',
    run: async (lab, client) => {
      const only = await lab.upstream(LIMITED)
      const router = await lab.router([{ name: 'a', url: only.url }])
      const seen = expectError(await lab.ask(router, client), 429)
      assert.equal(only.requests.length, 2)
      return `${seen}, ${only.requests.length} calls`
    },
  },
  {
    id: 'U-17',
    fault: 'no money: 402, and 429 with the codes of spend limits',
    expected: 'the next target answers; the key is not used again',
    per: 'client',
    run: async (lab, client) => {
      const replies: Reply[] = [
        { status: 402, json: chatError(402, 'payment_required', 'no credit') },
        ...['insufficient_quota', 'credit_balance_exhausted', 'monthly_spend_limit_exceeded'].map((code) => ({
          status: 429,
          json: chatError(429, code, 'no credit'),
        })),
      ]
      for (const reply of replies) {
        const { router, first } = await lab.pair(reply)
        expectText(await lab.ask(router, client))
        router.advance(600_000)
        expectText(await lab.ask(router, client))
        assert.equal(first.requests.length, 1, JSON.stringify(reply))
      }
      return `${replies.length} forms, one call each`
    },
  },
  {
    ...movesOn('U-18', 'a 5xx, with HTML', LIMITED),
    expected: 'the next target answers; nobody sees the HTML',
    run: async (lab, client) => {
      for (const status of TROUBLE) {
        const page = { status, text: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } }
        const { router } = await lab.pair(page)
        expectText(await lab.ask(router, client))
        const alone = await lab.router([{ name: 'a', url: (await lab.upstream(page)).url }])
        const outcome = await lab.ask(alone, client)
        assert.equal(outcome.end, 'B', describe(outcome))
        assert.ok(!outcome.exchange.body.includes('<html>'), outcome.exchange.body)
      }
      return `${TROUBLE.length} statuses`
    },
  },
  movesOn('U-19', '529 overloaded', { status: 529, json: { error: { message: 'overloaded' } } }),
  {
    id: 'U-20',
    fault: '401 that repeats the key',
    expected: 'the next target answers; alone it is a 502 without the key',
    per: 'client',
    run: async (lab, client) => {
      const reply: Reply = { status: 401, json: chatError(401, 'invalid_api_key', 'Incorrect API key: upstream-key') }
      const { router, first } = await lab.pair(reply)
      expectText(await lab.ask(router, client))
      expectText(await lab.ask(router, client))
      assert.equal(first.requests.length, 1, 'the key is not used again')
      const alone = await lab.router([{ name: 'a', url: (await lab.upstream(reply)).url }])
      const outcome = await lab.ask(alone, client)
      const seen = expectError(outcome, 502)
      assert.ok(!outcome.exchange.body.includes('upstream-key'))
      assert.ok(!JSON.stringify(alone.events).includes('upstream-key'))
      return seen
    },
  },
  movesOn('U-21', '403, not in this region', {
    status: 403,
    json: chatError(403, 'unsupported_country_region_territory', 'not here'),
  }),
  {
    id: 'U-22',
    fault: '404, the model is gone',
    expected: 'the next target answers; the model is left alone',
    per: 'client',
    run: async (lab, client) => {
      const { router, first } = await lab.pair({
        status: 404,
        json: chatError(404, 'model_not_found', 'no such model'),
      })
      expectText(await lab.ask(router, client))
      router.advance(60_000)
      const seen = expectText(await lab.ask(router, client))
      assert.equal(first.requests.length, 1)
      return seen
    },
  },
  {
    id: 'U-23',
    fault: 'the context is too small, in six wordings',
    expected: 'only a larger model is asked; without one the client gets the provider’s 400; health is untouched',
    per: 'client',
    run: async (lab, client) => {
      for (const reply of TOO_LONG) {
        const { router, first, second } = await lab.pair(reply)
        const outcome = await lab.ask(router, client)
        assert.equal(outcome.end, 'B', describe(outcome))
        assert.ok(outcome.exchange.status === 400 || outcome.exchange.status === 413, describe(outcome))
        assert.equal(first.requests.length + second.requests.length, 1, 'a window of the same size is not asked')
        await lab.ask(router, client)
        assert.equal(first.requests.length, 2, 'health is untouched')
      }
      return `${TOO_LONG.length} wordings`
    },
  },
  {
    id: 'U-24',
    fault: '400, a bad parameter',
    expected: 'the client gets it; nobody else is asked',
    per: 'client',
    run: async (lab, client) => {
      const { router, first, second } = await lab.pair({
        status: 400,
        json: chatError(400, 'invalid_value', 'temperature must be at most 2'),
      })
      const outcome = await lab.ask(router, client)
      const seen = expectError(outcome, 400)
      assert.match(outcome.end === 'B' ? outcome.message : '', /temperature must be at most 2/)
      assert.equal(first.requests.length + second.requests.length, 1)
      return seen
    },
  },
  movesOn('U-25', '400, the model cannot do this', {
    status: 400,
    json: chatError(400, 'unsupported_parameter', 'm does not support tools'),
  }),
  {
    id: 'U-25b',
    fault: '400, the model cannot do this: again',
    expected: 'the target is not asked for it a second time',
    per: 'once',
    run: async (lab, client) => {
      const handler: Handler = (received, n) =>
        n === 0
          ? { status: 400, json: chatError(400, 'unsupported_parameter', 'm does not support tools') }
          : fine(received)
      const { router, first } = await lab.pair(handler)
      const body = client.body({ text: 'hello', tools: ['look'] })
      expectText(await lab.ask(router, client, { body }))
      const seen = expectText(await lab.ask(router, client, { body }))
      assert.equal(first.requests.length, 1)
      return seen
    },
  },
]
