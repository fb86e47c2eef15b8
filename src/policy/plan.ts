import type { Model } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import { matchGlob } from '../profile/glob.ts'
import type { Policy, Profile } from '../profile/types.ts'
import type { Constraints, Scope } from './constraints.ts'
import { clockOf, matchRule } from './match-rule.ts'
import type { ResolvedOverrides } from './overrides.ts'
import { findExact, type Resolution } from './resolve-name.ts'
import type { Facts, Intent, World } from './types.ts'

/** Models that stand under the same constraints. A plan is a list of groups, tried in order. */
export interface Group {
  models: readonly Model[]
  constraints: Constraints
  /** Who puts them in order: the policy asked for, with its rule. Undefined for targets that the user named. */
  ranking: Scope | undefined
  /** `sage/<policy>` for a policy that stands in for a pin. */
  via?: string
}

/** What a plan is made from. */
export interface PlanInputs {
  profile: Profile
  facts: Facts
  world: World
  intent: Intent
  overrides: ResolvedOverrides
}

/**
 * The groups of targets that may answer. A policy that an override names holds besides the one asked for and puts its
 * candidates in order; a pin stays what it is, within that policy's constraints.
 */
export function planGroups(inputs: PlanInputs, name: Resolution, notes: string[]): Group[] {
  if (name.kind === 'unknown') return []
  if (name.kind === 'pin') return planPin(inputs, name.models, notes)
  const { overrides, world } = inputs
  const base = scopeOf(inputs, name.policy)
  const other = overrides.policy
  if (other === undefined || other === name.policy) return [groupOf(inputs, world.catalog.models, [base], base)]
  notes.push(`x-sage-policy: ${other.name} decides, within the constraints of ${name.policy.name}`)
  const own = scopeOf(inputs, other)
  return [groupOf(inputs, world.catalog.models, [base, own], own)]
}

/** The policy with the first of its rules that holds. */
function scopeOf({ profile, facts, world, intent }: PlanInputs, policy: Policy): Scope {
  return { policy, rule: matchRule(policy, facts, intent, clockOf(profile, world)) }
}

function groupOf(
  { overrides }: PlanInputs,
  models: readonly Model[],
  scopes: readonly Scope[],
  ranking: Scope | undefined,
): Group {
  return { models, constraints: { scopes, narrowing: overrides.narrowing, named: ranking === undefined }, ranking }
}

/** A pin is its targets and then the fallbacks that the profile allows it, nothing else. */
function planPin(inputs: PlanInputs, pinned: readonly Model[], notes: string[]): Group[] {
  const { profile, world, overrides } = inputs
  const besides = overrides.policy === undefined ? [] : [scopeOf(inputs, overrides.policy)]
  const pin = profile.pins.find(({ match }) => pinned.some((model) => matchGlob(match, targetOf(model))))
  const fallbacks = (pin?.fallback ?? []).flatMap((name): Group[] => {
    const found = findExact(profile, world.catalog, name)
    if (found === undefined) {
      notes.push(`fallback ${name} of pin ${pin?.match} is neither a target nor a policy`)
      return []
    }
    if (found.kind === 'pin') return [groupOf(inputs, found.models, besides, undefined)]
    const own = scopeOf(inputs, found.policy)
    const group = groupOf(inputs, world.catalog.models, [own, ...besides], own)
    return [{ ...group, via: `sage/${found.policy.name}` }]
  })
  if (pin !== undefined && fallbacks.length > 0)
    notes.push(`pin ${pin.match} may fall back to ${pin.fallback.join(', ')}`)
  return [groupOf(inputs, pinned, besides, undefined), ...fallbacks]
}
