// U: trouble that lasts.
import assert from 'node:assert/strict'
import { chatError } from '../../helpers/openai-chat-replies.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import type { TestRouter } from '../../helpers/router.ts'
import type { Handler } from '../../helpers/upstream.ts'
import { expectText, fine } from '../lab.ts'
import type { Lab } from '../lab.ts'
import type { Outcome } from '../oracle.ts'
import { describe } from '../oracle.ts'
import type { LabCase } from '../types.ts'

const DOWN = { status: 500, json: chatError(500, 'server_error', 'down') }

/** A question of a new session. */
function askNew(lab: Lab, router: TestRouter, client: GridClient, n: number, headers = {}): Promise<Outcome> {
  return lab.ask(router, client, { body: client.body({ text: `question ${n}` }), headers })
}

export const OUTAGE_CASES: readonly LabCase[] = [
  {
    id: 'U-51',
    fault: 'a provider that is down for 30 s and up for 5 s, for ten minutes',
    expected: 'its rests grow; one probe at a time; every request is answered by the other',
    per: 'once',
    run: async (lab, client) => {
      let up = false
      const flapping = await lab.upstream((received) => (up ? fine(received) : DOWN))
      const router = await lab.router([
        { name: 'a', url: flapping.url },
        { name: 'b', url: (await lab.healthy()).url },
      ])
      let asked = 0
      for (let second = 0; second < 600; second++) {
        up = second % 35 >= 30
        const before = flapping.requests.length
        const burst = await Promise.all([1, 2, 3].map((n) => askNew(lab, router, client, second * 3 + n)))
        for (const outcome of burst) expectText(outcome)
        asked += burst.length
        const probes = flapping.requests.length - before
        // In the second in which it goes down again, three requests may be under way.
        if (second > 60 && !up && second % 35 > 0) assert.ok(probes <= 1, `${probes} probes in one second`)
        router.advance(1000)
      }
      assert.ok(flapping.requests.length < asked / 4, `${flapping.requests.length} of ${asked}`)
      return `${asked} answered, ${flapping.requests.length} calls to the flapping one`
    },
  },
  {
    id: 'U-52',
    fault: 'everything is down, 200 requests',
    expected: 'at most 1.2 calls a request and a floor; 503 with a wait, and SDKs told not to retry',
    per: 'client',
    run: async (lab, client) => {
      const a = await lab.upstream(DOWN)
      const b = await lab.upstream(DOWN)
      const router = await lab.router([
        { name: 'a', url: a.url },
        { name: 'b', url: b.url },
      ])
      const statuses = new Set<number>()
      for (let n = 0; n < 200; n++) {
        const outcome = await askNew(lab, router, client, n)
        assert.equal(outcome.end, 'B', describe(outcome))
        statuses.add(outcome.exchange.status)
        assert.equal(outcome.exchange.headers['x-should-retry'], 'false')
        assert.ok(Number(outcome.exchange.headers['retry-after']) > 0, 'a wait is told')
        router.advance(50)
      }
      const calls = a.requests.length + b.requests.length
      assert.ok(calls <= 1.2 * 200 + 3, `${calls} calls`)
      return `${calls} calls, statuses ${[...statuses].join(', ')}`
    },
  },
  {
    id: 'U-53',
    fault: 'one provider ten times as slow as the others, which are slow or fast themselves',
    expected: 'most requests go elsewhere; it comes back when it has recovered',
    per: 'once',
    run: async (lab) => {
      const { chatClient } = await import('../../helpers/grid-chat.ts')
      const client = chatClient(true)
      const seen: string[] = []
      for (const [slowMs, usualMs] of [
        [3000, 300],
        [300, 30],
      ] as const) {
        let delay: number = slowMs
        // The router's clock moves, not ours.
        const timed = (ms: () => number): Handler => {
          return (received) => {
            router.advance(ms())
            return fine(received)
          }
        }
        const slow = await lab.upstream(timed(() => delay))
        const others = [await lab.upstream(timed(() => usualMs)), await lab.upstream(timed(() => usualMs))]
        const router: TestRouter = await lab.router(
          [{ name: 'a', url: slow.url }, ...others.map(({ url }, n) => ({ name: `b${n}`, url }))],
          { policy: ', ties: spread, weights: { order: 0 }' },
        )
        for (let n = 0; n < 100; n++) expectText(await askNew(lab, router, client, n))
        const before = slow.requests.length
        for (let n = 100; n < 200; n++) expectText(await askNew(lab, router, client, n))
        const share = slow.requests.length - before
        assert.ok(share <= 10, `${share} of 100 went to the slow one (${slowMs} ms)`)
        delay = usualMs
        for (let minute = 0; minute < 10; minute++) {
          router.advance(60_000)
          for (let n = 0; n < 10; n++) expectText(await askNew(lab, router, client, 1000 + minute * 20 + n))
        }
        const after = slow.requests.length
        for (let n = 0; n < 60; n++) expectText(await askNew(lab, router, client, 5000 + n))
        assert.ok(slow.requests.length - after >= 5, `${slow.requests.length - after} of 60 after its recovery`)
        seen.push(`${slowMs} ms: ${share} of 100 while slow, ${slow.requests.length - after} of 60 afterwards`)
      }
      return seen.join('; ')
    },
  },
  {
    id: 'U-54',
    fault: 'the only target fails',
    expected: 'it stays in use, and works again at once when it recovers',
    per: 'client',
    run: async (lab, client) => {
      let up = false
      const only = await lab.upstream((received) => (up ? fine(received) : DOWN))
      const router = await lab.router([{ name: 'a', url: only.url }])
      for (let n = 0; n < 10; n++) {
        assert.equal((await askNew(lab, router, client, n)).end, 'B')
        router.advance(2000)
      }
      assert.ok(only.requests.length >= 2, 'it was asked again')
      up = true
      router.advance(15_000)
      const seen = expectText(await askNew(lab, router, client, 100))
      return `${seen} after ${only.requests.length} calls`
    },
  },
  {
    id: 'U-55',
    fault: 'the retries of SDKs during an outage',
    expected: 'charged to the same budget: at most two calls for one question of the user',
    per: 'client',
    run: async (lab, client) => {
      const targets = [await lab.upstream(DOWN), await lab.upstream(DOWN), await lab.upstream(DOWN)]
      const router = await lab.router(targets.map(({ url }, n) => ({ name: `t${n}`, url })))
      // The breakers learn of the outage first.
      for (let n = 0; n < 30; n++) await askNew(lab, router, client, n)
      const calls = (): number => targets.reduce((sum, { requests }) => sum + requests.length, 0)
      const before = calls()
      for (const retry of [0, 1, 2]) {
        const outcome = await askNew(lab, router, client, 99, { 'x-stainless-retry-count': String(retry) })
        assert.equal(outcome.end, 'B')
        assert.equal(outcome.exchange.headers['x-should-retry'], 'false')
      }
      assert.ok(calls() - before <= 2, `${calls() - before} calls`)
      return `${calls() - before} calls for three tries`
    },
  },
]
