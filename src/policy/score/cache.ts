import type { Model } from '../../catalog/types.ts'
import type { ScoreInput } from './types.ts'

/** Input at which the cache is worth half of the most, in tokens. */
const HALF_TOKENS = 10_000

/**
 * What a session would lose by leaving its model, 0 to 1: the provider has the conversation in its prompt cache. Grows
 * with the input, times the share of the input price that the cache saves (all of it where that is unknown: a cache
 * saves time as well). 0 for every other model.
 */
export function cacheTerm({ model, target, held, facts }: ScoreInput): number {
  if (held !== target) return 0
  return (facts.inputTokens / (facts.inputTokens + HALF_TOKENS)) * saving(model)
}

function saving({ price }: Model): number {
  if (price?.cache_read === undefined || price.input === 0) return 1
  return Math.min(1, Math.max(0, 1 - price.cache_read / price.input))
}
