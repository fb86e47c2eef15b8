// Runs the numbered faults and prints what was expected and what was seen of each.
// With SAGE_AGAIN set, a few cases that failed are run once more, alone, and named as flaky if they pass.
// usage: npm run test:faults [-- [--fast | --slow] [--json] [id part ...]]
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { runPool } from './pool.ts'
import { describeRow } from './rows.ts'
import type { Row } from './rows.ts'
import { LAB_CASES } from './table.ts'

const args = process.argv.slice(2)
const isJson = args.includes('--json')
const parts = args.filter((arg) => !arg.startsWith('--'))
const chosen = LAB_CASES.filter(({ id }) => parts.length === 0 || parts.some((part) => id.startsWith(part)))
  .filter(({ slow }) => slow === undefined || !args.includes('--fast'))
  .filter(({ slow }) => slow !== undefined || !args.includes('--slow'))

/** More cases than this do not fail by chance. */
const MOST_FLAKY = 3

// Success has to be reported: whatever ends the run early is a failure.
process.exitCode = 1
const tell = (row: Row): void => {
  if (!isJson) process.stdout.write(describeRow(row))
}
// One more than there are cores, for those that wait.
const first = await runPool(chosen, availableParallelism() + 1, tell)
const isFailed = ({ id }: { id: string }): boolean => first.some((row) => row.id === id && row.failed > 0)
const doubtful = chosen.filter(isFailed)
const isAgain = process.env['SAGE_AGAIN'] !== undefined && doubtful.length > 0 && doubtful.length <= MOST_FLAKY
const again = isAgain ? await runPool(doubtful, 1, tell) : []
const rows = first.map((row) => again.find(({ id }) => id === row.id) ?? row)
for (const { id, failed } of again)
  if (failed === 0) process.stderr.write(`FLAKY: ${id} failed at first and passed alone\n`)
const checks = rows.reduce((sum, row) => sum + row.checks, 0)
const failed = rows.filter((row) => row.failed > 0)
const names = failed.length === 0 ? '' : `: ${failed.map(({ id }) => id).join(', ')}`
if (isJson) process.stdout.write(`${JSON.stringify({ version: 1, cases: rows }, null, 2)}\n`)
else process.stdout.write(`\n${rows.length} cases, ${checks} checks, ${failed.length} cases failed${names}\n`)
if (rows.length > 0 && failed.length === 0) process.exitCode = 0
