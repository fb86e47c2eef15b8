import type { Profile } from '../profile/types.ts'
import { keepAffinity } from './affinity.ts'
import { attemptBudget } from './attempt-budget.ts'
import { toCandidates, toChain } from './candidates.ts'
import { checkEligibility } from './eligibility.ts'
import { applyHealth } from './health-filter.ts'
import { classifyIntent } from './intent/classify.ts'
import { DEFAULT_RULE } from './match-rule.ts'
import { type Group, planPin, planPolicy } from './plan.ts'
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
  const name = resolveName(profile, world.catalog, facts.model)
  notes.push(...name.notes)
  const intent = classifyIntent(facts)
  const groups = planGroups(profile, name, facts, intent, world, notes)
  const head = headOf(name, groups, facts)

  const entries = checkEligibility(groups, facts, world)
  applyHealth(entries, world.health, world.now, notes)
  const ranked = groups.flatMap((group, index) => {
    const kept = entries.filter((entry) => entry.group === index && entry.drop === undefined)
    return rankGroup(kept, group, facts, world)
  })
  const ordered = order(name, ranked, head, facts, world, notes)

  const chain = toChain(ordered.ranked)
  const decision: Decision = {
    ...head,
    intent,
    sticky: ordered.sticky,
    maxAttempts: attemptBudget(profile, groups),
    chain,
    candidates: toCandidates(ordered.ranked, entries, groups),
    notes,
  }
  if (name.kind === 'unknown') decision.error = unknownModel(profile, world.catalog, name)
  else if (chain.length === 0) decision.error = noCandidate(decision, entries, facts)
  return decision
}

function planGroups(
  profile: Profile,
  name: Resolution,
  facts: Facts,
  intent: Intent,
  world: World,
  notes: string[],
): Group[] {
  if (name.kind === 'policy') return [planPolicy(name.policy, facts, intent, world)]
  if (name.kind === 'pin') return planPin(profile, name.models, facts, intent, world, notes)
  return []
}

function headOf(name: Resolution, groups: readonly Group[], facts: Facts): Head {
  if (name.kind === 'unknown') return { policy: '', rule: '', pinned: [] }
  if (name.kind === 'pin') {
    const pinned = name.models.map(({ provider, id }) => ({ provider, model: id }))
    return { policy: '', rule: 'pin', pin: facts.model, pinned }
  }
  const rule = groups[0]?.constraints.rule
  const { policy } = name
  return {
    policy: policy.name,
    rule: rule?.name ?? DEFAULT_RULE,
    ruleSource: rule?.source ?? policy.source,
    pinned: [],
  }
}

/** A policy spreads over providers and remembers the session. A pin keeps the order the user gave. */
function order(
  name: Resolution,
  ranked: Ranked[],
  head: Head,
  facts: Facts,
  world: World,
  notes: string[],
): { ranked: readonly Ranked[]; sticky: boolean } {
  if (name.kind !== 'policy') return { ranked, sticky: false }
  const { ranked: held, sticky } = keepAffinity(ranked, world.affinity, head, facts, notes)
  return { ranked: spreadProviders(held), sticky }
}
