import { AFFINITY_DEFAULTS, POLICY_DEFAULTS, WEIGHTS_DEFAULTS } from './defaults.generated.ts'
import type { Locator, Path } from './locate.ts'
import type {
  Condition as WrittenCondition,
  Fallback as WrittenFallback,
  Policy as WrittenPolicy,
  Requirements as WrittenRequirements,
  Rule as WrittenRule,
} from './types.generated.ts'
import type { Condition, Fallback, Policy, PriceLimit, Requirements, Rule, SourceRef, TimeRange } from './types.ts'

/** Price ceilings by name. */
export type Tiers = Readonly<Record<string, PriceLimit>>

/** The policy `auto` of a profile that does not define it: all models in profile order. */
export function defaultPolicy(source: SourceRef): Policy {
  const description = 'All models, in the order of the profile.'
  return { ...emptyPolicy(), name: 'auto', description, weights: { ...WEIGHTS_DEFAULTS }, source }
}

function emptyPolicy(): Omit<Policy, 'name' | 'description' | 'weights' | 'source'> {
  return { require: {}, allow: [], deny: [], rules: [], affinity: { ...AFFINITY_DEFAULTS }, ...POLICY_DEFAULTS }
}

/** A policy with its defaults filled in, tiers replaced by their prices, and the place of every rule. */
export function normalizePolicy(
  name: string,
  written: WrittenPolicy,
  tiers: Tiers,
  path: Path,
  locator: Locator,
): Policy {
  const { fallback, require, affinity, weights, rules, description, ...rest } = written
  return {
    ...emptyPolicy(),
    ...rest,
    name,
    description: description ?? '',
    require: normalizeRequirements(require, tiers),
    ...(fallback === undefined ? {} : { fallback: normalizeFallback(fallback, tiers) }),
    affinity: { ...AFFINITY_DEFAULTS, ...affinity },
    weights: { ...WEIGHTS_DEFAULTS, ...weights },
    rules: (rules ?? []).map((rule, index) => normalizeRule(rule, tiers, [...path, 'rules', index], locator)),
    source: locator.ref(path),
  }
}

function normalizeRule(written: WrittenRule, tiers: Tiers, path: Path, locator: Locator): Rule {
  const { name, when, prefer, avoid, only, require, fallback, thinking, max_output } = written
  return {
    name,
    when: normalizeCondition(when ?? {}),
    prefer: prefer ?? [],
    avoid: avoid ?? [],
    only: only ?? [],
    require: normalizeRequirements(require, tiers),
    ...(fallback === undefined ? {} : { fallback: normalizeFallback(fallback, tiers) }),
    ...(thinking === undefined ? {} : { thinking }),
    ...(max_output === undefined ? {} : { max_output }),
    source: locator.ref([...path, 'name']),
  }
}

function normalizeRequirements(written: WrittenRequirements = {}, tiers: Tiers): Requirements {
  const { max_price, ...rest } = written
  return max_price === undefined ? rest : { ...rest, max_price: priceOf(max_price, tiers) }
}

function normalizeFallback({ never_exceed, ...rest }: WrittenFallback, tiers: Tiers): Fallback {
  return never_exceed === undefined ? rest : { ...rest, never_exceed: priceOf(never_exceed, tiers) }
}

/** A tier that nobody defined is an error of the lint; here it allows nothing. */
function priceOf(written: PriceLimit | string, tiers: Tiers): PriceLimit {
  if (typeof written !== 'string') return written
  return (Object.hasOwn(tiers, written) ? tiers[written] : undefined) ?? { input: 0, output: 0 }
}

function normalizeCondition(written: WrittenCondition): Condition {
  const { intent, errand, client, tags, header, time, days, ...rest } = written
  return {
    ...rest,
    ...(intent === undefined ? {} : { intent: listOf(intent) }),
    ...(errand === undefined ? {} : { errand: typeof errand === 'boolean' ? errand : listOf(errand) }),
    ...(client === undefined ? {} : { client: listOf(client) }),
    ...(tags === undefined ? {} : { tags: listOf(tags) }),
    ...(header === undefined
      ? {}
      : { header: Object.fromEntries(Object.entries(header).map(([name, glob]) => [name.toLowerCase(), glob])) }),
    ...(time === undefined ? {} : { time: listOf(time).map(timeRange) }),
    ...(days === undefined ? {} : { days: listOf(days) }),
  }
}

/** `22:00-06:00` in minutes since midnight; the schema has checked the shape. */
function timeRange(text: string): TimeRange {
  const [from = 0, to = 0] = text.split('-').map((clock) => {
    const [hours = 0, minutes = 0] = clock.split(':').map(Number)
    return hours * 60 + minutes
  })
  return { from, to }
}

/** One or several, as a list. The generated types take one for any text; the validator has checked which. */
function listOf<Item extends string>(one: string | readonly Item[]): Item[] {
  return typeof one === 'string' ? [one as Item] : [...one]
}
