import type { Catalog } from '../catalog/types.ts'
import type { RequestFacts } from '../dialects/types.ts'
import type { HealthSnapshot } from '../health/types.ts'
import type { Capability, Errand, PriceLimit, SourceRef, ThinkingLevel } from '../profile/types.ts'

/** Everything about one request that a decision may depend on. */
export interface Facts extends RequestFacts {
  /** Dialect the client speaks. */
  dialect: string
  /** Client's user-agent; '' when unknown. */
  client: string
  /** Request headers that rules may look at, lower-case names. */
  headers: Readonly<Record<string, string>>
  /** Tags of the request, from its headers and its body. */
  tags?: readonly string[]
  /** What the client asks of the decision, from its headers and its body. */
  overrides?: Overrides
  /** The intent as a log has it: taken instead of classifying, for requests whose text is gone. */
  intent?: Intent
}

/** What a client may ask of one decision. It narrows what the profile allows and never widens it. */
export interface Overrides {
  /** Name of a policy that holds besides the one asked for by the model name. */
  policy?: string
  local?: true
  /** A price, or the name of a tier of the profile. */
  maxPrice?: PriceLimit | string
  capabilities?: readonly Capability[]
  /** Globs over `provider/model`, or `tag:` and a glob over the tags of models. */
  deny?: readonly string[]
  maxAttempts?: number
}

/** Everything else a decision may depend on. Time and chance come in here, never from the process. */
export interface World {
  catalog: Catalog
  health: HealthSnapshot
  /** The caller's clock, in ms; the same clock as the health snapshot. */
  now: number
  /** Unix time in ms, for rules with times of day; such a rule never holds without it. */
  wall?: number
  /** IANA time zone of the machine, for a profile that names none; UTC when absent. */
  zone?: string
  /** Spreads equal scores under `ties: spread`. */
  seed: number
  /** The session's last target and the rule that chose it. */
  affinity?: Affinity
}

export interface Affinity {
  target: string
  policy: string
  rule: string
}

export interface Target {
  provider: string
  model: string
}

/** Why a candidate was dropped. A closed list: scripts and tests match on it. */
export type DropReason =
  | 'not_pinned'
  | 'not_allowed'
  | 'denied'
  | 'not_chosen'
  | 'not_local'
  | 'no_tools'
  | 'no_vision'
  | 'no_json'
  | 'no_thinking'
  | 'no_documents'
  | 'context_too_small'
  | 'context_unknown'
  | 'price_too_high'
  | 'price_unknown'
  | 'fallback_remote'
  | 'fallback_price'
  | 'resting'
  | 'circuit_open'

/** Why one model was dropped, with the numbers behind it. */
export interface Drop {
  reason: DropReason
  detail: string
}

export interface ScoreTerm {
  term: string
  /** Value of the term before weighting. */
  value: number
  weight: number
  /** value × weight. */
  points: number
}

export interface Candidate extends Target {
  kept: boolean
  /** Why it was dropped; absent when kept. */
  reason?: DropReason
  /** Sentence for people: the numbers behind the reason, or a caveat on a kept one. */
  detail?: string
  /** `sage/<policy>` when it stands in for a pin under that policy's constraints. */
  via?: string
  score: number
  terms: ScoreTerm[]
}

/** One piece of evidence for the intent: characters [start, end) of the turn; 0, 0 when it lies outside the turn. */
export interface Evidence {
  label: string
  /** Name of the cue. */
  cue: string
  weight: number
  start: number
  end: number
}

export interface Intent {
  label: string
  /** 0 to 1. */
  confidence: number
  /** Strongest first; weights are what each adds to the lead of its label. */
  evidence: Evidence[]
  /** The label is `general` for want of confidence in another one; `confidence` is that of the other one. */
  lowConfidence?: boolean
  /** The side call that the request is, if it is one. */
  errand?: Errand
}

export type DecisionError =
  /** The name means nothing: neither policy, alias, target nor model. */
  | { code: 'unknown_model'; message: string; near: string[] }
  /** Everything was dropped; `candidates` has the reasons. */
  | { code: 'no_candidate'; message: string; near: string[] }
  /** An override names something that the profile does not have. */
  | { code: 'bad_override'; message: string; near: string[] }

export interface Decision {
  /** Policy that decided; '' for a pin and for an unknown name. */
  policy: string
  /** Rule that decided: its name, `default` when none matched, `pin` for a pin; '' for an unknown name. */
  rule: string
  /** Where that rule stands; for `default` where the policy stands. Absent for a pin. */
  ruleSource?: SourceRef
  intent: Intent
  /** The name the client asked for when it was a pin. */
  pin?: string
  /** The targets that the pin names; empty without one. Any other target of the chain is a fallback. */
  pinned: Target[]
  /** The session's target was kept in front. */
  sticky: boolean
  /** Attempts the request may cost. */
  maxAttempts: number
  /** Most reasoning that the answering model may be asked for; absent when nothing limits it. */
  thinking?: ThinkingLevel
  /** Most output that it may be asked for, in tokens; absent when nothing limits it. */
  maxOutput?: number
  /**
   * Best first. Under a policy: one model per provider before any second one. For a pin: the pinned targets, then
   * its fallbacks, in the profile's order. Empty exactly when `error` is set.
   */
  chain: Target[]
  /**
   * Every model of the catalogue, kept ones first in order of rank. A pinned id of a provider that lists no models
   * is here too.
   */
  candidates: Candidate[]
  /** Remarks in order: alias resolved, affinity kept or left, panic mode, … */
  notes: string[]
  error?: DecisionError
}
