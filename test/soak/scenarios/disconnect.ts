// L-12: how soon the provider is told that the client has left.
import type { ClientRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { chatClient } from '../../helpers/grid-chat.ts'
import { profileOf } from '../bench.ts'
import { call } from '../client.ts'
import { machineTime, percentile } from '../load.ts'
import type { Scenario } from '../types.ts'

const STREAMS = 1000
const P99_MS = 50
/** Of so few the slowest one is the 99th percentile, and the first ones find cold code. */
const FEW = 200
const FEW_P99_MS = 250

export const DISCONNECT_SCENARIO: Scenario = {
  ids: ['L-12'],
  openFiles: 2 * STREAMS + 200,
  run: async (bench) => {
    const streams = bench.count(STREAMS, 50)
    const provider = await bench.provider()
    const sage = await bench.sage(profileOf(provider, 'silent'))
    const limit = bench.limitMs(streams < FEW ? FEW_P99_MS : P99_MS)
    const left = new Map<number, number>()
    const open: ClientRequest[] = []
    const running = Array.from({ length: streams }, (_, n) => {
      const begun = new Promise<void>((resolve) => {
        void call({
          url: sage.url,
          client: chatClient(true),
          n,
          onRequest: (outgoing) => (open[n] = outgoing),
          onBytes: () => resolve(),
        })
      })
      return begun
    })
    await Promise.all(running)
    for (const [n, outgoing] of open.entries()) {
      left.set(n, machineTime())
      outgoing.destroy()
      await sleep(2)
    }
    for (let waited = 0; waited < 5000 && provider.told.length < streams; waited += 50) await sleep(50)
    const delays = provider.told.flatMap((told) =>
      told.type === 'left' ? [told.at - (left.get(told.n) ?? Number.NaN)] : [],
    )
    const p99 = percentile(delays, 0.99)
    return [
      {
        id: 'L-12',
        goal: `${streams} clients leave their streams: the provider is told`,
        gate: `all, p99 ≤ ${limit} ms`,
        measured: `${delays.length}, p50 ${percentile(delays, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
        ok: delays.length === streams && p99 <= limit,
      },
    ]
  },
}
