import { conditionHolds } from '../policy/match-rule.ts'
import type { Decision, Facts } from '../policy/types.ts'
import type { Policy, Profile, SourceRef } from '../profile/types.ts'
import type { Dead } from './shadow.ts'
import { findDeadRules } from './shadow.ts'

/** How often each rule decided over some requests. */
export interface Coverage {
  rules: RuleCoverage[]
  /** Rules that decided at least once. */
  covered: number
  /** 0 to 100, whole; 100 when there is no rule. */
  percent: number
  /** Least percentage that is asked for. */
  atLeast?: number
  isEnough: boolean
}

export interface RuleCoverage {
  policy: string
  rule: string
  source: SourceRef
  /** Requests that it decided. */
  count: number
  /** It can never decide. */
  dead?: Dead
  /** It fits requests, but rules above decided all of them: the rule that took most, and how many fit. */
  shadow?: { by: string; count: number }
}

/** What coverage is counted over. */
export interface Decided {
  facts: Facts
  decision: Decision
}

/** Counts over the rules that the profile has; the implied `default` of a policy is not one of them. */
export function measureCoverage(profile: Profile, decided: readonly Decided[], atLeast?: number): Coverage {
  const byPolicy = new Map<string, Decided[]>()
  for (const each of decided) {
    const list = byPolicy.get(each.decision.policy)
    if (list === undefined) byPolicy.set(each.decision.policy, [each])
    else list.push(each)
  }
  const rules = profile.policies.flatMap((policy) => coverPolicy(policy, byPolicy.get(policy.name) ?? []))
  const covered = rules.filter(({ count }) => count > 0).length
  const percent = rules.length === 0 ? 100 : Math.floor((covered / rules.length) * 100)
  const isEnough = atLeast === undefined || percent >= atLeast
  return { rules, covered, percent, ...(atLeast === undefined ? {} : { atLeast }), isEnough }
}

function coverPolicy(policy: Policy, decided: readonly Decided[]): RuleCoverage[] {
  const dead = findDeadRules(policy)
  return policy.rules.map(({ name, when, source }): RuleCoverage => {
    const count = decided.filter(({ decision }) => decision.rule === name).length
    const covered = { policy: policy.name, rule: name, source, count }
    const why = dead.get(name)
    if (why !== undefined) return { ...covered, dead: why }
    if (count > 0) return covered
    const fitting = decided.filter(({ facts, decision }) => conditionHolds(when, facts, decision.intent))
    const by = mostFrequent(fitting.map(({ decision }) => decision.rule))
    return by === undefined ? covered : { ...covered, shadow: { by, count: fitting.length } }
  })
}

function mostFrequent(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}
