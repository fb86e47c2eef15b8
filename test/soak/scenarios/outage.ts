// L-09: everything is down.
import { chatError } from '../../helpers/openai-chat-replies.ts'
import { chatClient } from '../../helpers/grid-chat.ts'
import { gridYaml } from '../../helpers/grid-provider.ts'
import { startUpstream } from '../../helpers/upstream.ts'
import { exchange } from '../../lab/exchange.ts'
import { judge } from '../../lab/oracle.ts'
import { inParallel, percentile } from '../load.ts'
import type { Scenario } from '../types.ts'

const REQUESTS = 1000
const WIDTH = 8
const SHARE = 1.2
/** Calls that are allowed besides: those in which the outage is found out, and what the budget always leaves. */
const FLOOR = 30
const P95_MS = 200

export const OUTAGE_SCENARIO: Scenario = {
  ids: ['L-09'],
  run: async (bench) => {
    const requests = bench.count(REQUESTS, 100)
    const down = { status: 500, json: chatError(500, 'server_error', 'down') }
    const providers = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => ({ name, upstream: await bench.keep(startUpstream(() => down)) })),
    )
    const entries = providers.map(({ name, upstream }) => ({
      name,
      kind: 'openai-compatible' as const,
      url: upstream.url,
    }))
    const sage = await bench.sage(gridYaml(entries))
    const client = chatClient(false)
    const times: number[] = []
    let wrong = 0
    let untold = 0
    await inParallel(requests, WIDTH, async (n) => {
      const body = client.body({ text: `#${n}; is anybody there?` })
      const outcome = judge(client, await exchange(sage.url, { path: client.path, headers: client.headers, body }))
      const { headers, ms } = outcome.exchange
      times.push(ms)
      if (outcome.end !== 'B') wrong++
      if (headers['x-should-retry'] !== 'false' || !(Number(headers['retry-after']) > 0)) untold++
    })
    const calls = providers.reduce((sum, { upstream }) => sum + upstream.requests.length, 0)
    // The first requests find out; what counts is how it goes once that is known.
    const p95 = percentile(times.slice(Math.ceil(requests / 10)), 0.95)
    return [
      {
        id: 'L-09',
        goal: `${requests} requests while everything is down`,
        gate: `calls ≤ ${SHARE} × requests + ${FLOOR}; errors with a wait and "do not retry"; p95 ≤ ${bench.limitMs(P95_MS)} ms`,
        measured: `${calls} calls, ${wrong} wrong answers, ${untold} without a wait, p95 ${p95.toFixed(1)} ms`,
        ok: calls <= SHARE * requests + FLOOR && wrong + untold === 0 && p95 <= bench.limitMs(P95_MS),
      },
    ]
  },
}
