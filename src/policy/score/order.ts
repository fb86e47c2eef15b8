import { firstMatch } from '../pattern-list.ts'
import type { ScoreInput } from './types.ts'

/** Places counted from the end of `prefer`: the first pattern of three is worth 3, the last 1, no match 0. */
export function orderTerm({ rule, model }: ScoreInput): number {
  if (rule === undefined) return 0
  const place = firstMatch(rule.prefer, model)
  return place === -1 ? 0 : rule.prefer.length - place
}
