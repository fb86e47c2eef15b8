import type { Model } from '../catalog/types.ts'
import type { Requirements } from '../profile/types.ts'
import { capabilityDrop, neededCapabilities, needOf } from './capability-need.ts'
import type { Constraints, Narrowing, Scope } from './constraints.ts'
import { contextNeed } from './context-need.ts'
import { includesModel } from './pattern-list.ts'
import { overPrice } from './price-drop.ts'
import type { Drop, Facts } from './types.ts'

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
  const { scopes, narrowing, named } = constraints
  const drop =
    first(scopes, (scope) => patternDrop(model, scope)) ??
    deniedByRequest(model, narrowing) ??
    first(scopes, ({ policy }) => requirementDrop(model, policy.require, BY_POLICY, caveats)) ??
    first(scopes, ({ rule }) => rule && requirementDrop(model, rule.require, BY_POLICY, caveats)) ??
    (narrowing && requirementDrop(model, narrowing.require, BY_REQUEST, caveats)) ??
    first(neededCapabilities(facts), (need) =>
      capabilityDrop(model, need, () => needOf(need, facts), named, caveats),
    ) ??
    contextDrop(model, facts, caveats)
  return drop === undefined ? { caveats } : { drop, caveats }
}

function patternDrop(model: Model, { policy, rule }: Scope): Drop | undefined {
  if (policy.allow.length > 0 && !includesModel(policy.allow, model)) {
    return { reason: 'not_allowed', detail: `not in the allow list of policy ${policy.name}` }
  }
  if (includesModel(policy.deny, model)) {
    return { reason: 'denied', detail: `in the deny list of policy ${policy.name}` }
  }
  if (rule !== undefined && rule.only.length > 0 && !includesModel(rule.only, model)) {
    return { reason: 'not_chosen', detail: `rule ${rule.name} takes only ${rule.only.join(', ')}` }
  }
  return undefined
}

function deniedByRequest(model: Model, narrowing: Narrowing | undefined): Drop | undefined {
  if (narrowing === undefined || !includesModel(narrowing.deny, model)) return undefined
  return { reason: 'denied', detail: 'the request denies it' }
}

const BY_POLICY = 'the policy requires it'
const BY_REQUEST = 'the request requires it'

function requirementDrop(model: Model, required: Requirements, who: string, caveats: string[]): Drop | undefined {
  if (required.local === true && !model.local) {
    return { reason: 'not_local', detail: 'prompts would leave this machine and its network' }
  }
  return (
    first(required.capabilities ?? [], (one) => capabilityDrop(model, one, () => who, false, caveats)) ??
    windowDrop(model, required.min_context) ??
    priceDrop(model, required)
  )
}

function windowDrop(model: Model, least: number | undefined): Drop | undefined {
  if (least === undefined) return undefined
  if (model.context === undefined) {
    return { reason: 'context_unknown', detail: `context unknown, at least ${least} tokens required` }
  }
  if (model.context >= least) return undefined
  return { reason: 'context_too_small', detail: `context of ${model.context} tokens, at least ${least} required` }
}

function priceDrop(model: Model, { max_price }: Requirements): Drop | undefined {
  const over = overPrice(model, max_price)
  return over && { reason: over.unknown ? 'price_unknown' : 'price_too_high', detail: over.detail }
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
