import type { Profile, RequestLimits, ThinkingLevel } from '../profile/types.ts'
import { lower } from './constraints.ts'
import type { Group } from './plan.ts'

/** Upstream calls of a pin in a profile without any policy. */
const WITHOUT_POLICY = 3

/**
 * Upstream calls a request may cost: the least of what its policies, their rules and the request itself say; for a pin
 * the policy is `auto`, or else the first.
 */
export function attemptBudget(profile: Profile, groups: readonly Group[]): number {
  const { scopes = [], narrowing, named = true } = groups[0]?.constraints ?? {}
  const general = profile.policies.find(({ name }) => name === 'auto') ?? profile.policies[0]
  const limits = [
    named ? (general?.max_attempts ?? WITHOUT_POLICY) : undefined,
    ...scopes.flatMap(({ policy, rule }) => [
      policy.max_attempts,
      policy.fallback?.max_attempts,
      rule?.fallback?.max_attempts,
    ]),
    narrowing?.maxAttempts,
  ]
  return Math.min(...limits.filter((limit) => limit !== undefined))
}

const LEVELS: readonly ThinkingLevel[] = ['off', 'low', 'medium', 'high']

/** The lowest of what the policies and rules over a group set. */
export function requestLimits(group: Group | undefined): RequestLimits {
  const given = (group?.constraints.scopes ?? []).flatMap(({ policy, rule }) => [policy, rule ?? {}])
  const limits: RequestLimits = {}
  for (const { thinking, max_output } of given as RequestLimits[]) {
    const output = lower(limits.max_output, max_output)
    if (output !== undefined) limits.max_output = output
    if (thinking !== undefined) limits.thinking = lowerLevel(limits.thinking, thinking)
  }
  return limits
}

function lowerLevel(a: ThinkingLevel | undefined, b: ThinkingLevel): ThinkingLevel {
  return a !== undefined && LEVELS.indexOf(a) < LEVELS.indexOf(b) ? a : b
}
