import type { Model } from '../catalog/types.ts'
import type { Profile, RequestLimits } from '../profile/types.ts'
import { dropReason } from './drop-reason.ts'
import { fallbackDrop, fallbackLimits } from './fallback.ts'
import type { FallbackLimit } from './fallback.ts'
import { allowsRescue, requestLimits, waitLimits } from './limits.ts'
import type { WaitLimits } from './limits.ts'
import { resolveOverrides } from './overrides.ts'
import { type Group, planGroups } from './plan.ts'
import { findExact, resolveName } from './resolve-name.ts'
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
 * `written`: tokens of the answer that the client has and the target is to go on with.
 * Returns undefined when the target may be tried.
 */
export function recheck(
  inputs: DecisionInputs,
  target: Target,
  extra: { minContextExclusive?: number; written?: number } = {},
): Drop | undefined {
  const { profile, facts, world, decision } = inputs
  const model = findModel(profile, world, `${target.provider}/${target.model}`)
  if (model === undefined) return { reason: 'not_chosen', detail: 'no longer in the catalogue' }
  const { groups, limits: allLimits } = planAgain(inputs)
  const group = groupOf(groups, decision, target)
  if (group === undefined) return { reason: 'not_chosen', detail: 'no longer part of the decision' }
  const limits = allLimits[groups.indexOf(group)] ?? []
  return (
    dropReason(model, withWritten(facts, extra.written), group.constraints).drop ??
    fallbackDrop(model, limits) ??
    largerWindow(model, extra.minContextExclusive)
  )
}

/** What a target of the chain may be asked for at most, by the policy and rule that it stands under. */
export function limitsFor(inputs: DecisionInputs, target: Target): RequestLimits {
  return requestLimits(groupOf(planAgain(inputs).groups, inputs.decision, target))
}

/** Whether another target may write the rest of an answer that broke off, by the request's policies. */
export function mayBeRescued(inputs: DecisionInputs): boolean {
  return allowsRescue(inputs.profile, planAgain(inputs).groups)
}

/** How long the request may wait, by its policies. */
export function waitsFor(inputs: DecisionInputs): WaitLimits {
  return waitLimits(inputs.profile, planAgain(inputs).groups)
}

interface Plan {
  groups: Group[]
  /** Limits on fallbacks, by group. */
  limits: FallbackLimit[][]
}

/** Plans of decisions whose requests are under way: each is looked at several times an attempt. */
const plans = new WeakMap<DecisionInputs, Plan>()

function planAgain(inputs: DecisionInputs): Plan {
  let plan = plans.get(inputs)
  if (plan === undefined) {
    const { facts, world, decision } = inputs
    const groups = groupsOf(inputs)
    plan = { groups, limits: fallbackLimits(groups, { facts, world, intent: decision.intent }) }
    plans.set(inputs, plan)
  }
  return plan
}

function groupsOf({ profile, facts, world, decision }: DecisionInputs): Group[] {
  const overrides = resolveOverrides(profile, world.catalog, facts.overrides)
  const name = resolveName(profile, world.catalog, facts.model)
  return planGroups({ profile, facts, world, intent: decision.intent, overrides }, name, [])
}

function groupOf(groups: readonly Group[], decision: Decision, target: Target): Group | undefined {
  const candidate = decision.candidates.find(
    ({ provider, model }) => provider === target.provider && model === target.model,
  )
  return groups.find(({ via }) => via === candidate?.via)
}

function findModel(profile: Profile, world: World, name: string): Model | undefined {
  const listed = world.catalog.byTarget.get(name)
  if (listed !== undefined) return listed
  const found = findExact(profile, world.catalog, name)
  return found?.kind === 'pin' ? found.models[0] : undefined
}

/** The text moves from the answer to the input. */
function withWritten(facts: Facts, written = 0): Facts {
  if (written === 0) return facts
  const { inputTokens, maxOutputTokens } = facts
  return { ...facts, inputTokens: inputTokens + written, maxOutputTokens: Math.max(0, maxOutputTokens - written) }
}

function largerWindow(model: Model, exceeded: number | undefined): Drop | undefined {
  if (exceeded === undefined) return undefined
  if (model.context === undefined) {
    return { reason: 'context_unknown', detail: `context unknown, more than ${exceeded} tokens needed` }
  }
  if (model.context > exceeded) return undefined
  return { reason: 'context_too_small', detail: `context of ${model.context} tokens, more than ${exceeded} needed` }
}
