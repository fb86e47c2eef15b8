import { UsageError } from '../diagnostics/errors.ts'
import type { HealthSnapshot } from '../health/types.ts'
import { resolveName } from '../policy/resolve-name.ts'
import type { Affinity } from '../policy/types.ts'
import type { State } from '../explain/state.ts'
import { parseWall } from '../explain/wall-time.ts'
import type { Profile } from '../profile/types.ts'
import type { Context } from './context.ts'
import type { DialectId } from '../dialects/types.ts'
import { decodeText, readInputFile } from './explain-input.ts'
import type { ExplainOptions } from './explain-options.ts'
import { readHealth } from './read-health.ts'

/** What the command line says for all requests. */
export interface Defaults {
  dialect?: DialectId
  /** Model name to ask for, whatever a request says. */
  model?: string
  headers: Readonly<Record<string, string>>
  health?: HealthSnapshot
  now: number
  wall?: number
  seed: number
  affinity?: string
}

/** What the command line says for all requests. Throws `UsageError`. */
export function readDefaults(context: Context, given: ExplainOptions, profile: Pick<Profile, 'time_zone'>): Defaults {
  const { dialect, model, affinity, health: file } = given
  const now = given.now ?? 0
  const wall = readWall(given.wall, profile)
  const health = file === undefined ? undefined : readHealth(decodeText(readInputFile(context, file)), file, now)
  return {
    headers: readHeaders(given.header ?? []),
    now,
    seed: given.seed ?? 0,
    ...(dialect === undefined ? {} : { dialect }),
    ...(model === undefined ? {} : { model }),
    ...(affinity === undefined ? {} : { affinity }),
    ...(wall === undefined ? {} : { wall }),
    ...(health === undefined ? {} : { health }),
  }
}

/** `provider/model@rule`, or `provider/model@policy/rule`. Without a policy it is the one that is asked for. */
export function readAffinity(text: string, { profile, catalog }: State, asked: string): Affinity {
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

/** Headers that `--header` gives; lower-case names. Throws `UsageError`. */
function readHeaders(list: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of list) {
    const colon = line.indexOf(':')
    if (colon < 1) throw new UsageError(`--header ${line} is not understood`, 'write name:value')
    headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim()
  }
  return headers
}

/**
 * Unix time in ms that `--wall` or a case gives: an ISO 8601 date, or ms. One without an offset is on the clocks that the
 * rules go by, on whatever machine this runs. Throws `UsageError`.
 */
export function readWall(
  given: string | number | undefined,
  { time_zone = 'UTC' }: Pick<Profile, 'time_zone'>,
): number | undefined {
  if (given === undefined) return undefined
  const time = parseWall(given, time_zone)
  if (time !== undefined) return time
  throw new UsageError(`${given} is no time`, 'write it as 2026-03-01T22:30:00Z, or in ms since 1970')
}
