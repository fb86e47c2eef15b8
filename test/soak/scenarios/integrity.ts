// L-02: the bytes of a provider of the client's dialect come through as they are.
import { createHash } from 'node:crypto'
import { chatClient } from '../../helpers/grid-chat.ts'
import { geminiClient } from '../../helpers/grid-gemini.ts'
import { messagesClient } from '../../helpers/grid-messages.ts'
import { ollamaClient } from '../../helpers/grid-ollama.ts'
import { responsesClient } from '../../helpers/grid-responses.ts'
import type { AnyKind } from '../../helpers/fake-provider.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import { gridYaml } from '../../helpers/grid-provider.ts'
import { call } from '../client.ts'
import { inParallel, machineTime } from '../load.ts'
import type { Scenario } from '../types.ts'

const CHUNKS = 1_000_000
const STREAMS_EACH = 8

const PAIRS: readonly [kind: AnyKind, client: GridClient][] = [
  ['openai-compatible', chatClient(true)],
  ['openai', responsesClient(true)],
  ['anthropic', messagesClient(true)],
  ['gemini', geminiClient('streamed')],
  ['ollama', ollamaClient(true)],
]

export const INTEGRITY_SCENARIO: Scenario = {
  ids: ['L-02'],
  run: async (bench) => {
    const chunks = Math.ceil(bench.count(CHUNKS) / (PAIRS.length * STREAMS_EACH))
    const provider = await bench.provider({ chunks })
    let same = 0
    let different = 0
    let bytes = 0
    let number = 0
    const started = machineTime()
    for (const [kind, client] of PAIRS) {
      const sage = await bench.sage(gridYaml([{ name: 'a', kind, url: `${provider.url}/flood` }]))
      await inParallel(STREAMS_EACH, 4, async () => {
        const n = number++
        const hash = createHash('sha256')
        const { ending, ...seen } = await call({ url: sage.url, client, n, onBytes: (part) => hash.update(part) })
        const digest = hash.digest('hex')
        // It tells over another channel, which may be slower than the answer.
        await until(() => provider.told.some((told) => told.n === n))
        const sent = provider.told.find((told) => told.n === n)
        bytes += seen.bytes
        if (ending === 'whole' && sent?.type === 'sent' && sent.sha256 === digest && sent.bytes === seen.bytes) same++
        else different++
      })
      await sage.close()
    }
    const seconds = (machineTime() - started) / 1000
    const total = chunks * PAIRS.length * STREAMS_EACH
    return [
      {
        id: 'L-02',
        goal: `${total} events in ${PAIRS.length} dialects, cut into writes anywhere`,
        gate: 'SHA-256 of every stream as sent',
        measured: `${same} streams the same, ${different} not; ${(bytes / 1e6).toFixed(0)} MB, ${Math.round(total / seconds)} events/s`,
        ok: different === 0 && same === PAIRS.length * STREAMS_EACH,
      },
    ]
  },
}

async function until(holds: () => boolean): Promise<void> {
  for (let waited = 0; waited < 5000 && !holds(); waited += 5) await new Promise((resolve) => setTimeout(resolve, 5))
}
