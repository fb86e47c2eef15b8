/** What a case expects of its decision; everything that is given must hold. A list means any of it unless said otherwise. */
export interface Expectation {
  intent?: string[]
  policy?: string[]
  rule?: string[]
  /** Globs over `provider/model`, or over the model's id: the first target. */
  model?: string[]
  /** Globs over the provider of the first target. */
  provider?: string[]
  /** Globs, in order: the first targets of the chain. */
  chain?: string[]
  /** Globs: none of these is anywhere in the chain. */
  not?: string[]
  /** No target of the chain lets the prompt leave the machine and its network. */
  local?: true
  /** Highest price of any target in the chain, USD per million tokens; an unknown price is above every limit. */
  max_price?: { input?: number; output?: number }
  /** All of these are dropped; with a reason, for that reason. */
  dropped?: { target: string; reason?: string }[]
  /** Code of the refusal: `no_candidate` or `unknown_model`. */
  error?: string[]
}

/** Every member of an expectation. */
export const EXPECTATION_KEYS: readonly (keyof Expectation)[] = [
  'intent',
  'policy',
  'rule',
  'model',
  'provider',
  'chain',
  'not',
  'local',
  'max_price',
  'dropped',
  'error',
]
