// L-11: the profile changes again and again under load.
import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { chatClient } from '../../helpers/grid-chat.ts'
import { messagesClient } from '../../helpers/grid-messages.ts'
import { call, keptConnections } from '../client.ts'
import { machineTime, percentile } from '../load.ts'
import type { ProviderProcess } from '../provider-process.ts'
import type { Scenario } from '../types.ts'

const RELOADS = 100
const REQUESTS = 50_000
const WIDTH = 16
/** Longest wait for one reload, in ms. */
const RELOAD_MS = 15_000

const CLIENTS = [chatClient(false), chatClient(true), messagesClient(true)]

export const RELOAD_SCENARIO: Scenario = {
  ids: ['L-11'],
  run: async (bench) => {
    const reloads = bench.count(RELOADS, 4)
    const requests = bench.count(REQUESTS, 500)
    const provider = await bench.provider()
    const sage = await bench.sage(revision(provider, 0))
    const agent = keptConnections()
    const served = new Map<number, number>()
    let asked = 0
    let failed = 0
    let isReloading = true
    const worker = async (): Promise<void> => {
      while (isReloading || asked < requests) {
        const n = asked++
        const client = CLIENTS[n % CLIENTS.length] ?? chatClient(false)
        const { status, ending, headers } = await call({ url: sage.url, client, n, agent })
        if (status !== 200 || ending !== 'whole') failed++
        const seen = Number(/^a\/m(\d+)$/.exec(headers['x-sage-model'] ?? '')?.[1])
        served.set(seen, (served.get(seen) ?? 0) + 1)
      }
    }
    const working = Promise.all(Array.from({ length: WIDTH }, worker))
    const times: number[] = []
    for (let number = 1; number <= reloads; number++) {
      const written = machineTime()
      writeFileSync(sage.profile, revision(provider, number))
      while (!served.has(number) && machineTime() - written < RELOAD_MS) await sleep(20)
      if (served.has(number)) times.push(machineTime() - written)
    }
    isReloading = false
    await working
    agent.destroy()
    return [
      {
        id: 'L-11',
        goal: `${reloads} other profiles under load`,
        gate: `every one is served, 0 of at least ${requests} requests fail`,
        measured: `${times.length} served, ${failed} of ${asked} failed; from writing to the first answer p50 ${Math.round(percentile(times, 0.5))} ms, highest ${Math.round(percentile(times, 1))} ms`,
        ok: times.length === reloads && failed === 0 && !served.has(Number.NaN),
      },
    ]
  },
}

/** A profile that is told by the name of its only model. */
function revision(provider: ProviderProcess, number: number): string {
  const model = `m${number}`
  return [
    'version: 1',
    'providers:',
    `  a: { kind: openai-compatible, base_url: "${provider.url}/small/v1", key: env:TEST_KEY, models: { ${model}: { context: 200000 } } }`,
    'policies:',
    `  auto: { rules: [ { name: all, when: {}, prefer: [a/${model}] } ] }`,
  ].join('\n')
}
