// Runs the numbered faults and prints what was expected and what was seen of each.
// usage: npm run test:faults [-- [--fast | --slow] [--json] [id part ...]]
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { runPool } from './pool.ts'
import { describeRow } from './rows.ts'
import { LAB_CASES } from './table.ts'

const args = process.argv.slice(2)
const isJson = args.includes('--json')
const parts = args.filter((arg) => !arg.startsWith('--'))
const chosen = LAB_CASES.filter(({ id }) => parts.length === 0 || parts.some((part) => id.startsWith(part)))
  .filter(({ slow }) => slow === undefined || !args.includes('--fast'))
  .filter(({ slow }) => slow !== undefined || !args.includes('--slow'))

// Success has to be reported: whatever ends the run early is a failure.
process.exitCode = 1
// One more than there are cores, for those that wait.
const rows = await runPool(chosen, availableParallelism() + 1, (row) => {
  if (!isJson) process.stdout.write(describeRow(row))
})
const checks = rows.reduce((sum, row) => sum + row.checks, 0)
const failed = rows.filter((row) => row.failed > 0)
const names = failed.length === 0 ? '' : `: ${failed.map(({ id }) => id).join(', ')}`
if (isJson) process.stdout.write(`${JSON.stringify({ version: 1, cases: rows }, null, 2)}\n`)
else process.stdout.write(`\n${rows.length} cases, ${checks} checks, ${failed.length} cases failed${names}\n`)
if (rows.length > 0 && failed.length === 0) process.exitCode = 0
