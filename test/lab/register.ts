import { describe, test } from 'node:test'
import { clientsOf, runCase } from './run-case.ts'
import type { LabCase } from './types.ts'

/** Makes tests of the cases that take no seconds: one for every client of each. */
export function registerCases(cases: readonly LabCase[]): void {
  for (const labCase of cases.filter(({ slow }) => slow === undefined)) {
    describe(`${labCase.id}: ${labCase.fault} → ${labCase.expected}`, () => {
      for (const client of clientsOf(labCase)) {
        test(client.name, async () => {
          await runCase(labCase, client)
        })
      }
    })
  }
}
