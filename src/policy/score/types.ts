import type { Model } from '../../catalog/types.ts'
import type { TargetHealth } from '../../health/types.ts'
import type { Rule } from '../../profile/types.ts'
import type { Facts } from '../types.ts'

/** What a score term may look at. */
export interface ScoreInput {
  model: Model
  /** `provider/model` */
  target: string
  /** The rule that decided; undefined for the default, which prefers nothing. */
  rule: Rule | undefined
  facts: Facts
  /** Undefined when nothing is known of the target. */
  health: TargetHealth | undefined
  /** Shortest time to the first content among the candidates, in ms; undefined when none was measured. */
  fastestMs: number | undefined
  /** It takes far longer to its first content than its peers do. */
  isSlow?: boolean
  /** Target that the session is on; undefined when there is none that counts. */
  held: string | undefined
  /** The clock of `health`, in ms. */
  now: number
}

/** Value of one term, before its weight. */
export type ScoreFunction = (input: ScoreInput) => number
