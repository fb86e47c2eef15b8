import type { Model } from '../../catalog/types.ts'
import type { Capability } from '../../profile/types.ts'
import { neededCapabilities } from '../capability-need.ts'
import type { ScoreInput } from './types.ts'

/** What an unknown capability is worth. */
const UNKNOWN = 0.5

/** Share of what the request needs or wishes for that the model is known to have; 1 when it needs nothing. */
export function capabilityTerm({ model, facts }: ScoreInput): number {
  const needs = neededCapabilities(facts)
  if (facts.thinking === 'on') needs.push('thinking')
  if (needs.length === 0) return 1
  return needs.reduce((sum, need) => sum + worth(model, need), 0) / needs.length
}

function worth(model: Model, need: Capability): number {
  const known = model.capabilities[need]
  return known === undefined ? UNKNOWN : known ? 1 : 0
}
