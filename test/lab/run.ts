// Runs the numbered faults and prints what was expected and what was seen of each.
// usage: npm run test:faults [-- [--fast] [--json] [id part ...]]
import process from 'node:process'
import { clientsOf, runCase } from './run-case.ts'
import { LAB_CASES } from './table.ts'

interface Row {
  id: string
  fault: string
  expected: string
  observed: string
  checks: number
  failed: number
}

const args = process.argv.slice(2)
const parts = args.filter((arg) => !arg.startsWith('--'))
const chosen = LAB_CASES.filter(({ id }) => parts.length === 0 || parts.some((part) => id.startsWith(part))).filter(
  ({ slow }) => slow !== true || !args.includes('--fast'),
)
const rows: Row[] = []
for (const labCase of chosen) {
  const { id, fault, expected } = labCase
  const row: Row = { id, fault, expected, observed: '', checks: 0, failed: 0 }
  for (const client of clientsOf(labCase)) {
    row.checks++
    try {
      row.observed ||= await runCase(labCase, client)
    } catch (error) {
      row.failed++
      const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
      row.observed = `FAILED (${client.name}): ${why}`
    }
  }
  rows.push(row)
  if (!args.includes('--json')) {
    process.stdout.write(
      `${row.failed === 0 ? 'ok    ' : 'FAILED'} ${id.padEnd(6)} ${fault}\n         expected: ${expected}\n         observed: ${row.observed} (${row.checks} checks)\n`,
    )
  }
}
const checks = rows.reduce((sum, row) => sum + row.checks, 0)
const failed = rows.filter((row) => row.failed > 0)
if (args.includes('--json')) process.stdout.write(`${JSON.stringify({ version: 1, cases: rows }, null, 2)}\n`)
else process.stdout.write(`\n${rows.length} cases, ${checks} checks, ${failed.length} cases failed\n`)
// Cases leave timers behind on purpose (clients that never finish): their work is done.
process.exit(rows.length > 0 && failed.length === 0 ? 0 : 1)
