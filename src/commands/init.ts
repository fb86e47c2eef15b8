import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { UsageError } from '../diagnostics/errors.ts'
import { USUAL_SERVERS } from '../init/find-servers.ts'
import type { ServerUrls } from '../init/find-servers.ts'
import { lookAround } from '../init/look.ts'
import { providerNames } from '../init/propose.ts'
import { readTemplates } from '../init/read-templates.ts'
import { PROFILE_NAME, readProfile } from '../profile/load.ts'
import type { Context } from './context.ts'
import { keyVariables } from './default-profile.ts'
import { readEnvironment } from './environment.ts'
import { chooseByAsking, chooseByFlags } from './init-choices.ts'
import type { ChoiceWorld } from './init-choices.ts'
import { finishInit, INTERRUPTED } from './init-finish.ts'
import { importConfig } from './init-import.ts'
import type { InitOptions } from './init-options.ts'
import { planFiles } from './init-plan.ts'
import type { Plan, PlanRequest } from './init-plan.ts'
import type { Asker } from './init-questions.ts'
import { foundText } from './init-text.ts'
import { undoInit } from './init-undo.ts'
import { ollamaBaseUrl } from './ollama-host.ts'

/** What a test replaces. */
export interface InitEffects {
  /** Asks on the terminal. */
  asker(): Promise<Asker>
  servers: ServerUrls
}

const EFFECTS: InitEffects = {
  asker: async () => (await import('./init-questions.ts')).createAsker(),
  servers: USUAL_SERVERS,
}

/** How long a server on this machine may take to tell its models, in ms. */
const PROBE_MS = 1000
/** Where sage listens unless the profile says otherwise. */
const OWN_URL = 'http://127.0.0.1:8790'

/**
 * `sage init`: looks what is there, proposes a profile and the settings of clients, and writes them. Nothing is written
 * before the last answer; Ctrl-C ends with exit code 130. Throws `UsageError`, `ProfileError` or SAGE4012.
 */
export async function runInit(context: Context, options: InitOptions, effects: InitEffects = EFFECTS): Promise<number> {
  if (options.undo === true) return undoInit(context, options)
  const isAsking = needsAnswers(context, options)
  const env = readEnvironment(context)
  const templates = readTemplates()
  const around = await lookAround({
    env,
    cwd: context.cwd,
    home: context.home,
    platform: context.platform,
    templates,
    variables: keyVariables(),
    ollamaUrl: ollamaBaseUrl(env['OLLAMA_HOST']),
    servers: effects.servers,
    deadlineMs: PROBE_MS,
  })
  const path = resolve(context.cwd, options.profile ?? PROFILE_NAME)
  const world: ChoiceWorld = {
    around,
    clients: templates.filter((template) => template.role === 'client'),
    cwd: context.cwd,
    existing: await existingProviders(path, options),
    importFile: (file) => importConfig(file, context.cwd, OWN_URL),
  }
  if (isAsking) context.stdout.write(`${foundText(around).join('\n')}\n\n`)
  const asker = isAsking ? await effects.asker() : undefined
  const choices = asker === undefined ? chooseByFlags(options, world) : await chooseByAsking(options, world, asker)
  if (choices === undefined) return INTERRUPTED
  const { cwd, home } = context
  const request: PlanRequest = {
    path,
    roots: { cwd, home },
    around,
    choices,
    force: options.force === true,
    policy: options.policy,
    secrets: around.keys.map((name) => (env[name] ?? '').trim()),
  }
  const plan = await choosePolicy(request, asker)
  return plan === undefined ? INTERRUPTED : finishInit(context, options, { request, plan, asker })
}

/** The plan with the policy that clients shall ask for; undefined after Ctrl-C. */
async function choosePolicy(request: PlanRequest, asker: Asker | undefined): Promise<Plan | undefined> {
  const plan = planFiles(request)
  const { policies } = plan.profile
  if (asker === undefined || request.policy !== undefined) return plan
  if (request.choices.clients.length === 0 || policies.length < 2) return plan
  const policy = await asker.pick(
    'Which policy shall they ask for?',
    policies.map(({ name, description }) => ({ value: name, name: `${name}: ${description}` })),
  )
  return policy === undefined ? undefined : planFiles({ ...request, policy })
}

/** Whether there are questions to ask. Throws `UsageError` when there are, and no terminal. */
function needsAnswers(context: Context, { yes, json, dryRun }: InitOptions): boolean {
  if (yes === true) return false
  const isTerminal = context.stdin.isTTY && context.stdout.isTTY && json !== true
  if (isTerminal) return true
  if (dryRun === true) return false
  throw new UsageError('sage init asks before it writes, and there is no terminal to ask on', 'say yes with --yes')
}

async function existingProviders(path: string, { force }: InitOptions): Promise<string[] | undefined> {
  if (force === true || !existsSync(path)) return undefined
  const text = await readProfile(path)
  if (text.trim() === '') return undefined
  try {
    return providerNames(text)
  } catch {
    // Its mistakes are told when it is read as a profile.
    return []
  }
}
