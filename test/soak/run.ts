// Measures the load goals and prints a table; ends with 1 when a gate is missed.
// With --counts no time is a gate, for a machine that is busy.
// usage: npm run soak [-- [--only L-01,L-08] [--scale 0.1] [--counts] [--json] [--sage <bin/sage.js of another build>]]
import { cpus, loadavg } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { table } from '../../src/output/table.ts'
import { Bench } from './bench.ts'
import { machineTime } from './load.ts'
import { SAGE } from './sage-process.ts'
import { SCENARIOS } from './scenarios/index.ts'
import type { Measure, Scenario } from './types.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    scale: { type: 'string', default: '1' },
    counts: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    sage: { type: 'string', default: SAGE },
  },
})
const scale = Number(values.scale)
const ids = values.only.split(',').filter((id) => id !== '')
const known = SCENARIOS.flatMap((scenario) => scenario.ids)
const unknown = ids.filter((id) => !known.includes(id))
if (!(scale > 0) || unknown.length > 0) {
  process.stderr.write(`--scale is a number over 0; --only takes ${known.join(', ')}\n`)
  process.exit(2)
}

interface Row extends Measure {
  /** Seconds that its scenario took. */
  seconds: number
  /** Load of the machine over the last minute, at its end. */
  load: number
}

const rows: Row[] = []
for (const scenario of SCENARIOS.filter((one) => ids.length === 0 || one.ids.some((id) => ids.includes(id)))) {
  const started = machineTime()
  const measures = await measure(scenario)
  const seconds = (machineTime() - started) / 1000
  const load = loadavg()[0] ?? 0
  for (const one of measures) rows.push({ ...one, seconds, load })
  if (!values.json) process.stderr.write(`${scenario.ids.join(', ')}: ${seconds.toFixed(1)} s\n`)
}
const missed = rows.filter(({ ok }) => !ok)
process.stdout.write(values.json ? asJson() : asTable())
process.exit(rows.length > 0 && missed.length === 0 ? 0 : 1)

async function measure(scenario: Scenario): Promise<Measure[]> {
  const bench = new Bench(scale, values.sage, !values.counts)
  try {
    const shortage = filesMissing(scenario)
    if (shortage !== undefined) throw new Error(shortage)
    return await scenario.run(bench)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return scenario.ids.map((id) => ({ id, goal: 'to be measured', gate: 'a figure', measured: why, ok: false }))
  } finally {
    await bench.close()
  }
}

/** Why a scenario cannot open as many files as it needs. Node itself raises the soft limit to the hard one. */
function filesMissing({ openFiles = 0 }: Scenario): string | undefined {
  const report = process.report.getReport() as { userLimits?: { open_files?: { hard?: number | string } } }
  const hard = Number(report.userLimits?.open_files?.hard ?? Infinity)
  const needed = Math.ceil(openFiles * scale)
  return hard < needed
    ? `needs ${needed} open files, ${hard} are allowed: raise "ulimit -Hn", or take a smaller --scale`
    : undefined
}

function asTable(): string {
  const lines = rows.map(({ id, goal, gate, measured, ok, seconds, load }) => [
    id,
    ok ? (gate === undefined ? 'told' : 'ok') : 'MISSED',
    seconds.toFixed(1),
    load.toFixed(1),
    [`${goal}: ${gate ?? 'no gate'}`, `→ ${measured}`].join('\n'),
  ])
  const head = ['id', 'result', 's', 'load', 'goal: gate → measured']
  const text = table(lines, {
    head,
    align: ['left', 'left', 'right', 'right', 'left'],
    width: process.stdout.columns ?? 200,
  })
  const sum = `${rows.length - missed.length} of ${rows.length} hold; ${machine()}, scale ${scale}`
  return `${text}\n\n${sum}\n`
}

function asJson(): string {
  return `${JSON.stringify({ version: 1, machine: machine(), scale, measures: rows }, null, 2)}\n`
}

function machine(): string {
  return `${cpus().length} cores, Node ${process.versions.node}, ${process.platform}`
}
