import { UsageError } from '../diagnostics/errors.ts'
import { explainJson } from '../explain/json.ts'
import type { Result } from '../explain/report.ts'
import { readSimulation } from '../explain/simulate.ts'
import type { Assumption } from '../explain/simulate.ts'
import { explainText } from '../explain/text.ts'
import { timelineBlocks, timelineText } from '../explain/timeline.ts'
import { decisionBlocks } from '../explain/views/decision-blocks.ts'
import { simulationView } from '../explain/views/simulation-json.ts'
import { jsonText } from '../output/json.ts'
import type { World } from '../policy/types.ts'
import type { Context } from './context.ts'
import type { ExplainFormat } from './explain-options.ts'
import { NO, OK } from './exit-codes.ts'
import type { Workspace } from './load-workspace.ts'
import { colorOf, widthOf } from './output-options.ts'
import { renderBlocks } from './render-blocks.ts'
import { simulate } from './simulate-attempts.ts'

/** `sage explain --simulate`: the decision, and what would come of it. Exit code 1 when nobody would answer. */
export async function explainSimulation(
  context: Context,
  { profile, catalog, providers }: Pick<Workspace, 'profile' | 'catalog' | 'providers'>,
  result: Result,
  world: World,
  text: string,
  format: ExplainFormat,
): Promise<number> {
  const assumed = assumedBy(text, { profile, catalog })
  const { facts, decision } = result
  const simulation = await simulate({ profile, facts, world, decision }, providers, assumed)
  if (format === 'json')
    context.stdout.write(jsonText({ ...explainJson([result]), simulation: simulationView(simulation) }))
  else if (format === 'text') {
    const view = { color: colorOf(context, 'stdout'), width: widthOf(context, 'stdout') }
    context.stdout.write(`${explainText(result, view)}\n${timelineText(simulation, view.width)}`)
  } else {
    const blocks = [...decisionBlocks(result), ...timelineBlocks(simulation)]
    context.stdout.write(renderBlocks(blocks, format, 'sage explain --simulate'))
  }
  return simulation.ending === 'complete' ? OK : NO
}

/** What `--simulate` assumes. Throws `UsageError`. */
export function assumedBy(text: string, { profile, catalog }: Pick<Workspace, 'profile' | 'catalog'>): Assumption[] {
  const assumed = readSimulation(text, profile, catalog)
  if (!Array.isArray(assumed)) throw new UsageError(`--simulate: ${assumed.problem}`, assumed.hint)
  return assumed
}

/** How a request goes when providers fail so, each one as if it were the first. One that is refused goes nowhere. */
export function simulator(
  { profile, providers }: Pick<Workspace, 'profile' | 'providers'>,
  assumed: Assumption[],
): (result: Result, world: World) => Promise<Result> {
  return async (result, world) => {
    const { facts, decision } = result
    if (decision.error !== undefined) return result
    return { ...result, simulation: await simulate({ profile, facts, world, decision }, providers, assumed) }
  }
}
