// What no request may reach, written a second time: apart from the code under test, and over whole decisions.
import type { Model } from '../../src/catalog/types.ts'
import { targetOf } from '../../src/catalog/types.ts'
import { EMPTY_HEALTH } from '../../src/health/types.ts'
import { decide } from '../../src/policy/decide.ts'
import { clockOf, matchRule } from '../../src/policy/match-rule.ts'
import { resolveName } from '../../src/policy/resolve-name.ts'
import type { Decision, Facts, Overrides, World } from '../../src/policy/types.ts'
import { matchGlob } from '../../src/profile/glob.ts'
import type { Fallback, Policy, Profile, Rule } from '../../src/profile/types.ts'
import { mayServe, mayServeNamed } from './hard-constraints.ts'

export interface Asked {
  profile: Profile
  facts: Facts
  world: World
  decision: Decision
}

/** Why this request must never reach a target; undefined when it may. */
export function forbiddenBy(asked: Asked, target: string): string | undefined {
  const { profile, facts, world } = asked
  const model = world.catalog.byTarget.get(target) ?? unknownModel(target)
  const narrow = narrowedBy(model, facts.overrides ?? {}, profile)
  if (narrow !== undefined) return `the request: ${narrow}`
  const name = resolveName(profile, world.catalog, facts.model)
  if (name.kind === 'unknown') return 'nothing was asked for'
  const { overrides, ...plain } = facts
  const within = overrides?.policy === undefined ? plain : { ...plain, overrides: { policy: overrides.policy } }
  const besides = scopesOf(asked, policyNamed(profile, overrides?.policy), within)
  if (name.kind === 'policy') return strictest(asked, model, [...besides, ...scopesOf(asked, name.policy, plain)])
  const pinned = name.models.map(targetOf)
  const pin = profile.pins.find(({ match }) => pinned.some((each) => matchGlob(match, each)))
  const own = besides.map((scope) => scopeForbids(asked, model, scope)).find((why) => why !== undefined)
  if (own !== undefined) return `beside the pin: ${own}`
  if (pinned.includes(target)) return namedForbids(model, facts)
  const ways = (pin?.fallback ?? []).map((fallback) => {
    const policy = policyNamed(profile, fallback.replace(/^sage\//, ''))
    if (policy !== undefined) return strictest(asked, model, scopesOf(asked, policy, within))
    const found = resolveName({ ...profile, aliases: [] }, world.catalog, fallback)
    const isNamed = found.kind === 'pin' && found.models.some((one) => targetOf(one) === target)
    return isNamed ? namedForbids(model, facts) : `not ${fallback}`
  })
  return ways.includes(undefined) ? undefined : `not pinned, no fallback: ${ways.join(', ')}`
}

/** A policy, the rule of it that holds, and the request whose first choice its limits on fallbacks speak of. */
type Scope = [policy: Policy, rule: Rule | undefined, plain: Facts]

function policyNamed(profile: Profile, name: string | undefined): Policy | undefined {
  return profile.policies.find((policy) => policy.name === name)
}

function scopesOf({ profile, facts, world, decision }: Asked, policy: Policy | undefined, plain: Facts): Scope[] {
  if (policy === undefined) return []
  return [[policy, matchRule(policy, facts, decision.intent, clockOf(profile, world)), plain]]
}

function strictest(asked: Asked, model: Model, scopes: readonly Scope[]): string | undefined {
  return scopes.map((scope) => scopeForbids(asked, model, scope)).find((why) => why !== undefined)
}

function scopeForbids(asked: Asked, model: Model, [policy, rule, plain]: Scope): string | undefined {
  const { decision, facts } = asked
  const isNamed =
    decision.pin !== undefined && decision.candidates.some((one) => one.via === undefined && isIt(one, model))
  // What is needed for the request itself counts otherwise for a target that the user named.
  const bare = isNamed ? { ...facts, tools: 0, vision: false, documents: false, json: 'none' as const } : facts
  if (!mayServe(model, bare, policy, rule)) return `policy ${policy.name}, rule ${rule?.name}`
  return limitForbids(asked, model, [policy.fallback, rule?.fallback], plain)
}

function isIt({ provider, model: id }: { provider: string; model: string }, model: Model): boolean {
  return provider === model.provider && id === model.id
}

/** The first choice is what is asked first when all is well and the request asks for nothing but its policy. */
function limitForbids(
  { profile, world }: Asked,
  model: Model,
  limits: readonly (Fallback | undefined)[],
  plain: Facts,
): string | undefined {
  const [first] = decide(profile, plain, { ...world, health: EMPTY_HEALTH }).chain
  if (first === undefined || isIt(first, model)) return undefined
  const leader = world.catalog.byTarget.get(`${first.provider}/${first.model}`)
  for (const limit of limits) {
    if (limit?.never === 'remote' && leader?.local === true && !model.local) return 'remote for a local first choice'
    for (const side of ['input', 'output'] as const) {
      const most = limit?.never_exceed?.[side]
      if (most !== undefined && (model.price === undefined || model.price[side] > most)) return `${side} price`
    }
  }
  return undefined
}

function namedForbids(model: Model, facts: Facts): string | undefined {
  return mayServeNamed(model, facts) ? undefined : 'it cannot'
}

function narrowedBy(model: Model, given: Overrides, profile: Profile): string | undefined {
  const target = targetOf(model)
  const matches = (glob: string): boolean =>
    glob.startsWith('tag:') ? (model.tags ?? []).some((tag) => matchGlob(glob.slice(4), tag)) : matchGlob(glob, target)
  if (given.local === true && !model.local) return 'local'
  if (given.deny?.some(matches)) return 'deny'
  if (given.capabilities?.some((one) => model.capabilities[one] !== true)) return 'require'
  const price = typeof given.maxPrice === 'string' ? profile.tiers?.[given.maxPrice] : given.maxPrice
  const isOver = (['input', 'output'] as const).some((side) => {
    const most = price?.[side]
    return most !== undefined && (model.price === undefined || model.price[side] > most)
  })
  return isOver ? 'max-price' : undefined
}

function unknownModel(target: string): Model {
  const slash = target.indexOf('/')
  const [provider, id] = [target.slice(0, slash), target.slice(slash + 1)]
  return { provider, id, capabilities: {}, local: false, sources: ['assumed'] }
}
