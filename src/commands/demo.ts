import { explainText } from '../explain/text.ts'
import { EMPTY_HEALTH } from '../health/types.ts'
import { painter } from '../output/color.ts'
import { jsonText } from '../output/json.ts'
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
import type { Visit } from './tour/visit.ts'

/** `sage demo`: a ten-second tour over real HTTP on loopback. Exit code 0 when every answer was as it must be. */
export async function runDemo(context: Context, options: { json?: boolean } = {}): Promise<number> {
  const providers = await startTourProviders()
  const workspace = await tourWorkspace(context, tourProfile(providers.urls))
  const server = await start(context, workspace)
  const isJson = options.json === true
  const stops: Stop[] = []
  try {
    if (!isJson) context.stdout.write(`sage is listening on ${server.url}, in front of three simulated providers.\n`)
    for (const step of TOUR) {
      const stop = { step, visit: await visit(server.url, step) }
      stops.push(stop)
      if (!isJson) context.stdout.write(stopText(context, stop, stops.length))
    }
    const faults = stops.reduce((sum, stop) => sum + stop.visit.faults.length, 0)
    context.stdout.write(isJson ? jsonText(tourDocument(stops)) : reasonsText(context, workspace, faults))
    return faults === 0 ? OK : FAILED
  } finally {
    await server.close()
    providers.close()
  }
}

/** A stop of the tour, and what came of it. */
interface Stop {
  step: TourStep
  visit: Visit
}

function stopText(context: Context, { step, visit: { headers, text, faults } }: Stop, number: number): string {
  const paint = painter(colorOf(context, 'stdout'))
  return [
    `\n${paint.bold(`${number}. ${step.title}`)}: ${step.lesson}.`,
    `   model ${paint.cyan(String(headers['x-sage-model']))}, intent ${String(headers['x-sage-intent'])}, ` +
      `rule ${String(headers['x-sage-rule'])}, attempts ${String(headers['x-sage-attempts'])}`,
    ...text.split('\n').map((line) => (line === '' ? '' : paint.dim(`   | ${line}`))),
    ...faults.map((fault) => paint.red(`   unexpected: ${fault}`)),
    '',
  ]
    .filter((line, at, lines) => line !== '' || at === lines.length - 1)
    .join('\n')
}

function reasonsText(context: Context, workspace: Workspace, faults: number): string {
  const title = painter(colorOf(context, 'stdout')).bold('Why each went where')
  return [
    `\n${title} (what \`sage explain\` prints):\n`,
    ...TOUR.map((step) => `\n${explain(context, workspace, step)}`),
    faults === 0 ? '\nThe tour went as it should. Next: npm start, or sage serve\n' : '',
  ].join('')
}

/** The tour as `--json` has it. */
interface TourDocument {
  version: 1
  ok: boolean
  steps: {
    title: string
    lesson: string
    status: number
    headers: Record<string, string>
    text: string
    faults: string[]
  }[]
}

function tourDocument(stops: readonly Stop[]): TourDocument {
  return {
    version: 1,
    ok: stops.every(({ visit: { faults } }) => faults.length === 0),
    steps: stops.map(({ step: { title, lesson }, visit: { status, headers, text, faults } }) => ({
      title,
      lesson,
      status,
      headers: Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) => (name.startsWith('x-sage-') ? [[name, String(value)]] : [])),
      ),
      text,
      faults,
    })),
  }
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
