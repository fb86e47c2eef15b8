import type { State } from '../explain/state.ts'
import { decideIn, worldOf } from '../explain/state.ts'
import { findFlips } from '../explain/flip.ts'
import type { Invocation } from './command-spec.ts'
import type { Context } from './context.ts'
import { NO, OK, USAGE } from './exit-codes.ts'
import { checkConflicts } from './explain-conflicts.ts'
import { findInput } from './explain-input.ts'
import type { ExplainOptions } from './explain-options.ts'
import { formatOf, isBatch } from './explain-options.ts'
import { writeReport } from './explain-output.ts'
import { askFacts } from './explain-question.ts'
import { readFacts } from './explain-request.ts'
import { readDefaults } from './explain-world.ts'
import { loadWorkspace } from './load-workspace.ts'
import { BUILT_IN } from './open-profile.ts'
import { writeWarnings } from './write-warnings.ts'

/** `sage explain`: decides as the server would, sends nothing, shows why. Exit code 1 when there is no target. */
export async function runExplain(context: Context, { options, args, showHelp }: Invocation): Promise<number> {
  const given: ExplainOptions = options
  checkConflicts(given, args)
  const { log } = given
  if (log !== undefined) return (await import('./explain-log.ts')).runExplainLog(context, { ...given, log })
  if (isBatch(given)) return (await import('./explain-batch.ts')).runExplainBatch(context, given, args)
  const input = await findInput(context, args, given)
  if (input === undefined) {
    showHelp('stderr', 'explain')
    return USAGE
  }
  const assumeKeys = given.assumeKeys === true
  const workspace = await loadWorkspace(context, { profile: given.profile, assumeKeys })
  const { profile, catalog, health, origin, warnings } = workspace
  const format = formatOf(given)
  if (format !== 'json' && profile.file === BUILT_IN) context.stderr.write(`profile: ${origin}\n`)
  writeWarnings(context, warnings)
  const state: State = { profile, catalog, health }
  const defaults = readDefaults(context, given, profile)
  const facts = readFacts(input, { headers: defaults.headers, model: given.model })
  const { id, question } = askFacts(state, facts, {}, defaults)
  const decision = decideIn(state, question)
  if (given.simulate !== undefined) {
    const { explainSimulation } = await import('./explain-simulate.ts')
    const result = { id, facts, decision }
    return explainSimulation(context, workspace, result, worldOf(state, question), given.simulate, format)
  }
  const flips = findFlips(state, question, decision)
  await writeReport(context, { profile: profile.file, results: [{ id, facts, decision, flips }], count: 1 }, format)
  return decision.error === undefined ? OK : NO
}
