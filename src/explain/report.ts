import type { Place } from './cases/case.ts'
import type { Coverage } from './coverage.ts'
import type { Diff } from './diff/diff.ts'
import type { Explained } from './explained.ts'
import type { Flip } from './flip.ts'
import type { Proof } from './prove.ts'
import type { Simulation } from './timeline.ts'

/** One explained request, and how it did. */
export interface Result extends Explained {
  /** Where its case stands; absent for a prompt of the command line. */
  place?: Place
  /** What was expected and does not hold; absent when nothing was expected. */
  failures?: string[]
  /** Small changes that would send it elsewhere, nearest first; absent when nobody looked for them. */
  flips?: Flip[]
  /** What would come of it if providers failed; absent when nothing was assumed of them. */
  simulation?: Simulation
}

/** All that one run of `sage explain` has to say; every view shows the same. */
export interface Report {
  /** The profile that decides. */
  profile: string
  /** All requests, in the order given; only those with an expectation when there is a diff. */
  results: Result[]
  /** Requests that were decided. */
  count: number
  diff?: Diff
  coverage?: Coverage
  proof?: Proof
}

/** Whether anything that was demanded does not hold: a request that is simulated is to be answered. */
export function hasFailed({ results, coverage, proof }: Report): boolean {
  return (
    results.some(({ failures = [] }) => failures.length > 0) ||
    results.some(({ simulation }) => simulation !== undefined && simulation.ending !== 'complete') ||
    coverage?.isEnough === false ||
    (proof?.claims.some(({ offenders }) => offenders.length > 0) ?? false)
  )
}
