// Checks the names that are neither providers, models nor policies: tiers, tags, the time zone.
import { didYouMean } from '../diagnostics/suggest.ts'
import { matchGlob } from './glob.ts'
import type { Path } from './locate.ts'
import type { Mistake } from './mistake.ts'
import { mistake } from './mistake.ts'
import { listOf, recordOf, recordsIn, textsIn } from './plain.ts'

/** Opens a pattern over the tags of models. */
const TAG = 'tag:'

/** Finds tiers and time zones that do not exist, and patterns over tags that no model has. */
export function lintNames(data: unknown): Mistake[] {
  const { policies, providers, tiers, time_zone: zone } = recordOf(data)
  const known = { tiers: Object.keys(recordOf(tiers)), tags: tagsOf(providers) }
  return [
    ...lintZone(zone),
    ...recordsIn(policies).flatMap(([name, policy]) => lintHolder(['policies', name], policy, known)),
    ...recordsIn(policies).flatMap(([name, { rules }]) =>
      listOf(rules).flatMap((rule, index) => lintHolder(['policies', name, 'rules', index], recordOf(rule), known)),
    ),
  ]
}

function lintZone(zone: unknown): Mistake[] {
  if (typeof zone !== 'string' || isZone(zone)) return []
  const hint = 'write an IANA name such as `Europe/Berlin` or `UTC`'
  return [mistake(['time_zone'], 'value', 'SAGE1014', `there is no time zone "${zone}"`, hint)]
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

interface Known {
  tiers: readonly string[]
  tags: readonly string[]
}

/** Checks a policy or a rule. */
function lintHolder(path: Path, holder: Record<string, unknown>, { tiers, tags }: Known): Mistake[] {
  return [
    ...lintTier([...path, 'require', 'max_price'], recordOf(holder['require'])['max_price'], tiers),
    ...lintTier([...path, 'fallback', 'never_exceed'], recordOf(holder['fallback'])['never_exceed'], tiers),
    ...['allow', 'prefer', 'only'].flatMap((key) =>
      textsIn(holder[key]).flatMap(([index, pattern]) => lintTag([...path, key, index], pattern, tags)),
    ),
  ]
}

function lintTier(path: Path, price: unknown, tiers: readonly string[]): Mistake[] {
  if (typeof price !== 'string' || tiers.includes(price)) return []
  const hint =
    didYouMean(price, tiers) ?? (tiers.length === 0 ? 'define it under `tiers`' : `tiers: ${tiers.join(', ')}`)
  return [mistake(path, 'value', 'SAGE1014', `there is no tier "${price}"`, hint)]
}

function lintTag(path: Path, pattern: string, tags: readonly string[]): Mistake[] {
  if (!isTagPattern(pattern)) return []
  const glob = pattern.slice(TAG.length)
  if (tags.some((tag) => matchGlob(glob, tag))) return []
  const hint = didYouMean(glob, tags) ?? 'give models `tags:` under their provider'
  return [{ ...mistake(path, 'value', 'SAGE1023', `no model has a tag "${glob}"`, hint), severity: 'warning' }]
}

/** Whether a pattern is over tags instead of names. */
export function isTagPattern(pattern: string): boolean {
  return pattern.toLowerCase().startsWith(TAG)
}

function tagsOf(providers: unknown): string[] {
  const tags = recordsIn(providers).flatMap(([, { models, defaults }]) => [
    ...textsIn(recordOf(defaults)['tags']),
    ...recordsIn(models).flatMap(([, facts]) => textsIn(facts['tags'])),
  ])
  return [...new Set(tags.map(([, tag]) => tag))]
}
