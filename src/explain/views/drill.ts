// What comes of many requests when providers fail as it was assumed: a line for each.
import { printable } from '../../output/printable.ts'
import type { Result } from '../report.ts'
import type { Simulation } from '../timeline.ts'
import type { Block, Text } from './blocks.ts'
import { code, strong } from './blocks.ts'
import { counted, firstName } from './words.ts'

/** Lines of a report; a comment on a pull request holds 65,536 characters. */
const MOST_LINES = 200

export const DRILL_HEAD: readonly string[] = ['request', 'first', 'comes to', 'calls', 'after']

/** A result whose request was simulated. */
type Drilled = Result & { simulation: Simulation }

export function drilled(results: readonly Result[]): Drilled[] {
  return results.filter((result): result is Drilled => result.simulation !== undefined)
}

/** Plain cells in the order of `DRILL_HEAD`. */
export function drillRow({ id, decision, simulation }: Drilled): string[] {
  return [id, firstName(decision), endName(simulation), String(simulation.attempts.length), `${simulation.ms} ms`]
}

/** Who answers, or what the client gets instead. */
export function endName({ ending, target, status, code: error }: Simulation): string {
  if (ending === 'complete') return target ?? ''
  return ending === 'cut' ? 'CUT: an error in the stream' : `NOT ANSWERED: ${[status, error].filter(Boolean).join(' ')}`
}

/** `anthropic=429: 12 of 14 requests are answered`, and what that took. */
export function drillSum(results: readonly Drilled[]): string {
  const answered = results.filter(({ simulation }) => simulation.ending === 'complete').length
  const calls = results.reduce((sum, { simulation }) => sum + simulation.attempts.length, 0)
  const assumed = results[0]?.simulation.assumed.map(({ name, behaviour }) => `${name}=${behaviour}`).join(',') ?? ''
  return `${assumed}: ${answered} of ${counted(results.length, 'request')} answered, ${counted(calls, 'call')}`
}

/** For review: those that nobody answers come first. */
export function drillBlocks(results: readonly Result[]): Block[] {
  const all = drilled(results)
  if (all.length === 0) return []
  const inOrder = all.toSorted((a, b) => Number(isAnswered(a)) - Number(isAnswered(b)))
  const rows = inOrder.slice(0, MOST_LINES).map((result): Text[] => {
    const [id = '', first = '', end = '', calls = '', ms = ''] = drillRow(result)
    return [code(id), code(first), isAnswered(result) ? code(end) : strong(end), calls, ms]
  })
  const left = all.length - rows.length
  return [
    { kind: 'heading', level: 2, text: 'Simulated' },
    { kind: 'paragraph', text: drillSum(all) },
    { kind: 'table', head: [...DRILL_HEAD], rows },
    ...(left > 0 ? [{ kind: 'paragraph', text: `… and ${left} more` } as const] : []),
  ]
}

/** For a terminal, in the order of the requests. */
export function drillRows(results: readonly Drilled[]): string[][] {
  return results.map((result) => drillRow(result).map(printable))
}

function isAnswered({ simulation }: Drilled): boolean {
  return simulation.ending === 'complete'
}
