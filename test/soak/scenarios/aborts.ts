// L-07: clients that leave at any moment leave nothing behind.
import type { ClientRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { chatClient } from '../../helpers/grid-chat.ts'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import { profileOf } from '../bench.ts'
import { call } from '../client.ts'
import { inParallel, machineTime, megabytes, randomFrom } from '../load.ts'
import type { SageProcess } from '../sage-process.ts'
import type { Scenario } from '../types.ts'

const ABORTS = 20_000
const WIDTH = 32
/** Different questions, so many that the bounded memory of sessions has them all before anything is measured. */
const QUESTIONS = 500
/** When a client leaves: once it is connected, while it waits, at the head of the answer, or at this read of its body. */
const MOMENTS = ['connected', 'waiting', 'head', 1, 2] as const
const HEAP_MB = 2
/** Longest time for idle connections to close, in ms. */
const SETTLE_MS = 15_000

export const ABORTS_SCENARIO: Scenario = {
  ids: ['L-07'],
  run: async (bench) => {
    const aborts = bench.count(ABORTS, 500)
    const provider = await bench.provider()
    const sage = await bench.sage(profileOf(provider, 'ragged'))
    const random = randomFrom(7)
    const seen = { early: 0, begun: 0, whole: 0 }
    const leave = async (n: number): Promise<void> => {
      const client = GRID_CLIENTS[n % GRID_CLIENTS.length] ?? chatClient(true)
      const moment = MOMENTS[Math.floor(random() * MOMENTS.length)] ?? 'connected'
      let reads = 0
      let go: () => void = () => undefined
      const { status, ending } = await call({
        url: sage.url,
        client,
        n: n % QUESTIONS,
        onRequest: (outgoing) => {
          go = () => hangUp(outgoing)
          if (moment === 'connected') outgoing.once('socket', (socket) => socket.once('connect', go))
          else if (moment === 'waiting') setTimeout(go, random() * 12)
          else if (moment === 'head') outgoing.once('response', go)
        },
        onBytes: () => {
          if (++reads === moment) go()
        },
      })
      if (ending === 'whole') seen.whole++
      else if (status === 0) seen.early++
      else seen.begun++
    }
    const idle = countOf((await sage.probe({ collect: true })).open)
    const started = machineTime()
    await inParallel(Math.round(aborts / 5), WIDTH, leave)
    await settle(sage, idle)
    const before = await sage.probe({ collect: true })
    await inParallel(aborts, WIDTH, leave)
    const took = machineTime() - started
    const leaked = await settle(sage, idle)
    const after = await sage.probe({ collect: true })
    const { open } = await provider.counts()
    const heap = after.heapUsed - before.heapUsed
    return [
      {
        id: 'L-07',
        goal: `${aborts} clients leave at any moment`,
        gate: `no socket, timer or call left; heap ≤ +${HEAP_MB} MB`,
        measured: `${seen.early} before an answer, ${seen.begun} inside it, ${seen.whole} after it; left: ${leaked} handles, ${open} calls; heap ${megabytes(heap, true)}; ${Math.round((aborts * 1200) / took)}/s`,
        ok: leaked === '0' && open === 0 && heap <= HEAP_MB * 1_048_576,
      },
    ]
  },
}

/** A reset leaves no port waiting behind. */
function hangUp(outgoing: ClientRequest): void {
  if (outgoing.socket?.connecting === false) outgoing.socket.resetAndDestroy()
  else outgoing.destroy()
}

type Counts = ReadonlyMap<string, number>

function countOf(kinds: readonly string[]): Counts {
  const counts = new Map<string, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return counts
}

/** Waits until nothing more is open than at first; tells what is left, by kind, or 0. */
async function settle(sage: SageProcess, idle: Counts): Promise<string> {
  let left: string[] = []
  for (let waited = 0; waited < SETTLE_MS; waited += 500) {
    await sleep(500)
    const now = countOf((await sage.probe()).open)
    left = [...now].flatMap(([kind, count]) => {
      const more = count - (idle.get(kind) ?? 0)
      return more > 0 ? [`${more} ${kind}`] : []
    })
    if (left.length === 0) return '0'
  }
  return left.join(', ')
}
