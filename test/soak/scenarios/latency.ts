// L-03, L-04: what a request costs, against the provider alone. Told, not gated: other work on the machine moves it.
import { chatClient } from '../../helpers/grid-chat.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import { profileOf } from '../bench.ts'
import { call, keptConnections } from '../client.ts'
import { inParallel, machineTime, percentile } from '../load.ts'
import type { Scenario } from '../types.ts'

const REQUESTS = 20_000
const WIDTH = 32
const PAIRS = 2000
const WARM_UP = 100

export const LATENCY_SCENARIO: Scenario = {
  ids: ['L-03', 'L-04'],
  run: async (bench) => {
    const provider = await bench.provider()
    const sage = await bench.sage(profileOf(provider, 'small'))
    // The provider knows its mode by the first part of the path.
    const direct = { url: `${provider.url}/small`, agent: keptConnections() }
    const routed = { url: sage.url, agent: keptConnections() }
    const once = async (side: typeof direct, client: GridClient, n: number): Promise<number> => {
      const started = machineTime()
      let first = 0
      await call({ ...side, client, n, onBytes: () => (first ||= machineTime() - started) })
      return client.stream ? first : machineTime() - started
    }
    const rate = async (side: typeof direct): Promise<number> => {
      const requests = bench.count(REQUESTS, 300)
      const started = machineTime()
      await inParallel(requests, WIDTH, async (n) => void (await once(side, chatClient(false), n)))
      return Math.round((requests / (machineTime() - started)) * 1000)
    }
    const added = async (client: GridClient): Promise<string> => {
      const pairs = bench.count(PAIRS, 100)
      const differences: number[] = []
      const times: number[] = []
      for (let n = 0; n < WARM_UP + pairs; n++) {
        const alone = await once(direct, client, n)
        const through = await once(routed, client, n)
        if (n < WARM_UP) continue
        times.push(alone)
        differences.push(through - alone)
      }
      const [p50, p99, base] = [percentile(differences, 0.5), percentile(differences, 0.99), percentile(times, 0.5)]
      return `p50 +${p50.toFixed(2)} ms, p99 +${p99.toFixed(2)} ms (direct p50 ${base.toFixed(2)} ms)`
    }
    await rate(routed)
    const rates = { direct: await rate(direct), routed: 0 }
    const before = await sage.probe()
    rates.routed = await rate(routed)
    const after = await sage.probe()
    const spent = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system
    const whole = await added(chatClient(false))
    const streamed = await added(chatClient(true))
    direct.agent.destroy()
    routed.agent.destroy()
    return [
      {
        id: 'L-03',
        goal: 'small requests a second, client and provider on the same machine',
        measured: `${rates.routed}/s, direct ${rates.direct}/s; ${Math.round(spent / bench.count(REQUESTS, 300))} µs of CPU each`,
        ok: true,
      },
      {
        id: 'L-04',
        goal: 'time added to one request at a time, paired with direct ones',
        measured: `whole: ${whole}; first byte of a stream: ${streamed}`,
        ok: true,
      },
    ]
  },
}
