import { explainText } from '../explain/text.ts'
import { EMPTY_HEALTH } from '../health/types.ts'
import { painter } from '../output/color.ts'
import { parseProfile } from '../profile/parse.ts'
import { startServer } from '../server/start.ts'
import type { RunningServer } from '../server/start.ts'
import type { Context } from './context.ts'
import { FAILED, OK } from './exit-codes.ts'
import { explainFacts, readFacts } from './explain-request.ts'
import { buildWorkspace } from './load-workspace.ts'
import type { Workspace } from './load-workspace.ts'
import { colorOf, widthOf } from './output-options.ts'
import { tourProfile } from './tour/profile.ts'
import { startTourProviders } from './tour/providers.ts'
import { TOUR } from './tour/steps.ts'
import type { TourStep } from './tour/steps.ts'
import { visit } from './tour/visit.ts'

/** `sage demo`: a ten-second tour over real HTTP on loopback. Exit code 0 when every answer was as it must be. */
export async function runDemo(context: Context): Promise<number> {
  const providers = await startTourProviders()
  const workspace = await tourWorkspace(context, tourProfile(providers.urls))
  const server = await start(context, workspace)
  const paint = painter(colorOf(context, 'stdout'))
  let faults = 0
  try {
    context.stdout.write(`sage is listening on ${server.url}, in front of three simulated providers.\n`)
    for (const [index, step] of TOUR.entries()) {
      const { headers, text, faults: found } = await visit(server.url, step)
      faults += found.length
      context.stdout.write(
        [
          `\n${paint.bold(`${index + 1}. ${step.title}`)}: ${step.lesson}.`,
          `   model ${paint.cyan(String(headers['x-sage-model']))}, intent ${String(headers['x-sage-intent'])}, ` +
            `rule ${String(headers['x-sage-rule'])}, attempts ${String(headers['x-sage-attempts'])}`,
          ...text.split('\n').map((line) => (line === '' ? '' : paint.dim(`   | ${line}`))),
          ...found.map((fault) => paint.red(`   unexpected: ${fault}`)),
          '',
        ]
          .filter((line, at, lines) => line !== '' || at === lines.length - 1)
          .join('\n'),
      )
    }
    context.stdout.write(`\n${paint.bold('Why each went where')} (what \`sage explain\` prints):\n`)
    for (const step of TOUR) context.stdout.write(`\n${explain(context, workspace, step)}`)
    context.stdout.write(faults === 0 ? '\nThe tour went as it should. Next: npm start, or sage serve\n' : '')
  } finally {
    await server.close()
    providers.close()
  }
  return faults === 0 ? OK : FAILED
}

function explain(context: Context, workspace: Workspace, step: TourStep): string {
  const body = Buffer.from(JSON.stringify(step.body))
  const facts = readFacts({ body, dialect: 'openai-chat' }, { headers: {} })
  const world = { catalog: workspace.catalog, health: EMPTY_HEALTH, now: 0, seed: 0 }
  const view = { color: colorOf(context, 'stdout'), width: widthOf(context, 'stdout') }
  return explainText(explainFacts(workspace.profile, facts, world), view)
}

async function tourWorkspace(context: Context, text: string): Promise<Workspace> {
  const { profile, diagnostics } = parseProfile(text, '(tour)')
  if (profile === undefined) throw new Error(`the tour's profile is broken: ${JSON.stringify(diagnostics)}`)
  return buildWorkspace(context, profile)
}

function start(context: Context, { profile, providers, catalog }: Workspace): Promise<RunningServer> {
  return startServer({
    profile,
    providers,
    catalog,
    host: '127.0.0.1',
    port: 0,
    log: () => {},
    clock: { mono: () => context.mono(), wall: () => context.now() },
    random: () => context.random(),
    version: context.version,
  })
}
