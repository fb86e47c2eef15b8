// The seed of what tests choose by chance. Every test file that uses fast-check begins with this.
import process from 'node:process'
import fc from 'fast-check'

const { SAGE_SEED } = process.env

/** `SAGE_SEED`, or another one in each process. A property that fails tells the seed it failed with. */
export const SEED: number = SAGE_SEED === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(SAGE_SEED)

fc.configureGlobal({ seed: SEED })
