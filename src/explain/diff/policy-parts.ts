import type { Policy, Rule, Weights } from '../../profile/types.ts'
import type { State } from '../state.ts'
import { brief } from './brief.ts'
import { isEqual } from './is-equal.ts'
import type { Part } from './part.ts'
import { compareLists, insertAsBefore, orderAsBefore } from './part.ts'

/** Members of a policy that have parts of their own, or decide nothing. */
const APART: ReadonlySet<string> = new Set(['name', 'source', 'description', 'rules', 'weights'])

/** Every policy that came, went, moved or changed, as small as it can be told: weight by weight, rule by rule. */
export function policyParts(before: readonly Policy[], after: readonly Policy[]): Part[] {
  const { added, removed, kept, isMoved } = compareLists(before, after, nameOf)
  return [
    ...kept.flatMap(({ before: old, after: now }) => [
      ...weightParts(old, now),
      ...memberParts(old, now),
      ...ruleParts(old, now),
    ]),
    ...added.map((policy): Part => ({
      ...aboutPolicy(policy, 'none', 'added'),
      revert: (state) => withPolicies(state, (all) => all.filter(({ name }) => name !== policy.name)),
    })),
    ...removed.map((policy): Part => ({
      ...aboutPolicy(policy, 'there', 'removed'),
      revert: (state) => withPolicies(state, (all) => insertAsBefore(all, policy, before, nameOf)),
    })),
    ...(isMoved
      ? [
          {
            kind: 'policy' as const,
            what: 'order of the policies',
            from: brief(before.map(nameOf)),
            to: brief(after.map(nameOf)),
            revert: (state: State) => withPolicies(state, (all) => orderAsBefore(all, before, nameOf)),
          },
        ]
      : []),
  ]
}

function aboutPolicy({ name, source }: Policy, from: string, to: string): Omit<Part, 'revert'> {
  return { kind: 'policy', what: `policy ${name}`, from, to, source, policy: name }
}

function weightParts(before: Policy, after: Policy): Part[] {
  const terms = [...new Set([...Object.keys(before.weights), ...Object.keys(after.weights)])] as (keyof Weights)[]
  return terms.flatMap((term): Part[] => {
    const old = before.weights[term]
    if (old === after.weights[term]) return []
    const { name, source } = after
    return [
      {
        kind: 'weight',
        what: `weight ${term} of policy ${name}`,
        from: brief(old),
        to: brief(after.weights[term]),
        source,
        policy: name,
        revert: (state) =>
          withPolicy(state, name, (policy) => ({ ...policy, weights: { ...policy.weights, [term]: old } })),
      },
    ]
  })
}

function memberParts(before: Policy, after: Policy): Part[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Policy>
  return [...keys].flatMap((key): Part[] => {
    if (APART.has(key) || isEqual(before[key], after[key])) return []
    const { name, source } = after
    return [
      {
        kind: 'policy',
        what: `${key} of policy ${name}`,
        from: brief(before[key]),
        to: brief(after[key]),
        source,
        policy: name,
        revert: (state) => withPolicy(state, name, (policy) => withMember(policy, key, before[key])),
      },
    ]
  })
}

function ruleParts(before: Policy, after: Policy): Part[] {
  const { name } = after
  const { added, removed, kept, isMoved } = compareLists(before.rules, after.rules, nameOf)
  const change = (state: State, edit: (rules: readonly Rule[]) => Rule[]): State =>
    withPolicy(state, name, (policy) => ({ ...policy, rules: edit(policy.rules) }))
  const about = (rule: Rule): Pick<Part, 'kind' | 'what' | 'source' | 'policy'> => {
    return { kind: 'rule', what: `rule ${rule.name} of policy ${name}`, source: rule.source, policy: name }
  }
  return [
    ...kept.flatMap(({ before: old, after: now }): Part[] => {
      if (isEqual(old, now)) return []
      const revert: Part['revert'] = (state) =>
        change(state, (rules) => rules.map((rule) => (rule.name === old.name ? old : rule)))
      return [{ ...about(now), ...changedMembers(old, now), revert }]
    }),
    ...added.map((rule): Part => ({
      ...about(rule),
      from: 'none',
      to: 'added',
      revert: (state) => change(state, (rules) => rules.filter((other) => other.name !== rule.name)),
    })),
    ...removed.map((rule): Part => ({
      ...about(rule),
      from: 'there',
      to: 'removed',
      revert: (state) => change(state, (rules) => insertAsBefore(rules, rule, before.rules, nameOf)),
    })),
    ...(isMoved
      ? [
          {
            kind: 'rule' as const,
            what: `order of the rules of policy ${name}`,
            from: brief(before.rules.map(nameOf)),
            to: brief(after.rules.map(nameOf)),
            source: after.source,
            policy: name,
            revert: (state: State) => change(state, (rules) => orderAsBefore(rules, before.rules, nameOf)),
          },
        ]
      : []),
  ]
}

/** Only what differs of the two: `prefer a, b`. */
function changedMembers(before: Rule, after: Rule): { from: string; to: string } {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Rule>
  const changed = [...keys].filter((key) => key !== 'source' && !isEqual(before[key], after[key]))
  const tell = (rule: Rule): string => changed.map((key) => `${key} ${brief(rule[key])}`).join('; ')
  return { from: tell(before), to: tell(after) }
}

function withMember<Value extends object, Key extends keyof Value>(value: Value, key: Key, member: Value[Key]): Value {
  if (member !== undefined) return { ...value, [key]: member }
  const { [key]: _, ...rest } = value
  return rest as Value
}

function withPolicy(state: State, name: string, edit: (policy: Policy) => Policy): State {
  return withPolicies(state, (all) => all.map((policy) => (policy.name === name ? edit(policy) : policy)))
}

function withPolicies(state: State, edit: (all: readonly Policy[]) => Policy[]): State {
  return { ...state, profile: { ...state.profile, policies: edit(state.profile.policies) } }
}

function nameOf({ name }: { name: string }): string {
  return name
}
