import { printable } from '../output/printable.ts'
import { table } from '../output/table.ts'
import type { Assumption } from './simulate.ts'
import type { Block } from './views/blocks.ts'
import { code } from './views/blocks.ts'

/** One simulated call to a provider. Times in ms from the request on. */
export interface SimulatedAttempt {
  at: number
  provider: string
  model: string
  /** Reference of the key, where the provider has several. */
  key?: string
  /** `ok`, `cut` or the kind of the error. */
  outcome: string
  /** HTTP status; 0 when there was none. */
  status: number
  ms: number
  /** What comes of it. */
  next: 'answers' | 'next key' | 'again' | 'next' | 'next for the rest' | 'larger context only' | 'ends'
  /** Before `again`, in ms. */
  wait?: number
  /** Whether it counts towards `max_attempts`. */
  counts: boolean
}

/** How a request would go if the providers behaved as assumed. */
export interface Simulation {
  assumed: Assumption[]
  attempts: SimulatedAttempt[]
  /** `provider/model` of the chain that were not called. */
  untried: string[]
  ending: 'complete' | 'cut' | 'refused'
  /** `provider/model` that answers. */
  target?: string
  /** Status that the client gets, and the code of its error. */
  status: number
  code?: string
  /** Until the answer begins, or the rest of one that broke off, or the error is sent. */
  ms: number
  maxAttempts: number
  /** What rests afterwards, and for how long; null is until something changes. */
  after: { name: string; reason: string; ms: number | null }[]
}

/** A line for each call, then how it ends. */
export function timelineText(simulation: Simulation, width: number): string {
  const rows = simulation.attempts.map((attempt) => [`t=${attempt.at}ms`, ...cells(attempt)].map(printable))
  const options = { head: ['simulated', 'target', 'comes to', 'then'], width, indent: '  ' }
  const lines = [endOf(simulation), ...afterwards(simulation)].map((line) => `  ${printable(line)}`)
  return [...(rows.length === 0 ? [] : [table(rows, options)]), ...lines, ''].join('\n')
}

export function timelineBlocks(simulation: Simulation): Block[] {
  const rows = simulation.attempts.map((attempt) => {
    const [target = '', outcome = '', next = ''] = cells(attempt)
    return [`${attempt.at} ms`, code(target), outcome, next]
  })
  const calls: Block[] = rows.length === 0 ? [] : [{ kind: 'table', head: ['at', 'target', 'comes to', 'then'], rows }]
  return [
    { kind: 'heading', level: 3, text: 'Simulated' },
    { kind: 'paragraph', text: ['assumed: ', code(simulation.assumed.map(nameOf).join(','))] },
    ...calls,
    { kind: 'list', items: [endOf(simulation), ...afterwards(simulation)] },
  ]
}

function cells({ provider, model, key, outcome, status, ms, next, wait, counts }: SimulatedAttempt): string[] {
  const what = status === 0 || status === 200 ? outcome : `${status} ${outcome}`
  const name = `${provider}/${model}${key === undefined ? '' : ` with ${key}`}`
  return [
    name,
    `${what} after ${ms}ms${counts ? '' : ', not counted'}`,
    wait === undefined ? next : `${next} after ${wait}ms`,
  ]
}

function endOf({ ending, target, status, code: error, ms, attempts, maxAttempts, untried }: Simulation): string {
  const counted = attempts.filter(({ counts }) => counts).length
  const budget = `${counted} of ${maxAttempts} attempts`
  const isRescued = attempts.some(({ next }) => next === 'next for the rest')
  const left = untried.length === 0 ? '' : `; not called: ${untried.join(', ')}`
  switch (ending) {
    case 'complete':
      return `t=${ms}ms ${target ?? ''} ${isRescued ? 'writes the rest' : 'answers'} (${budget})`
    case 'cut':
      return `t=${ms}ms the answer has begun and breaks off: the client gets an error in its stream${left}`
    case 'refused':
      return `t=${ms}ms the client gets ${status} ${error ?? ''} (${budget})${left}`
  }
}

function afterwards({ after }: Simulation): string[] {
  return after.map(({ name, reason, ms }) => {
    const time = ms === null ? 'until something changes' : `for ${Math.ceil(ms / 1000)} s`
    return `afterwards ${name} rests ${time}: ${reason}`
  })
}

function nameOf({ name, behaviour }: Assumption): string {
  return `${name}=${behaviour}`
}
