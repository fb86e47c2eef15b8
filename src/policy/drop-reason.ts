import type { Model } from '../catalog/types.ts'
import type { Policy, Requirements, Rule } from '../profile/types.ts'
import { capabilityDrop, neededCapabilities, needOf } from './capability-need.ts'
import { contextNeed } from './context-need.ts'
import { matchesAny } from './pattern-list.ts'
import { targetName } from './target-name.ts'
import type { Drop, Facts } from './types.ts'

/** What a target must satisfy besides the needs of the request itself. */
export interface Constraints {
  policy: Policy | undefined
  rule: Rule | undefined
  /** The user named this very target: what is unknown of it counts in its favour. */
  named: boolean
}

/** The outcome of the hard constraints for one model: a drop, or the caveats it is kept with. */
export interface Verdict {
  drop?: Drop
  caveats: string[]
}

/**
 * Holds one model against every hard constraint, in a fixed order; the first that fails is the reason.
 * Health is not looked at here: it changes within a request, constraints do not.
 */
export function dropReason(model: Model, facts: Facts, constraints: Constraints): Verdict {
  const caveats: string[] = []
  const { policy, rule, named } = constraints
  const requirements = [policy?.require, rule?.require].filter((given) => given !== undefined)
  const drop =
    patternDrop(model, policy, rule) ??
    first(requirements, (required) => requirementDrop(model, required, caveats)) ??
    first(neededCapabilities(facts), (need) =>
      capabilityDrop(model, need, () => needOf(need, facts), named, caveats),
    ) ??
    contextDrop(model, facts, caveats)
  return drop === undefined ? { caveats } : { drop, caveats }
}

function patternDrop(model: Model, policy: Policy | undefined, rule: Rule | undefined): Drop | undefined {
  const target = targetName(model)
  if (policy !== undefined && policy.allow.length > 0 && !matchesAny(policy.allow, target)) {
    return { reason: 'not_allowed', detail: `not in the allow list of policy ${policy.name}` }
  }
  if (policy !== undefined && matchesAny(policy.deny, target)) {
    return { reason: 'denied', detail: `in the deny list of policy ${policy.name}` }
  }
  if (rule !== undefined && rule.only.length > 0 && !matchesAny(rule.only, target)) {
    return { reason: 'not_chosen', detail: `rule ${rule.name} takes only ${rule.only.join(', ')}` }
  }
  return undefined
}

function requirementDrop(model: Model, required: Requirements, caveats: string[]): Drop | undefined {
  if (required.local === true && !model.local) {
    return { reason: 'not_local', detail: 'prompts would leave this machine and its network' }
  }
  return (
    first(required.capabilities ?? [], (one) => capabilityDrop(model, one, byPolicy, false, caveats)) ??
    windowDrop(model, required.min_context) ??
    priceDrop(model, 'input', required.max_price?.input) ??
    priceDrop(model, 'output', required.max_price?.output)
  )
}

function byPolicy(): string {
  return 'the policy requires it'
}

function windowDrop(model: Model, least: number | undefined): Drop | undefined {
  if (least === undefined) return undefined
  if (model.context === undefined) {
    return { reason: 'context_unknown', detail: `context unknown, at least ${least} tokens required` }
  }
  if (model.context >= least) return undefined
  return { reason: 'context_too_small', detail: `context of ${model.context} tokens, at least ${least} required` }
}

function priceDrop(model: Model, side: 'input' | 'output', most: number | undefined): Drop | undefined {
  if (most === undefined) return undefined
  const price = model.price?.[side]
  if (price === undefined) {
    return { reason: 'price_unknown', detail: `${side} price unknown, at most ${most} USD per million tokens allowed` }
  }
  if (price <= most) return undefined
  return { reason: 'price_too_high', detail: `${side} costs ${price} USD per million tokens, at most ${most} allowed` }
}

function contextDrop(model: Model, facts: Facts, caveats: string[]): Drop | undefined {
  if (model.context === undefined) {
    caveats.push('context unknown')
    return undefined
  }
  const need = contextNeed(model, facts)
  if (need <= model.context) return undefined
  const parts = `about ${facts.inputTokens} of input and ${need - facts.inputTokens} for the answer`
  return { reason: 'context_too_small', detail: `context of ${model.context} tokens, ${need} needed: ${parts}` }
}

function first<T>(items: readonly T[], check: (item: T) => Drop | undefined): Drop | undefined {
  for (const item of items) {
    const drop = check(item)
    if (drop !== undefined) return drop
  }
  return undefined
}
