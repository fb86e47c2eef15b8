import { matchesAny } from '../pattern-list.ts'
import type { ScoreInput } from './types.ts'

/** -1 for a target that the rule avoids, else 0. */
export function avoidTerm({ rule, target }: ScoreInput): number {
  return rule !== undefined && matchesAny(rule.avoid, target) ? -1 : 0
}
