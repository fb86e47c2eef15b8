import type { Weights } from '../../profile/types.ts'
import type { ScoreTerm } from '../types.ts'
import { avoidTerm } from './avoid.ts'
import { cacheTerm } from './cache.ts'
import { capabilityTerm } from './capability.ts'
import { contextTerm } from './context.ts'
import { healthTerm } from './health.ts'
import { latencyTerm } from './latency.ts'
import { localityTerm } from './locality.ts'
import { orderTerm } from './order.ts'
import { priceTerm } from './price.ts'
import type { ScoreFunction, ScoreInput } from './types.ts'

/** Every term of a score. Its weight is the policy's; there is nothing else in a score. */
const TERMS: readonly [keyof Weights, ScoreFunction][] = [
  ['order', orderTerm],
  ['avoid', avoidTerm],
  ['health', healthTerm],
  ['latency', latencyTerm],
  ['price', priceTerm],
  ['locality', localityTerm],
  ['context', contextTerm],
  ['capability', capabilityTerm],
  ['cache', cacheTerm],
]

/** Score of a target: the sum of value × weight over the terms that have a weight. */
export function scoreOf(input: ScoreInput, weights: Weights): { score: number; terms: ScoreTerm[] } {
  const terms: ScoreTerm[] = []
  let score = 0
  for (const [term, valueOf] of TERMS) {
    const weight = weights[term]
    if (weight === 0) continue
    const value = valueOf(input)
    terms.push({ term, value, weight, points: value * weight })
    score += value * weight
  }
  return { score, terms }
}
