// L-05, L-06: memory after many small requests of all sorts.
import { setTimeout as sleep } from 'node:timers/promises'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import { call, keptConnections } from '../client.ts'
import { inParallel, machineTime, megabytes } from '../load.ts'
import type { Bench } from '../bench.ts'
import type { Probe, SageProcess } from '../sage-process.ts'
import type { Scenario } from '../types.ts'

const REQUESTS = 200_000
/** Part of the requests before memory is measured for the first time. */
const WARM = 0.25
const WIDTH = 32
const HEAP_MB = 5
const RSS_MB = 25

/** Every so many requests: a client's mistake, one that leaves at once. The others are answered. */
const MISTAKE_EVERY = 50
const LEAVE_EVERY = 40

export const GROWTH_SCENARIO: Scenario = {
  ids: ['L-05', 'L-06'],
  run: async (bench) => {
    const requests = bench.count(REQUESTS, 1200)
    const warm = Math.round(requests * WARM)
    const sage = await startMixed(bench)
    const agent = keptConnections()
    const failed = { count: 0 }
    const started = machineTime()
    await ask(sage, agent, failed, 0, warm)
    const before = await settled(sage)
    await ask(sage, agent, failed, warm, requests)
    const after = await settled(sage)
    agent.destroy()
    const rate = Math.round((requests / (machineTime() - started)) * 1000)
    const heap = after.heapUsed - before.heapUsed
    const rss = after.rss - before.rss
    return [
      {
        id: 'L-05',
        goal: `heap after ${requests} requests of all sorts against ${warm}, garbage collected`,
        gate: `≤ +${HEAP_MB} MB, none answered wrongly`,
        measured: `${megabytes(heap, true)} (${megabytes(before.heapUsed)} → ${megabytes(after.heapUsed)}), ${failed.count} wrong, ${rate} requests/s`,
        ok: heap <= HEAP_MB * 1_048_576 && failed.count === 0,
      },
      {
        id: 'L-06',
        goal: 'resident memory meanwhile',
        gate: `≤ +${RSS_MB} MB`,
        measured: `${megabytes(rss, true)} (${megabytes(before.rss)} → ${megabytes(after.rss)}), highest ${megabytes(after.peakRss)}`,
        ok: rss <= RSS_MB * 1_048_576,
      },
    ]
  },
}

/** One provider that refuses all connections, so that breakers work, and one that answers. */
async function startMixed(bench: Bench): Promise<SageProcess> {
  const provider = await bench.provider()
  const models = 'models: { m: { context: 200000, capabilities: [tools, vision, json, thinking, documents] } }'
  return bench.sage(
    [
      'version: 1',
      'providers:',
      `  gone: { kind: openai-compatible, base_url: "http://127.0.0.1:9/v1", key: env:TEST_KEY, ${models} }`,
      `  a: { kind: openai-compatible, base_url: "${provider.url}/small/v1", key: env:TEST_KEY, ${models} }`,
      'policies:',
      '  auto: { rules: [ { name: all, when: {}, prefer: [gone/m, a/m] } ] }',
    ].join('\n'),
  )
}

async function ask(
  sage: SageProcess,
  agent: ReturnType<typeof keptConnections>,
  failed: { count: number },
  from: number,
  to: number,
): Promise<void> {
  await inParallel(to - from, WIDTH, async (at) => {
    const n = from + at
    const client = clientOf(n)
    const leaves = n % LEAVE_EVERY === 0
    const { status } = await call({
      url: sage.url,
      client,
      n,
      ...(!leaves && { agent }),
      ...(leaves && { onRequest: (outgoing) => setTimeout(() => outgoing.destroy(), n % 7) }),
    })
    const expected = n % MISTAKE_EVERY === 1 ? 400 : 200
    if (!leaves && status !== expected) failed.count++
  })
}

function clientOf(n: number): GridClient {
  const client = GRID_CLIENTS[n % GRID_CLIENTS.length] ?? GRID_CLIENTS[0]
  if (client === undefined) throw new Error('there are no clients')
  if (n % MISTAKE_EVERY !== 1) return client
  return { ...client, body: () => ({ model: 'auto', messages: 7, contents: 7, input: 7 }) }
}

/** Memory once nothing is under way and idle connections are closed. */
async function settled(sage: SageProcess): Promise<Probe> {
  await sleep(3000)
  return sage.probe({ collect: true })
}
