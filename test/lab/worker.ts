// Runs the cases whose places in the table it is sent, one at a time, and sends their rows back.
import process from 'node:process'
import { runRow } from './rows.ts'
import { LAB_CASES } from './table.ts'

process.on('message', (at: number) => {
  const labCase = LAB_CASES[at]
  if (labCase === undefined) throw new RangeError(`no case ${at}`)
  void runRow(labCase).then((row) => process.send?.(row))
})
// Cases leave timers behind on purpose (clients that never finish): their work is done.
process.on('disconnect', () => process.exit())
