import type { Model } from '../catalog/types.ts'
import type { Facts } from './types.ts'

/** Room for an answer when the client sets no limit, in tokens. */
export const OUTPUT_RESERVE = 256

/**
 * Tokens of context the request takes at this model: its input and the output it may ask for.
 * A client's output limit is a ceiling, often far above what the model can write. It counts up to the model's own
 * limit or, where that is unknown, up to a quarter of the window.
 */
export function contextNeed(model: Model, facts: Facts): number {
  const ceiling = model.output ?? Math.floor((model.context ?? Infinity) / 4)
  return facts.inputTokens + Math.max(Math.min(facts.maxOutputTokens, ceiling), OUTPUT_RESERVE)
}
