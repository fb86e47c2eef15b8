import { undoLast } from '../init/undo.ts'
import { UsageError } from '../diagnostics/errors.ts'
import { stateFolder } from '../init/record.ts'
import { jsonText } from '../output/json.ts'
import { printable } from '../output/printable.ts'
import type { Context } from './context.ts'
import { NO, OK } from './exit-codes.ts'
import type { InitOptions } from './init-options.ts'

const WORDS = {
  removed: 'removed',
  restored: 'restored',
  same: 'has its old text already:',
  left: 'left as it is, for it was changed since:',
} as const

/** `sage init --undo`: takes back what the last run wrote. Exit code 1 when it left a file that was changed since. */
export async function undoInit(context: Context, { dryRun = false, json }: InitOptions): Promise<number> {
  const undone = await undoLast(stateFolder(context), dryRun)
  if (undone === undefined) throw new UsageError('there is nothing to undo', 'sage init has written nothing yet')
  if (json === true) context.stdout.write(jsonText({ version: 1, dry_run: dryRun, undone }))
  else {
    if (dryRun) context.stdout.write('this is what would be done:\n')
    for (const { path, result } of undone) context.stdout.write(`${WORDS[result]} ${printable(path)}\n`)
  }
  return undone.some(({ result }) => result === 'left') ? NO : OK
}
