import { confirm } from '@inquirer/prompts'
import { SageError, UsageError } from '../diagnostics/errors.ts'
import { jsonText } from '../output/json.ts'
import { printable } from '../output/printable.ts'
import { createAsk } from '../providers/discovery/ask-json.ts'
import { listModels } from '../providers/discovery/list-models.ts'
import { AskError } from '../providers/discovery/types.ts'
import { readTags } from '../providers/ollama/read-facts.ts'
import { createHttpTransport } from '../providers/transport/http.ts'
import type { Send } from '../providers/transport/types.ts'
import type { Provider } from '../providers/types.ts'
import type { Context, StopSignal } from './context.ts'
import { failureText } from './discover-failure.ts'
import { isPattern, planPulls } from './discover-pull-plan.ts'
import type { PullPlan, PullSources } from './discover-pull-plan.ts'
import { pullDisplay } from './discover-pull-progress.ts'
import { explainFailure, runPulls } from './discover-pull-run.ts'
import type { PullOutcome } from './discover-pull-run.ts'
import { findRuntime } from './discover-runtime.ts'
import { openTarget } from './discover-target.ts'
import type { DiscoverTarget } from './discover-target.ts'
import { NO, OK } from './exit-codes.ts'

export interface PullCommandOptions {
  profile?: string
  /** Patterns, or true for none. */
  pull: string[] | true
  provider?: string[]
  dryRun?: boolean
  yes?: boolean
  json?: boolean
}

/** What a test replaces. */
export interface PullEffects {
  /** Asks on the terminal; undefined when the user left with Ctrl-C. */
  ask(question: string): Promise<boolean | undefined>
  /** Pause before taking up a broken stream, in ms. */
  pauseMs?(n: number): number
}

/** Longest time for a list of models, in ms. */
const DEADLINE_MS = 15_000
/** Exit codes of a process that a signal ended: 128 and the signal's number. */
const SIGNAL_CODES: Record<StopSignal, number> = { SIGINT: 130, SIGTERM: 143 }

/**
 * `sage discover --pull`: has the local Ollama pull cloud models, or any models by name. Never without consent. Exit code
 * 1 when a pull failed, 130 after Ctrl-C. Throws SAGE4008 when the runtime does not answer.
 */
export async function runPull(
  context: Context,
  options: PullCommandOptions,
  effects: PullEffects = { ask: askOnTerminal },
): Promise<number> {
  const target = await openTarget(context, options.profile, undefined)
  const runtime = findRuntime(context, target.providers, options.provider)
  const transport = createHttpTransport()
  try {
    const plan = planPulls(await readSources(options, target, runtime, transport.send))
    if (options.dryRun === true || plan.pulls.length === 0) return show(context, options, plan, [])
    const consent = await hasConsent(context, options, plan, runtime, effects)
    if (consent === undefined) return SIGNAL_CODES.SIGINT
    if (!consent) return NO
    return await pull(context, options, plan, runtime, transport.send, effects)
  } finally {
    await transport.close()
  }
}

async function readSources(
  options: PullCommandOptions,
  target: DiscoverTarget,
  runtime: Provider,
  send: Send,
): Promise<PullSources> {
  const wanted = options.pull === true ? [] : options.pull
  const { name } = runtime
  const installed = await asking(name, async (signal) =>
    readTags(await createAsk(send, runtime, signal)('GET', `${runtime.basePath}/api/tags`)).map(({ id }) => id),
  )
  if (wanted.length > 0 && !wanted.some(isPattern)) return { wanted, installed }
  const cloud = target.asked.find(({ provider }) => provider.kind === 'ollama-cloud')
  if (cloud === undefined) {
    throw new UsageError(
      'the profile has no provider of kind ollama-cloud to list cloud models',
      'add "ollama-cloud: { kind: ollama-cloud }" to its providers (listing needs no key), or name the models',
    )
  }
  const models = await asking(cloud.provider.name, (signal) =>
    listModels(cloud, createAsk(send, cloud.provider, signal)),
  )
  return { wanted, installed, hosted: { provider: cloud.provider.name, names: models.map(({ id }) => id) } }
}

