import { includesModel } from '../pattern-list.ts'
import type { ScoreInput } from './types.ts'

/** -1 for a target that the rule avoids, else 0. */
export function avoidTerm({ rule, model }: ScoreInput): number {
  return rule !== undefined && includesModel(rule.avoid, model) ? -1 : 0
}
