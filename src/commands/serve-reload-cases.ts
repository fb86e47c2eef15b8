import { statSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Diagnostic } from '../diagnostics/diagnostic.ts'
import { SageError } from '../diagnostics/errors.ts'
import { checkExpectation } from '../explain/cases/check-expectation.ts'
import type { State } from '../explain/state.ts'
import { decideIn } from '../explain/state.ts'
import { EMPTY_HEALTH } from '../health/types.ts'
import type { Context } from './context.ts'
import { findCases } from './explain-cases.ts'
import { askCases } from './explain-question.ts'
import type { AskedCase } from './explain-question.ts'
import type { Workspace } from './load-workspace.ts'

/** Cases decided in one turn of the event loop: a server that checks a new profile goes on serving the old one. */
const AT_ONCE = 20

/** Where the profile's own cases are; undefined when it names none. */
export function casesPath({ profile, written }: Workspace): string | undefined {
  const { cases } = profile.serve
  return cases === undefined || written === undefined ? undefined : resolve(written.directory, cases)
}

/**
 * Decides the cases that the profile names, as if every provider had its key: they judge the profile, not the machine.
 * Throws SAGE2005 when one does not hold, SAGE2001 to SAGE2004 when the file has a mistake and SAGE4004 when it cannot be
 * read, all with exit code 2.
 */
export async function checkOwnCases(context: Context, workspace: Workspace): Promise<void> {
  const path = casesPath(workspace)
  if (path === undefined) return
  const { profile, catalog } = workspace
  refusePipe(path)
  const { cases, diagnostics } = await findCases(context, [relative(context.cwd, path)])
  const state: State = { profile, catalog, health: EMPTY_HEALTH }
  const mistakes: Diagnostic[] = [...diagnostics]
  // All of them at once: a mistake in the last one is told before the first is decided.
  const asked = [...askCases(context, state, cases, { headers: {}, now: 0, seed: 0 }, mistakes)]
  const [mistake] = mistakes
  if (mistake !== undefined) throw fromMistake(mistake, mistakes.length)
  const failed: string[] = []
  for (const [at, one] of asked.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await nextTurn()
    const failures = failuresOf(state, one)
    if (failures.length > 0) failed.push(`${nameOf(one)}: ${failures.join('; ')}`)
  }
  if (failed.length === 0) return
  throw new SageError('SAGE2005', `${failed[0]}${more(failed.length)}`, { exitCode: 2 })
}

/** Reading from a pipe would wait for its writer, and everybody with it. What else is wrong with the file is told by its reader. */
function refusePipe(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined || stats.isFile() || stats.isDirectory()) return
  throw new SageError('SAGE4004', `${path} is neither a file nor a folder`, { exitCode: 2 })
}

function failuresOf(state: State, { question, expect }: AskedCase): string[] {
  if (expect === undefined) return []
  return checkExpectation(expect, { decision: decideIn(state, question), catalog: state.catalog })
}

function nameOf({ id, place }: AskedCase): string {
  return place === undefined ? `case ${id}` : `${place.file}:${place.line}: case ${id}`
}

function fromMistake({ code, file, line, message, hint }: Diagnostic, count: number): SageError {
  const options = { exitCode: 2, ...(hint === undefined ? {} : { hint }) }
  return new SageError(code, `${file}:${line}: ${message}${more(count)}`, options)
}

function more(count: number): string {
  return count === 1 ? '' : ` (and ${count - 1} more)`
}