async function asking<Value>(name: string, ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  try {
    return await ask(AbortSignal.timeout(DEADLINE_MS))
  } catch (error) {
    const reason = error instanceof AskError ? failureText(error, DEADLINE_MS) : String(error)
    throw new SageError('SAGE4008', `provider ${name} did not answer: ${reason}`, { cause: error })
  }
}

async function hasConsent(
  context: Context,
  { yes, json }: PullCommandOptions,
  { pulls }: PullPlan,
  runtime: Provider,
  effects: PullEffects,
): Promise<boolean | undefined> {
  if (yes === true) return true
  if (!context.stdin.isTTY || !context.stderr.isTTY || json === true) {
    throw new UsageError('--pull asks before it pulls, and there is no terminal to ask on', 'say yes with --yes')
  }
  for (const { model, why } of pulls) context.stderr.write(`  ${printable(model)}  (${why})\n`)
  const what = pulls.length === 1 ? 'this model' : `these ${pulls.length} models`
  return effects.ask(`Pull ${what} into Ollama at ${runtime.origin}?`)
}

async function askOnTerminal(message: string): Promise<boolean | undefined> {
  try {
    return await confirm({ message, default: false })
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') return undefined
    throw error
  }
}

async function pull(
  context: Context,
  options: PullCommandOptions,
  plan: PullPlan,
  runtime: Provider,
  send: Send,
  { pauseMs }: PullEffects,
): Promise<number> {
  const stop = new AbortController()
  let stoppedBy: StopSignal | undefined
  const undo = context.onSignal((signal) => {
    stoppedBy ??= signal
    stop.abort()
  })
  const models = plan.pulls.map(({ model }) => model)
  const display = pullDisplay(context, models)
  try {
    const pulling = { send, signal: stop.signal, ...(pauseMs !== undefined && { pauseMs }) }
    const outcomes = await runPulls({ runtime, models, display, options: pulling })
    display.close()
    const code = show(context, options, plan, outcomes)
    return stoppedBy === undefined ? code : SIGNAL_CODES[stoppedBy]
  } finally {
    undo()
  }
}

/** Says what was done, or what would be. */
function show(
  context: Context,
  { json, dryRun }: PullCommandOptions,
  plan: PullPlan,
  outcomes: readonly PullOutcome[],
): number {
  if (json === true) context.stdout.write(jsonText(pullJson(plan, outcomes)))
  else context.stdout.write(pullText(plan, outcomes, dryRun === true))
  return outcomes.some(({ status }) => status === 'failed') ? NO : OK
}

function pullText({ pulls, skipped }: PullPlan, outcomes: readonly PullOutcome[], isDryRun: boolean): string {
  const lines = isDryRun ? pulls.map(({ model, why }) => `would pull ${model}: ${why}`) : outcomes.map(outcomeText)
  const nothing = pulls.length === 0 ? ['nothing to pull'] : []
  const kept = skipped.map(({ model, why }) => `not ${model}: ${why}`)
  return [...lines, ...kept, ...nothing].map((line) => `${printable(line)}\n`).join('')
}

function outcomeText(outcome: PullOutcome): string {
  switch (outcome.status) {
    case 'pulled':
      return `pulled ${outcome.model}`
    case 'stopped':
      return `stopped before the end of ${outcome.model}; the same command goes on where it stopped`
    case 'failed':
      return `failed ${outcome.model}: ${explainFailure(outcome)}`
  }
}

function pullJson({ pulls, skipped }: PullPlan, outcomes: readonly PullOutcome[]): object {
  const ends = new Map(outcomes.map((outcome) => [outcome.model, outcome]))
  return {
    version: 1,
    pulls: pulls.map(({ model, why }) => {
      const { status = 'planned', error, signInUrl } = ends.get(model) ?? {}
      return {
        model,
        why,
        status,
        ...(error !== undefined && { error: { kind: error.kind, http_status: error.status, message: error.message } }),
        ...(signInUrl !== undefined && { sign_in_url: signInUrl }),
      }
    }),
    skipped,
  }
}
