import type { Model } from '../catalog/types.ts'
import type { Profile } from '../profile/types.ts'
import { type Constraints, dropReason } from './drop-reason.ts'
import { matchRule } from './match-rule.ts'
import { findExact } from './resolve-name.ts'
import type { Decision, Drop, Facts, Target, World } from './types.ts'

/** What a decision was made from, and the decision. */
export interface DecisionInputs {
  profile: Profile
  facts: Facts
  world: World
  decision: Decision
}

/**
 * Holds a target of the chain against the hard constraints once more, before an attempt. Health is the caller's.
 * `minContextExclusive`: an attempt failed because a window of that many tokens was too small; only a larger one will do.
 * Returns undefined when the target may be tried.
 */
export function recheck(
  inputs: DecisionInputs,
  target: Target,
  extra: { minContextExclusive?: number } = {},
): Drop | undefined {
  const { profile, facts, world } = inputs
  const name = `${target.provider}/${target.model}`
  const model = findModel(profile, world, name)
  if (model === undefined) return { reason: 'not_chosen', detail: 'no longer in the catalogue' }
  const { drop } = dropReason(model, facts, constraintsOf(inputs, target))
  return drop ?? largerWindow(model, extra.minContextExclusive)
}

function findModel(profile: Profile, world: World, name: string): Model | undefined {
  const listed = world.catalog.byTarget.get(name)
  if (listed !== undefined) return listed
  const found = findExact(profile, world.catalog, name)
  return found?.kind === 'pin' ? found.models[0] : undefined
}

function constraintsOf({ profile, facts, decision }: DecisionInputs, target: Target): Constraints {
  const candidate = decision.candidates.find(
    ({ provider, model }) => provider === target.provider && model === target.model,
  )
  const name = candidate?.via?.slice('sage/'.length) ?? decision.policy
  const policy = profile.policies.find((known) => known.name === name)
  if (policy === undefined) return { policy, rule: undefined, named: true }
  return { policy, rule: matchRule(policy, facts, decision.intent), named: false }
}

function largerWindow(model: Model, exceeded: number | undefined): Drop | undefined {
  if (exceeded === undefined) return undefined
  if (model.context === undefined) {
    return { reason: 'context_unknown', detail: `context unknown, more than ${exceeded} tokens needed` }
  }
  if (model.context > exceeded) return undefined
  return { reason: 'context_too_small', detail: `context of ${model.context} tokens, more than ${exceeded} needed` }
}
