// How often a property is tried: quickly in every test run, fully with SAGE_RUNS=full.
import process from 'node:process'
import { SEED } from './seed.ts'

export interface Runs {
  numRuns: number
  seed: number
  includeErrorInReport: true
}

/**
 * Parameters of `fc.assert` for the property of this id. The seed is written out first, so that a run that hangs or
 * crashes can be repeated; `SAGE_SEED` sets it.
 */
export function runsOf(id: string, quick: number, full: number): Runs {
  const { SAGE_RUNS } = process.env
  const numRuns = SAGE_RUNS === 'full' ? full : quick
  process.stdout.write(`${id}: ${numRuns} runs, SAGE_SEED=${SEED}\n`)
  return { numRuns, seed: SEED, includeErrorInReport: true }
}
