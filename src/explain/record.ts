import type { Usage } from '../chat/events.ts'
import type { Model } from '../catalog/types.ts'
import type { ProviderHealth, TargetHealth } from '../health/types.ts'
import type { Decision, DropReason, Facts, Intent, World } from '../policy/types.ts'

// Lines of a decision log, one JSON object each. A decision refers to its profile and its catalogue by their hashes;
// each file has both once, ahead of the first decision that needs them, and begins with a header.

export const LOG_FORMAT = 'sage-decision-log'
export const LOG_VERSION = 1

export type LogLine = HeaderLine | ProfileLine | CatalogLine | DecisionLine

export interface HeaderLine {
  type: 'log'
  format: typeof LOG_FORMAT
  version: typeof LOG_VERSION
  /** Version of sage that wrote what follows. */
  sage: string
}

export interface ProfileLine {
  type: 'profile'
  hash: string
  /** What decisions call it. */
  file: string
  /** YAML. */
  text: string
}

export interface CatalogLine {
  type: 'catalog'
  hash: string
  models: readonly Model[]
}

export interface DecisionLine {
  type: 'decision'
  /** As in the header `x-sage-decision-id`. */
  id: string
  /** When the request ended, ISO 8601. */
  time: string
  /** Hashes of the lines that it was decided with. */
  profile: string
  catalog: string
  facts: RecordedFacts
  world: RecordedWorld
  decision: RecordedDecision
  outcome: RecordedOutcome
}

/** Facts that hold what somebody wrote, or who it was: their places are taken by `texts`. */
export type TextField = 'turn' | 'previousTurn' | 'firstTurn' | 'system' | 'session'

export interface RecordedFacts extends Omit<Facts, TextField | 'intent'> {
  /** What the text was recognised as; its spans count from the start of the turn. */
  intent: Intent
  /** Empty ones are left out. */
  texts: Partial<Record<TextField, RecordedText>>
}

export interface RecordedText {
  /** HMAC-SHA-256 under a key that is never written: equal texts of one run have equal hashes, and no guess can be tested. */
  hash: string
  /** UTF-16 units. */
  length: number
  /** Only on request. */
  text?: string
}

/** The world without the catalogue. In `health`, null is a time that never comes. */
export interface RecordedWorld extends Omit<World, 'catalog' | 'health'> {
  health: {
    targets: Readonly<Record<string, Omit<TargetHealth, 'retryAt'> & { retryAt?: number | null }>>
    providers: Readonly<Record<string, Omit<ProviderHealth, 'restingUntil'> & { restingUntil: number | null }>>
  }
}

/** A decision without what can be worked out again; `digest` stands for all of it. */
export interface RecordedDecision extends Omit<Decision, 'candidates' | 'chain' | 'pinned' | 'intent'> {
  /** `provider/model`, best first. */
  chain: string[]
  /** Scores of the kept candidates by `provider/model`. */
  kept: Readonly<Record<string, number>>
  dropped: Readonly<Record<string, DropReason>>
  /** SHA-256 of the whole decision as JSON, in hex. */
  digest: string
}

/** What became of the request. Times in ms. */
export interface RecordedOutcome {
  /** `provider/model` that answered. */
  target?: string
  attempts: {
    provider: string
    model: string
    key?: string
    outcome: string
    status: number
    /** It was to go on with the text of an attempt before it that broke off. */
    rescue?: true
    /** Before this second call to the same target. */
    waitedMs?: number
    ms: number
  }[]
  /** Status that the client got; 0 when it had left. */
  status: number
  ending: string
  firstContentMs?: number
  ms: number
  usage?: Usage
  /** What the target's dialect could not carry. */
  dropped: string[]
}
