import { randomBytes } from 'node:crypto'
import { resolve } from 'node:path'
import { UsageError } from '../diagnostics/errors.ts'
import { normalizeLog } from '../profile/normalize.ts'
import { printable } from '../output/printable.ts'
import { createRedactor } from '../secrets/redact.ts'
import type { Context } from './context.ts'
import { DecisionLog } from './decision-log.ts'
import type { LoggedProfile } from './decision-log.ts'
import type { Workspace } from './load-workspace.ts'
import { writeWarnings } from './write-warnings.ts'

export interface ServeLogOptions {
  /** `--log`. */
  log?: string
  recordPrompts?: boolean
}

/**
 * Opens the decision log that the command line or else the profile names; undefined when neither does.
 * Throws `SageError` when it cannot be written.
 */
export async function openServeLog(
  context: Context,
  workspace: Workspace,
  options: ServeLogOptions,
): Promise<DecisionLog | undefined> {
  const { profile, written } = workspace
  const settings = profile.serve.decision_log ?? (options.log === undefined ? undefined : normalizeLog({ path: '' }))
  if (settings === undefined || written === undefined) {
    if (options.recordPrompts !== true) return undefined
    throw new UsageError('--record-prompts needs a decision log', 'name its file with --log, or in the profile')
  }
  const path = options.log === undefined ? resolve(written.directory, settings.path) : resolve(context.cwd, options.log)
  const log = await DecisionLog.open({
    path,
    maxBytes: settings.max_bytes,
    keep: settings.keep,
    prompts: settings.prompts || options.recordPrompts === true,
    version: context.version,
    profile: loggedProfile(workspace, written.text),
    hashKey: randomBytes(32),
    wall: () => context.now(),
    mono: () => context.mono(),
    warn: (message) => writeWarnings(context, [message]),
  })
  context.stderr.write(
    `decision log: ${printable(path)}${settings.prompts || options.recordPrompts === true ? ', with prompts' : ''}\n`,
  )
  return log
}

/** The profile of a workspace for the log, with its text and what to keep out of it. */
export function loggedProfile(workspace: Workspace, text: string): LoggedProfile {
  return { profile: workspace.profile, text, redact: createRedactor(secretsOf(workspace)) }
}

/** Keys and the token. A placeholder that also stands in a name, as `lm-studio` may, is no secret and stays. */
function secretsOf({ profile, providers, catalog, token }: Workspace): Parameters<typeof createRedactor>[0] {
  const names = [
    ...profile.providers.map(({ name }) => name),
    ...catalog.models.map(({ provider, id }) => `${provider}/${id}`),
    ...profile.policies.flatMap(({ name, rules }) => [name, ...rules.map((rule) => rule.name)]),
  ]
  return [...providers.flatMap(({ keys }) => keys), ...(token === undefined ? [] : [token])].filter(
    (secret) => !names.some((name) => name.includes(secret.reveal())),
  )
}
