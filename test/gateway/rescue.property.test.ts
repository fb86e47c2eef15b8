// Wherever a text is cut, and in whatever dialects it is spoken, the client reads the whole text and one end.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Sessions } from '../../src/gateway/sessions.ts'
import { HealthTracker } from '../../src/health/tracker.ts'
import type { Send } from '../../src/providers/transport/types.ts'
import type { Provider } from '../../src/providers/types.ts'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { wireOf } from '../helpers/grid-provider.ts'
import type { ProviderDialectName } from '../helpers/grid-provider.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { createInProcess } from '../helpers/in-process.ts'
import type { InProcess } from '../helpers/in-process.ts'
import { prefillIn, rescueYaml, TEXT } from '../helpers/rescue-bench.ts'
import { runsOf } from '../helpers/runs.ts'
import { scriptedSend } from '../helpers/scripted-send.ts'
import type { Script } from '../helpers/scripted-send.ts'
import { describe as tell, judge } from '../lab/oracle.ts'

const CLIENTS = GRID_CLIENTS.filter(({ stream }) => stream)
const KINDS: Readonly<Record<ProviderDialectName, string>> = {
  chat: 'openai-compatible',
  responses: 'openai',
  messages: 'anthropic',
  gemini: 'gemini',
  ollama: 'ollama',
}
const DIALECTS = Object.keys(KINDS) as ProviderDialectName[]
/** Dialects in which a begun answer goes to the provider as it is. */
const RESCUERS: readonly ProviderDialectName[] = ['chat', 'messages', 'ollama']

interface Course {
  client: GridClient
  /** Dialects of the targets, in order. */
  dialects: readonly ProviderDialectName[]
  text: string
  /** Where the streams of all targets but the last break, in bytes behind their starts. */
  cuts: readonly number[]
  after: NonNullable<Script['after']>
  /** The targets repeat what they are to go on with. */
  isEchoing: boolean
}

/** A gateway over such targets, and what its calls meet. */
interface Bench {
  inProcess: InProcess
  script: (name: string, body: Record<string, unknown>) => Script
}

const benches = new Map<string, Bench>()

function benchOf(dialects: readonly ProviderDialectName[], isEchoing: boolean): Bench {
  const key = `${dialects.join()} ${isEchoing}`
  const made = benches.get(key)
  if (made !== undefined) return made
  const entries = dialects.map((dialect, n) => ({
    kind: KINDS[dialect],
    url: `http://${n}.test`,
    facts: 'continues_prefill: true',
    ...(isEchoing && { extra: 'quirks: { prefill_echo: true }' }),
  }))
  const sendTo = ({ name }: Provider): Send =>
    scriptedSend(({ body }) => bench.script(name, JSON.parse(String(body)) as Record<string, unknown>))
  const bench: Bench = { inProcess: createInProcess(rescueYaml(entries, 'rescue: prose'), sendTo), script: () => ({}) }
  benches.set(key, bench)
  return bench
}

/** Asks once; throws unless the client reads the whole text. Returns how many targets were called. */
async function check({ client, dialects, text, cuts, after, isEchoing }: Course): Promise<number> {
  const bench = benchOf(dialects, isEchoing)
  const { inProcess } = bench
  // Nothing is known of the targets from the time before.
  inProcess.gateway.sessions = new Sessions()
  inProcess.gateway.health = new HealthTracker({ a: 1, b: 1, c: 1 })
  let calls = 0
  bench.script = (name, body) => {
    const n = 'abc'.indexOf(name)
    const dialect = dialects[n] ?? 'chat'
    calls++
    const prefill = prefillIn(body) ?? ''
    assert.ok(text.startsWith(prefill), `asked to go on with ${JSON.stringify(prefill)}`)
    const rest = text.slice(isEchoing ? 0 : prefill.length)
    const bytes = Buffer.from(wireOf(dialect, { text: rest }).stream.join(''))
    const headers = { 'content-type': dialect === 'ollama' ? 'application/x-ndjson' : 'text/event-stream' }
    const at = cuts[n]
    return at === undefined ? { headers, chunks: [bytes] } : { headers, chunks: [bytes.subarray(0, at)], after }
  }
  const outcome = judge(client, await inProcess.ask(client, { ...client.body({ text: 'hello' }), store: false }))
  assert.equal(outcome.end, 'A', `${tell(outcome)}: ${JSON.stringify({ dialects, cuts })}`)
  assert.equal(outcome.end === 'A' && outcome.answer.text, text)
  return calls
}

/** Lengths of a stream's beginnings, event by event. */
function boundaries(dialect: ProviderDialectName): number[] {
  let at = 0
  return wireOf(dialect, { text: TEXT }).stream.map((piece) => (at += Buffer.byteLength(piece)))
}

describe('rescue: prose', () => {
  for (const client of CLIENTS) {
    for (const dialect of DIALECTS) {
      test(`${client.name} from ${dialect}: cuts behind events and in their middles`, async () => {
        let rescued = 0
        for (const [n, end] of boundaries(dialect).entries()) {
          const second = RESCUERS[n % RESCUERS.length] ?? 'chat'
          const course = { client, dialects: [dialect, second], text: TEXT, after: 'end', isEchoing: false } as const
          const calls = await check({ ...course, cuts: [n % 2 === 0 ? end : end - 5] })
          if (calls === 2) rescued++
        }
        assert.ok(rescued > 1, `${rescued} cuts`)
      })
    }
  }

  test('any text, cut anywhere, once or twice', async () => {
    const piece = fc.constantFrom('a', 'b', ' ', '\n', '\n\n', '\t', 'é', '漢', '😀', '"', '\u00a0', 'ab ab')
    const rescuer = fc.constantFrom(...RESCUERS)
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          client: fc.constantFrom(...CLIENTS),
          dialects: fc.tuple(fc.constantFrom(...DIALECTS), rescuer, rescuer),
          text: fc.array(piece, { minLength: 1, maxLength: 60 }).map((pieces) => `x${pieces.join('')}`),
          cuts: fc.array(fc.nat(2500), { minLength: 1, maxLength: 2 }),
          after: fc.constantFrom('end', 'reset'),
          isEchoing: fc.boolean(),
        }),
        async (course) => {
          await check(course)
        },
      ),
      runsOf('rescue', 200, 3000),
    )
  })
})
