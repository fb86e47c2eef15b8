import { POLICY_DEFAULTS } from '../profile/defaults.generated.ts'
import type { Policy, Profile, RequestLimits, ThinkingLevel } from '../profile/types.ts'
import { lower } from './constraints.ts'
import type { Group } from './plan.ts'

/**
 * Upstream calls a request may cost: the least of what its policies, their rules and the request itself say; for a pin
 * the policy is `auto`, or else the first.
 */
export function attemptBudget(profile: Profile, groups: readonly Group[]): number {
  const { scopes = [], narrowing, named = true } = groups[0]?.constraints ?? {}
  const limits = [
    named ? (generalPolicy(profile)?.max_attempts ?? POLICY_DEFAULTS.max_attempts) : undefined,
    ...scopes.flatMap(({ policy, rule }) => [
      policy.max_attempts,
      policy.fallback?.max_attempts,
      rule?.fallback?.max_attempts,
    ]),
    narrowing?.maxAttempts,
  ]
  return Math.min(...limits.filter((limit) => limit !== undefined))
}

/** How long a request may wait, in ms. */
export interface WaitLimits {
  /** For one more call to a target that was well until now; 0 for none. */
  retryMs: number
  /** Until its answer begins, over all attempts; Infinity when nothing limits it. */
  deadlineMs: number
}

/** The least of what the policies over a request say; for a pin the policy is `auto`, or else the first. */
export function waitLimits(profile: Profile, groups: readonly Group[]): WaitLimits {
  const policies = policiesOver(profile, groups)
  return {
    retryMs:
      policies.length === 0
        ? POLICY_DEFAULTS.retry_wait_ms
        : Math.min(...policies.map(({ retry_wait_ms }) => retry_wait_ms)),
    deadlineMs: Math.min(...policies.map(({ deadline_ms = Infinity }) => deadline_ms)),
  }
}

/** Whether every policy over a request lets another target write the rest of an answer that broke off. */
export function allowsRescue(profile: Profile, groups: readonly Group[]): boolean {
  const policies = policiesOver(profile, groups)
  return policies.length > 0 && policies.every(({ rescue }) => rescue === 'prose')
}

/** The policies over a request; for a pin there is one too. */
function policiesOver(profile: Profile, groups: readonly Group[]): Policy[] {
  const { scopes = [], named = true } = groups[0]?.constraints ?? {}
  const general = named ? generalPolicy(profile) : undefined
  return [...scopes.map(({ policy }) => policy), ...(general === undefined ? [] : [general])]
}

/** The policy that speaks for pins. */
function generalPolicy({ policies }: Profile): Policy | undefined {
  return policies.find(({ name }) => name === 'auto') ?? policies[0]
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
