// L-08: a third of all attempts meets a fault.
import { createHash } from 'node:crypto'
import { GRID_CLIENTS } from '../../helpers/grid-clients.ts'
import type { GridClient } from '../../helpers/grid-types.ts'
import { gridYaml } from '../../helpers/grid-provider.ts'
import { startUpstream } from '../../helpers/upstream.ts'
import type { Handler } from '../../helpers/upstream.ts'
import { exchange } from '../../lab/exchange.ts'
import { fine } from '../../lab/lab.ts'
import { describe, judge } from '../../lab/oracle.ts'
import type { Outcome } from '../../lab/oracle.ts'
import { inParallel } from '../load.ts'
import { readFaults } from '../storm-faults.ts'
import type { StormFault } from '../storm-faults.ts'
import type { Scenario } from '../types.ts'

const REQUESTS = 10_000
const WIDTH = 48
const TARGETS = ['a', 'b', 'c']
const FAULTY = 0.3
const ANSWERED = 0.999
/** Requests that may get no answer however few there are: a target that needs longer than it is given on a busy machine. */
const LOST = 1
const CALLS = 1.45
/** Long enough for a healthy provider on a busy machine, in ms. */
const PATIENCE = ', timeouts: { first_content_ms: 2500, response_ms: 2500, idle_ms: 2500 }'

/** The fault that request `n` meets at a target; none is good luck. The same for every attempt. */
function faultOf(faults: readonly StormFault[], target: string, n: number): StormFault | undefined {
  const draw = createHash('sha1').update(`${target} ${n}`).digest()
  if (draw.readUInt32BE(0) / 2 ** 32 >= FAULTY) return undefined
  return faults[draw.readUInt32BE(4) % faults.length]
}

interface Tally {
  wrong: string[]
  /** Requests that got no answer although a target had one. */
  lost: string[]
  ends: Record<Outcome['end'], number>
  /** Requests that some target would have answered, and those of them that it did. */
  possible: number
  answered: number
}

export const STORM_SCENARIO: Scenario = {
  ids: ['L-08'],
  run: async (bench) => {
    const requests = bench.count(REQUESTS, 200)
    const faults = await readFaults()
    /** What each request met, in the order of its attempts. */
    const met = new Map<number, (StormFault | undefined)[]>()
    const handlerOf =
      (target: string): Handler =>
      (received, count) => {
        const n = Number(/#(\d+);/.exec(received.body.toString('utf8'))?.[1])
        const fault = faultOf(faults, target, n)
        met.set(n, [...(met.get(n) ?? []), fault])
        if (fault === undefined) return fine(received)
        return typeof fault.reply === 'function' ? fault.reply(received, count) : fault.reply
      }
    const upstreams = await Promise.all(
      TARGETS.map(async (name) => ({ name, upstream: await bench.keep(startUpstream(handlerOf(name))) })),
    )
    const sage = await bench.sage(
      gridYaml(
        upstreams.map(({ name, upstream: { url } }) => ({ name, kind: 'openai-compatible', url, extra: PATIENCE })),
      ),
    )
    const tally: Tally = { wrong: [], lost: [], ends: { A: 0, B: 0, C: 0, wrong: 0 }, possible: 0, answered: 0 }
    await inParallel(requests, WIDTH, async (n) => {
      const client = GRID_CLIENTS[n % GRID_CLIENTS.length] ?? GRID_CLIENTS[0]
      if (client === undefined) return
      const body = client.body({ text: `#${n}; what now?` })
      const outcome = judge(client, await exchange(sage.url, { path: client.path, headers: client.headers, body }))
      const isPossible = TARGETS.some((target) => faultOf(faults, target, n) === undefined)
      count(tally, client, outcome, met.get(n) ?? [], isPossible, n)
    })
    const calls = upstreams.reduce((sum, { upstream }) => sum + upstream.requests.length, 0)
    const share = tally.answered / tally.possible
    const isAnswered = share >= ANSWERED || tally.lost.length <= LOST
    const { A, B, C } = tally.ends
    const bugs = sage.log().match(/ bug /g)?.length ?? 0
    return [
      {
        id: 'L-08',
        goal: `${requests} requests of all dialects, ${FAULTY * 100} % of the attempts meet one of ${faults.length} faults`,
        gate: `0 wrong answers; ≥ ${ANSWERED * 100} % answered where a target could; calls ≤ ${CALLS} × requests`,
        measured: `${tally.wrong.length} wrong${tally.wrong.length > 0 ? ` (${tally.wrong[0]})` : ''}, ${bugs} bugs; ${(share * 100).toFixed(2)} % of ${tally.possible} answered${tally.lost.length > 0 ? ` (not ${tally.lost[0]})` : ''}; calls ${(calls / requests).toFixed(3)} × requests; A ${A}, B ${B}, C ${C}`,
        ok: tally.wrong.length + bugs === 0 && isAnswered && calls <= CALLS * requests,
      },
    ]
  },
}

/** Judges one end by what the request met. */
function count(
  tally: Tally,
  client: GridClient,
  outcome: Outcome,
  met: readonly (StormFault | undefined)[],
  isPossible: boolean,
  n: number,
): void {
  tally.ends[outcome.end]++
  const path = met.map((fault) => fault?.id ?? 'fine').join(', ')
  const wrong = (why: string): void => {
    tally.wrong.push(`request ${n}, ${client.name}, met ${path}: ${why}`)
  }
  if (outcome.end === 'wrong') return wrong(describe(outcome))
  const last = met.at(-1)
  const isAnswered = met.length > 0 && last === undefined
  if (isAnswered && outcome.end !== 'A') return wrong(`${describe(outcome)} although it was answered`)
  if (!isAnswered && outcome.end === 'A') return wrong('an answer that no provider gave')
  const mayBeCut = client.stream && last?.ends === 'cut'
  if (outcome.end === 'C' && !mayBeCut) return wrong('cut although no output was begun')
  // Nobody else may be asked any more.
  if (last?.ends === 'refused' || outcome.end === 'C') return
  if (!isPossible) return
  tally.possible++
  if (outcome.end === 'A') tally.answered++
  else tally.lost.push(`request ${n}, ${client.name}, met ${path}: ${describe(outcome)}`)
}
