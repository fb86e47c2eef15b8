import type { Model } from '../catalog/types.ts'
import { EMPTY_HEALTH } from '../health/types.ts'
import type { Fallback } from '../profile/types.ts'
import { heldTarget, keepHeld } from './affinity.ts'
import { lowerPrice, type Scope } from './constraints.ts'
import { dropReason } from './drop-reason.ts'
import { checkEligibility, type Entry } from './eligibility.ts'
import type { Group } from './plan.ts'
import { overPrice } from './price-drop.ts'
import { rankGroup } from './rank.ts'
import type { Drop, Facts, Intent, World } from './types.ts'

/** A limit on what may stand in for a first choice. */
export interface FallbackLimit {
  first: Model
  fallback: Fallback
}

interface LimitInputs {
  facts: Facts
  world: World
  intent: Intent
}

/**
 * The limits that hold over each group of a plan. The first choice is the target that would be asked first if all were
 * well and the request asked for nothing of its own: neither a failure nor an override may lift a limit.
 */
export function fallbackLimits(groups: readonly Group[], inputs: LimitInputs): FallbackLimit[][] {
  const limits: FallbackLimit[][] = []
  for (const group of groups) {
    const isStandIn = group !== groups[0] || group.ranking === undefined
    const own: FallbackLimit[] = []
    for (const [index, scope] of group.constraints.scopes.entries()) {
      const fallback = combine(scope)
      if (fallback === undefined) continue
      // What an earlier limit forbids is never asked, and so no first choice.
      const firsts = isStandIn ? firstsOfPin(groups, inputs) : [firstChoice(group, index, inputs, own)]
      for (const first of firsts) if (first !== undefined) own.push({ first, fallback })
    }
    limits.push(own)
  }
  return limits
}

/** What stands-in of a pin are held against: its first target that may serve; without one, what comes in its place too. */
function firstsOfPin(groups: readonly Group[], inputs: LimitInputs): (Model | undefined)[] {
  const pinned = groups[0]?.models ?? []
  for (const group of groups) {
    const scopes = group.constraints.scopes
    const first =
      group.ranking === undefined ? firstNamed(group, inputs) : firstOf(group, scopes, group.ranking, inputs)
    if (first !== undefined) return group === groups[0] ? [first] : [pinned[0], first]
  }
  return [pinned[0]]
}

function firstNamed({ models, constraints: { scopes, named } }: Group, { facts }: LimitInputs): Model | undefined {
  return models.find((model) => dropReason(model, facts, { scopes, named }).drop === undefined)
}

/** Drops what the limits of its group forbid. */
export function applyFallbackLimits(entries: readonly Entry[], limits: readonly FallbackLimit[][]): void {
  for (const entry of entries) {
    if (entry.drop === undefined) entry.drop = fallbackDrop(entry.model, limits[entry.group] ?? [])
  }
}

/** Why a model may not stand in; undefined when it may, or is the first choice itself. */
export function fallbackDrop(model: Model, limits: readonly FallbackLimit[]): Drop | undefined {
  for (const { first, fallback } of limits) {
    if (model.provider === first.provider && model.id === first.id) continue
    const name = `${first.provider}/${first.id}`
    if (fallback.never === 'remote' && first.local && !model.local) {
      return { reason: 'fallback_remote', detail: `nothing remote may stand in for ${name}` }
    }
    const over = overPrice(model, fallback.never_exceed)
    if (over !== undefined) return { reason: 'fallback_price', detail: `to stand in for ${name}: ${over.detail}` }
  }
  return undefined
}

/** What policy and rule say together; undefined when that is no filter. */
function combine({ policy, rule }: Scope): Fallback | undefined {
  const never = policy.fallback?.never ?? rule?.fallback?.never
  const price = lowerPrice(policy.fallback?.never_exceed, rule?.fallback?.never_exceed)
  if (never === undefined && price === undefined) return undefined
  return { ...(never === undefined ? {} : { never }), ...(price === undefined ? {} : { never_exceed: price }) }
}

/** Decides as if all were well, under the scopes up to the one that sets the limit. */
function firstChoice(
  group: Group,
  index: number,
  inputs: LimitInputs,
  earlier: readonly FallbackLimit[],
): Model | undefined {
  const scopes = group.constraints.scopes.slice(0, index + 1)
  const ranking = scopes[index]
  return ranking === undefined ? undefined : firstOf(group, scopes, ranking, inputs, earlier)
}

function firstOf(
  { models }: Group,
  scopes: readonly Scope[],
  ranking: Scope,
  { facts, world, intent }: LimitInputs,
  limits: readonly FallbackLimit[] = [],
): Model | undefined {
  const bare: Group = { models, constraints: { scopes, named: false }, ranking }
  const kept = checkEligibility([bare], facts, world).filter(
    ({ drop, model }) => drop === undefined && fallbackDrop(model, limits) === undefined,
  )
  const { now, seed, affinity } = world
  const held = heldTarget(affinity, ranking, intent, [])
  const ranked = rankGroup(kept, bare, { facts, health: EMPTY_HEALTH, now, seed, held: held?.target })
  return keepHeld(ranked, held, ranking, facts, intent, []).ranked[0]?.entry.model
}
