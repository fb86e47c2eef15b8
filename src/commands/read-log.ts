import { resolve } from 'node:path'
import { UsageError } from '../diagnostics/errors.ts'
import type { Context } from './context.ts'
import { readDecisionLog } from './read-decision-log.ts'
import type { LoggedDecision } from './read-decision-log.ts'
import { writeWarnings } from './write-warnings.ts'

/** The decisions that are asked for. Throws `UsageError` when an id is not there. */
export async function* readLog(
  context: Context,
  { log, id }: { log: string; id?: string },
): AsyncGenerator<LoggedDecision> {
  let found = false
  for await (const logged of readDecisionLog(resolve(context.cwd, log), (message) =>
    writeWarnings(context, [message]),
  )) {
    if (id !== undefined && logged.line.id !== id) continue
    found = true
    yield logged
  }
  if (!found && id !== undefined) {
    throw new UsageError(`${log} has no decision ${id}`, 'ids are in the header x-sage-decision-id and in the log')
  }
}
