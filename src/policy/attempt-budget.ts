import type { Profile } from '../profile/types.ts'
import type { Group } from './plan.ts'

/** Upstream calls of a pin in a profile without any policy. */
const WITHOUT_POLICY = 3

/** Upstream calls a request may cost: what its policy says; for a pin what `auto` or else the first policy says. */
export function attemptBudget(profile: Profile, groups: readonly Group[]): number {
  const deciding = groups[0]?.constraints.policy
  const general = profile.policies.find(({ name }) => name === 'auto') ?? profile.policies[0]
  return (deciding ?? general)?.max_attempts ?? WITHOUT_POLICY
}
