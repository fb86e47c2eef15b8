import { clientsOf, runCase } from './run-case.ts'
import type { LabCase } from './types.ts'

/** What came of one case. */
export interface Row {
  id: string
  fault: string
  expected: string
  /** What was seen, of the first client; of the last one that failed when one did. */
  observed: string
  /** Clients it was run for, and how many of them failed. */
  checks: number
  failed: number
  /** How long it took. */
  ms: number
}

/** Runs a case for all its clients. Never rejects. */
export async function runRow(labCase: LabCase): Promise<Row> {
  const row = emptyRow(labCase)
  const started = performance.now()
  for (const client of clientsOf(labCase)) {
    row.checks++
    try {
      const observed = await runCase(labCase, client)
      if (row.failed === 0) row.observed ||= observed
    } catch (error) {
      row.failed++
      row.observed = `FAILED (${client.name}): ${error instanceof Error ? error.message.trim() : String(error)}`
    }
  }
  row.ms = Math.round(performance.now() - started)
  return row
}

/** The row of a case that ended before it could tell anything. */
export function brokenRow(labCase: LabCase, why: string): Row {
  return { ...emptyRow(labCase), checks: 1, failed: 1, observed: `FAILED: ${why}` }
}

export function describeRow({ id, fault, expected, observed, checks, failed, ms }: Row): string {
  const seconds = (ms / 1000).toFixed(1)
  return [
    `${failed === 0 ? 'ok    ' : 'FAILED'} ${id.padEnd(6)} ${fault}`,
    `         expected: ${expected}`,
    `         observed: ${observed.replaceAll('\n', '\n           ')} (${checks} checks, ${seconds} s)`,
    '',
  ].join('\n')
}

function emptyRow({ id, fault, expected }: LabCase): Row {
  return { id, fault, expected, observed: '', checks: 0, failed: 0, ms: 0 }
}
