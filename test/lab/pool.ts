// Runs cases in a few processes at once: many of them only wait.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { programArgs } from '../helpers/program.ts'
import { brokenRow } from './rows.ts'
import type { Row } from './rows.ts'
import { LAB_CASES } from './table.ts'
import type { LabCase } from './types.ts'

const WORKER = join(import.meta.dirname, 'worker.ts')
/** A case that takes longer than this has hung. In ms. */
const CASE_TIMEOUT = 1_800_000

/** Runs the cases in so many processes, the long ones first; `onRow` hears of each in the order given. */
export async function runPool(cases: readonly LabCase[], processes: number, onRow: (row: Row) => void): Promise<Row[]> {
  const rows: Row[] = []
  let told = 0
  const queue = cases.map((labCase, at) => ({ labCase, at })).toSorted((a, b) => rank(a.labCase) - rank(b.labCase))
  const work = async (): Promise<void> => {
    let worker: ChildProcess | undefined
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      worker = worker?.connected === true ? worker : startWorker()
      rows[next.at] = await runIn(worker, next.labCase)
      for (let row = rows[told]; row !== undefined; row = rows[++told]) onRow(row)
    }
    if (worker?.connected === true) worker.disconnect()
  }
  await Promise.all(Array.from({ length: processes }, work))
  return rows
}

/** The longest are begun first. */
function rank({ slow }: LabCase): number {
  if (slow === 'minute') return 0
  return slow === true ? 1 : 2
}

function startWorker(): ChildProcess {
  return spawn(process.execPath, ['--expose-gc', '--enable-source-maps', ...programArgs(WORKER)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

/** A worker that ends or hangs fails its case; the next case gets another worker. */
function runIn(worker: ChildProcess, labCase: LabCase): Promise<Row> {
  return new Promise((resolve) => {
    const onExit = (code: number | null, signal: string | null): void =>
      done(brokenRow(labCase, `its process ended with ${code ?? signal}`))
    const timer = setTimeout(() => {
      worker.disconnect()
      worker.kill('SIGKILL')
      done(brokenRow(labCase, `not done in ${CASE_TIMEOUT / 1000} s`))
    }, CASE_TIMEOUT)
    const done = (row: Row): void => {
      clearTimeout(timer)
      worker.off('exit', onExit).off('message', done)
      resolve(row)
    }
    worker.once('exit', onExit).once('message', done)
    worker.send(LAB_CASES.indexOf(labCase))
  })
}
