import { UsageError } from '../diagnostics/errors.ts'
import { explainJson } from '../explain/json.ts'
import { explainText } from '../explain/text.ts'
import { jsonText } from '../output/json.ts'
import { resolveName } from '../policy/resolve-name.ts'
import type { Affinity, World } from '../policy/types.ts'
import type { Invocation } from './command-spec.ts'
import type { Context } from './context.ts'
import { NO, OK, USAGE } from './exit-codes.ts'
import { decodeText, findInput, readInputFile } from './explain-input.ts'
import type { InputOptions } from './explain-input.ts'
import { runExplainLog } from './explain-log.ts'
import type { ExplainLogOptions } from './explain-log.ts'
import { explainFacts, readFacts } from './explain-request.ts'
import { loadWorkspace } from './load-workspace.ts'
import type { Workspace } from './load-workspace.ts'
import { BUILT_IN } from './open-profile.ts'
import { colorOf, widthOf } from './output-options.ts'
import { readHealth } from './read-health.ts'
import { writeWarnings } from './write-warnings.ts'

export interface ExplainOptions extends InputOptions {
  profile?: string
  format?: 'text' | 'json'
  json?: boolean
  header?: string[]
  health?: string
  now?: number
  seed?: number
  affinity?: string
  assumeKeys?: boolean
}

/** `sage explain`: decides as the server would, sends nothing, shows why. Exit code 1 when there is no target. */
export async function runExplain(context: Context, { options, args, showHelp }: Invocation): Promise<number> {
  const given: ExplainOptions & ExplainLogOptions = options
  if (given.log !== undefined) return runExplainLog(context, { ...given, log: given.log })
  const input = await findInput(context, args, given)
  if (input === undefined) {
    showHelp('stderr', 'explain')
    return USAGE
  }
  const workspace = await loadWorkspace(context, { profile: given.profile, assumeKeys: given.assumeKeys === true })
  const isJson = given.json === true || given.format === 'json'
  if (!isJson && workspace.profile.file === BUILT_IN) context.stderr.write(`profile: ${workspace.origin}\n`)
  writeWarnings(context, workspace.warnings)
  const facts = readFacts(input, { headers: readHeaders(given.header ?? []), model: given.model })
  const explained = explainFacts(workspace.profile, facts, readWorld(context, workspace, given, facts.model))
  const view = { color: colorOf(context, 'stdout'), width: widthOf(context, 'stdout') }
  context.stdout.write(isJson ? jsonText(explainJson([explained])) : explainText(explained, view))
  return explained.decision.error === undefined ? OK : NO
}

function readWorld(context: Context, workspace: Workspace, given: ExplainOptions, asked: string): World {
  const { catalog, health: known } = workspace
  const { health: file, affinity } = given
  const health = file === undefined ? known : readHealth(decodeText(readInputFile(context, file)), file, given.now ?? 0)
  return {
    catalog,
    health: { targets: health.targets, providers: { ...health.providers, ...known.providers } },
    now: given.now ?? 0,
    seed: given.seed ?? 0,
    ...(affinity === undefined ? {} : { affinity: readAffinity(affinity, workspace, asked) }),
  }
}

/** `provider/model@rule`, or `provider/model@policy/rule`. Without a policy it is the one that is asked for. */
function readAffinity(text: string, { profile, catalog }: Workspace, asked: string): Affinity {
  const at = text.lastIndexOf('@')
  const target = text.slice(0, at)
  const rule = text.slice(at + 1)
  if (at <= 0 || rule === '' || !target.includes('/')) {
    throw new UsageError(
      `--affinity ${text} is not understood`,
      'write provider/model@rule, or provider/model@policy/rule',
    )
  }
  const named = profile.policies.find(({ name }) => rule.startsWith(`${name}/`))
  if (named !== undefined) return { target, policy: named.name, rule: rule.slice(named.name.length + 1) }
  const found = resolveName(profile, catalog, asked)
  return { target, policy: found.kind === 'policy' ? found.policy.name : '', rule }
}

function readHeaders(list: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of list) {
    const colon = line.indexOf(':')
    if (colon < 1) throw new UsageError(`--header ${line} is not understood`, 'write name:value')
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  return headers
}
