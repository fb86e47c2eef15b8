import type { Case, Place } from './case.ts'
import type { Expectation } from './expectation.ts'

/** Members whose list may be empty; then there is nothing that could fail. */
const LISTS: readonly (keyof Expectation)[] = ['chain', 'not', 'dropped']

/**
 * What is right as it is written and yet hardly what its author meant, a sentence each: an expectation that holds of
 * every decision, and an id that two cases have.
 */
export function doubtsOf(cases: readonly Case[]): string[] {
  const doubts: string[] = []
  const known = new Map<string, Place>()
  for (const { id, place, expect } of cases) {
    const name = id === '' ? 'this case' : `case ${id}`
    if (expect !== undefined) doubts.push(...vacuous(expect).map((what) => `${at(place)}: ${name}: ${what}`))
    const other = id === '' ? undefined : known.get(id)
    if (other === undefined) known.set(id, place)
    else doubts.push(`${at(place)}: ${name}: another one at ${at(other)} has that id, no report can tell them apart`)
  }
  return doubts
}

function vacuous(expect: Expectation): string[] {
  if (Object.keys(expect).length === 0) return ['`expect` is empty and holds of every decision']
  const empty = LISTS.filter((key) => (expect[key] as unknown[] | undefined)?.length === 0)
  return empty.map((key) => `\`expect.${key}\` is empty and holds of every decision`)
}

function at({ file, line }: Place): string {
  return `${file}:${line}`
}
