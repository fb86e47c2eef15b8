import type { Model } from '../catalog/types.ts'
import { targetOf } from '../catalog/types.ts'
import { matchGlob } from '../profile/glob.ts'
import type { Policy, Profile } from '../profile/types.ts'
import type { Constraints } from './drop-reason.ts'
import { matchRule } from './match-rule.ts'
import { findExact } from './resolve-name.ts'
import type { Facts, Intent, World } from './types.ts'

/** Models that stand under the same constraints. A plan is a list of groups, tried in order. */
export interface Group {
  models: readonly Model[]
  constraints: Constraints
  /** `sage/<policy>` for a policy that stands in for a pin. */
  via?: string
}

const NAMED: Constraints = { policy: undefined, rule: undefined, named: true }

/** A policy looks at the whole catalogue, under the first rule that holds. */
export function planPolicy(policy: Policy, facts: Facts, intent: Intent, world: World): Group {
  return {
    models: world.catalog.models,
    constraints: { policy, rule: matchRule(policy, facts, intent), named: false },
  }
}

/** A pin is its targets and then the fallbacks that the profile allows it, nothing else. */
export function planPin(
  profile: Profile,
  pinned: readonly Model[],
  facts: Facts,
  intent: Intent,
  world: World,
  notes: string[],
): Group[] {
  const pin = profile.pins.find(({ match }) => pinned.some((model) => matchGlob(match, targetOf(model))))
  const fallbacks = (pin?.fallback ?? []).flatMap((name): Group[] => {
    const found = findExact(profile, world.catalog, name)
    if (found === undefined) {
      notes.push(`fallback ${name} of pin ${pin?.match} is neither a target nor a policy`)
      return []
    }
    if (found.kind === 'pin') return [{ models: found.models, constraints: NAMED }]
    return [{ ...planPolicy(found.policy, facts, intent, world), via: `sage/${found.policy.name}` }]
  })
  if (pin !== undefined && fallbacks.length > 0)
    notes.push(`pin ${pin.match} may fall back to ${pin.fallback.join(', ')}`)
  return [{ models: pinned, constraints: NAMED }, ...fallbacks]
}
