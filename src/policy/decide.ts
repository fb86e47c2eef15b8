import type { Profile } from '../profile/types.ts'
import { type Held, heldTarget, keepHeld } from './affinity.ts'
import { toCandidates, toChain } from './candidates.ts'
import { checkEligibility } from './eligibility.ts'
import { intentOf } from './errand.ts'
import { applyFallbackLimits, fallbackLimits } from './fallback.ts'
import { applyHealth } from './health-filter.ts'
import { attemptBudget, requestLimits } from './limits.ts'
import { DEFAULT_RULE } from './match-rule.ts'
import { resolveOverrides } from './overrides.ts'
import { type Group, planGroups } from './plan.ts'
import { type Ranked, rankGroup, spreadProviders } from './rank.ts'
import { noCandidate, unknownModel } from './refuse.ts'
import { type Resolution, resolveName } from './resolve-name.ts'
import type { Decision, Facts, Intent, World } from './types.ts'

/** Who decides, under which rule: the head of a decision. */
type Head = Pick<Decision, 'policy' | 'rule' | 'ruleSource' | 'pin' | 'pinned'>

/**
 * Decides which targets a request goes to, in which order, and why not to the others.
 * Pure: the same profile, facts and world give the same decision. Never throws; a refusal is `error` in the decision.
 */
export function decide(profile: Profile, facts: Facts, world: World): Decision {
  const notes: string[] = []
  const intent = intentOf(facts, profile)
  const overrides = resolveOverrides(profile, world.catalog, facts.overrides)
  const name = resolveName(profile, world.catalog, facts.model)
  notes.push(...name.notes)
  const groups = overrides.error ? [] : planGroups({ profile, facts, world, intent, overrides }, name, notes)
  const head = headOf(name, groups, facts)
  const held = heldOf(name, groups, world, intent, notes)

  const entries = checkEligibility(groups, facts, world)
  applyFallbackLimits(entries, fallbackLimits(groups, { facts, world, intent }))
  applyHealth(entries, world.health, world.now, notes)
  const inputs = { facts, health: world.health, now: world.now, seed: world.seed, held: held?.target }
  const ranked = groups.flatMap((group, index) => {
    const kept = entries.filter((entry) => entry.group === index && entry.drop === undefined)
    return rankGroup(kept, group, inputs)
  })
  const [first, last] = byResort(ranked)
  const ordered = order(groups, first, held, facts, intent, notes)
  const all = [...ordered.ranked, ...spreadProviders(last)]

  const chain = toChain(all)
  const limits = requestLimits(groups[0])
  const decision: Decision = {
    ...head,
    intent,
    sticky: ordered.sticky,
    maxAttempts: attemptBudget(profile, groups),
    ...(limits.thinking === undefined ? {} : { thinking: limits.thinking }),
    ...(limits.max_output === undefined ? {} : { maxOutput: limits.max_output }),
    chain,
    candidates: toCandidates(all, entries, groups),
    notes,
  }
  if (overrides.error !== undefined) decision.error = overrides.error
  else if (name.kind === 'unknown') decision.error = unknownModel(profile, world.catalog, name)
  else if (chain.length === 0) decision.error = noCandidate(decision, entries, facts)
  return decision
}

function headOf(name: Resolution, groups: readonly Group[], facts: Facts): Head {
  const [group] = groups
  if (name.kind === 'unknown' || group === undefined) return { policy: '', rule: '', pinned: [] }
  if (name.kind === 'pin') {
    const pinned = name.models.map(({ provider, id }) => ({ provider, model: id }))
    return { policy: '', rule: 'pin', pin: facts.model, pinned }
  }
  const { policy, rule } = group.ranking ?? { policy: name.policy, rule: undefined }
  return {
    policy: policy.name,
    rule: rule?.name ?? DEFAULT_RULE,
    ruleSource: rule?.source ?? policy.source,
    pinned: [],
  }
}

/** Only a policy remembers the session; a pin needs no memory. */
function heldOf(
  name: Resolution,
  groups: readonly Group[],
  world: World,
  intent: Intent,
  notes: string[],
): Held | undefined {
  const ranking = groups[0]?.ranking
  return name.kind !== 'policy' || ranking === undefined
    ? undefined
    : heldTarget(world.affinity, ranking, intent, notes)
}

/** What is asked first, and what only when all of that has failed. */
function byResort(ranked: Ranked[]): [Ranked[], Ranked[]] {
  if (!ranked.some(({ entry }) => entry.isResort)) return [ranked, []]
  return [ranked.filter(({ entry }) => !entry.isResort), ranked.filter(({ entry }) => entry.isResort)]
}

/** A policy spreads over providers and keeps the session where it is. A pin keeps the order the user gave. */
function order(
  groups: readonly Group[],
  ranked: Ranked[],
  held: Held | undefined,
  facts: Facts,
  intent: Intent,
  notes: string[],
): { ranked: readonly Ranked[]; sticky: boolean } {
  const ranking = groups[0]?.ranking
  if (ranking === undefined) return { ranked, sticky: false }
  const kept = keepHeld(ranked, held, ranking, facts, intent, notes)
  return { ranked: spreadProviders(kept.ranked), sticky: kept.sticky }
}
