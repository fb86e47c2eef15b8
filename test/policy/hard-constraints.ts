// The hard constraints written a second time, plainly and apart from the code under test.
import type { Model } from '../../src/catalog/types.ts'
import type { Facts } from '../../src/policy/types.ts'
import { matchGlob } from '../../src/profile/glob.ts'
import type { Capability, Policy, Requirements, Rule } from '../../src/profile/types.ts'

/** Whether a model may serve the request under the policy and rule. */
export function mayServe(model: Model, facts: Facts, policy: Policy, rule: Rule | undefined): boolean {
  const target = `${model.provider}/${model.id}`
  const tags = model.tags ?? []
  const matches = (glob: string): boolean =>
    glob.startsWith('tag:') ? tags.some((tag) => matchGlob(glob.slice(4), tag)) : matchGlob(glob, target)
  const among = (globs: string[]): boolean => globs.some(matches)
  if (policy.allow.length > 0 && !among(policy.allow)) return false
  if (among(policy.deny)) return false
  if (rule !== undefined && rule.only.length > 0 && !among(rule.only)) return false
  if (!meets(model, policy.require) || (rule !== undefined && !meets(model, rule.require))) return false
  return needs(facts).every((need) => model.capabilities[need] === true) && fits(model, facts)
}

/** Whether a model that the user named may serve the request: nothing known speaks against it. */
export function mayServeNamed(model: Model, facts: Facts): boolean {
  return needs(facts).every((need) => model.capabilities[need] !== false) && fits(model, facts)
}

function meets(model: Model, required: Requirements): boolean {
  if (required.local && !model.local) return false
  if (required.capabilities?.some((capability) => model.capabilities[capability] !== true)) return false
  if (required.min_context !== undefined && !(model.context !== undefined && model.context >= required.min_context)) {
    return false
  }
  for (const side of ['input', 'output'] as const) {
    const most = required.max_price?.[side]
    if (most !== undefined && (model.price === undefined || model.price[side] > most)) return false
  }
  return true
}

function needs(facts: Facts): Capability[] {
  const list: Capability[] = []
  if (facts.tools > 0) list.push('tools')
  if (facts.vision) list.push('vision')
  if (facts.documents) list.push('documents')
  if (facts.json !== 'none') list.push('json')
  return list
}

function fits(model: Model, facts: Facts): boolean {
  if (model.context === undefined) return true
  const output = Math.min(facts.maxOutputTokens, model.output ?? Math.floor(model.context / 4))
  return facts.inputTokens + Math.max(output, 256) <= model.context
}
