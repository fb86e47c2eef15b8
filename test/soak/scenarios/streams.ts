// L-01, L-13: many streams at a time, each event numbered.
import { setTimeout as sleep } from 'node:timers/promises'
import { chatClient } from '../../helpers/grid-chat.ts'
import { messagesClient } from '../../helpers/grid-messages.ts'
import { profileOf } from '../bench.ts'
import { call, NumberReader } from '../client.ts'
import { megabytes } from '../load.ts'
import type { Scenario } from '../types.ts'

const STREAMS = 5000
/** Two tokens a second. */
const INTERVAL_MS = 500
/** Streams that begin together, and the pause before the next, in ms. */
const WAVE = 100
const WAVE_MS = 50
const RSS_MB = 350
const DELAY_MS = 100

/** Most clients get the bytes as they are; every eighth has them translated. */
const CLIENTS = [...Array.from({ length: 7 }, () => chatClient(true)), messagesClient(true)]

export const STREAMS_SCENARIO: Scenario = {
  ids: ['L-01', 'L-13'],
  openFiles: 2 * STREAMS + 200,
  run: async (bench) => {
    const streams = bench.count(STREAMS, 50)
    const chunks = bench.scale < 0.1 ? 8 : 20
    const provider = await bench.provider({ chunks, intervalMs: INTERVAL_MS, together: streams })
    const sage = await bench.sage(profileOf(provider, 'paced'))
    const total = { failed: 0, lost: 0, doubled: 0, disordered: 0 }
    let begun = 0
    const one = async (n: number): Promise<void> => {
      const reader = new NumberReader()
      const client = CLIENTS[n % CLIENTS.length] ?? chatClient(true)
      const onBytes = (bytes: Buffer): void => {
        if (reader.numbers.length === 0) begun++
        reader.read(bytes)
      }
      const { status, ending } = await call({ url: sage.url, client, n, onBytes })
      if (status !== 200 || ending !== 'whole') total.failed++
      const { lost, doubled, disordered } = reader.mistakes(chunks)
      total.lost += lost
      total.doubled += doubled
      total.disordered += disordered
    }
    await sage.probe({ reset: true })
    const running: Promise<void>[] = []
    for (let n = 0; n < streams; n++) {
      if (n > 0 && n % WAVE === 0) await sleep(WAVE_MS)
      running.push(one(n))
    }
    await Promise.all(running)
    const { peakRss, delayP99, cpu } = await sage.probe()
    const { failed, lost, doubled, disordered } = total
    const micros = Math.round((cpu.user + cpu.system) / (streams * chunks))
    return [
      {
        id: 'L-01',
        goal: `${streams} streams at a time, 2 events a second each`,
        gate: `0 failed, lost, doubled or out of order; RSS ≤ ${RSS_MB} MB`,
        measured: `${begun} begun before any went on, ${streams * chunks} events: ${failed} failed, ${lost} lost, ${doubled} doubled, ${disordered} out of order; RSS ${megabytes(peakRss)}; ${micros} µs of CPU an event`,
        ok: begun === streams && failed + lost + doubled + disordered === 0 && peakRss <= RSS_MB * 1_048_576,
      },
      {
        id: 'L-13',
        goal: 'delay of the event loop meanwhile',
        gate: `p99 ≤ ${bench.limitMs(DELAY_MS)} ms`,
        measured: `p99 ${delayP99.toFixed(1)} ms`,
        ok: delayP99 <= bench.limitMs(DELAY_MS),
      },
    ]
  },
}
