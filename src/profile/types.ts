// The profile as the rest of the program uses it: checked, defaults filled in, every list an array.
// `ProfileDocument` in types.generated.ts is the YAML as written; normalize.ts turns one into the other.

export type ProviderKind =
  | 'openai-compatible'
  | 'openai'
  | 'nvidia'
  | 'anthropic'
  | 'gemini'
  | 'ollama'
  | 'ollama-cloud'
  | 'demo'

export type Capability = 'tools' | 'vision' | 'json' | 'thinking' | 'documents'

/** Where something stands in the profile; lines and columns count from 1. */
export interface SourceRef {
  file: string
  line: number
  column: number
}

/** What is known of a model; absent means unknown, which is not the same as no. */
export interface ModelFacts {
  /** Complete list of what the model can do; undefined when nobody said. */
  capabilities?: Capability[]
  /** Context window, in tokens. */
  context?: number
  /** Output limit, in tokens. */
  output?: number
  price?: Price
  /** It goes on with an assistant turn that ends the conversation. */
  continues_prefill?: boolean
  /** The user's own words for the model. */
  tags?: string[]
}

/** USD per million tokens. */
export interface Price {
  input: number
  output: number
  /** Input that the provider has in its prompt cache; absent means unknown. */
  cache_read?: number
}

/** Highest price, USD per million tokens; an unknown price is above every limit. */
export interface PriceLimit {
  input?: number
  output?: number
}

export type ThinkingLevel = 'off' | 'low' | 'medium' | 'high'

/** Side calls that a harness makes on its own behalf. */
export type Errand = 'title' | 'topic' | 'suggestions' | 'compaction' | 'warm-up'

export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

/** Minutes since midnight, 0 to 1,440; [from, to), past midnight when `to` is not later. */
export interface TimeRange {
  from: number
  to: number
}

export interface ProfileModel extends ModelFacts {
  id: string
}

export interface Timeouts {
  connect_ms: number
  /** From sending a streaming request to the first text, tool call or reasoning. */
  first_content_ms: number
  /** From sending a request without streaming to its whole answer. */
  response_ms: number
  /** Longest silence inside a stream that has begun. */
  idle_ms: number
}

export interface ProfileProvider {
  name: string
  kind: ProviderKind
  preset?: string
  base_url?: string
  /** References, never values: `env:NAME` or `file:path`. */
  keys: string[]
  /** true or false when the profile says so; otherwise derived from the base URL. */
  local?: boolean
  headers: Record<string, string>
  quirks: Record<string, unknown>
  defaults: ModelFacts
  timeouts: Partial<Timeouts>
  /** Most calls at a time. */
  max_concurrency?: number
  models: ProfileModel[]
  source: SourceRef
}

/** Conditions of a rule: all that are given must hold; a list means any of it. */
export interface Condition {
  intent?: string[]
  /** Least confidence in the intent, 0 to 1, inclusive. */
  min_confidence?: number
  /** true: any errand; false: none; a list: any of these. */
  errand?: boolean | Errand[]
  tools?: boolean
  /** The newest message is a tool result. */
  tool_loop?: boolean
  vision?: boolean
  documents?: boolean
  json?: boolean
  thinking?: boolean
  stream?: boolean
  /** Bounds on the estimated input tokens, inclusive. */
  min_tokens?: number
  max_tokens?: number
  /** Globs over the client's user-agent. */
  client?: string[]
  /** Request header name (lower case) to glob. */
  header?: Record<string, string>
  /** Globs over the request's tags. */
  tags?: string[]
  /** Times of day and days of the week, in the profile's time zone. */
  time?: TimeRange[]
  days?: Day[]
}

/** Hard constraints: filters that no fallback relaxes. */
export interface Requirements {
  local?: boolean
  capabilities?: Capability[]
  /** Smallest acceptable context window, in tokens. */
  min_context?: number
  max_price?: PriceLimit
}

/** Hard limits on what may answer in place of the first choice. */
export interface Fallback {
  /** `remote`: nothing remote stands in for a local first choice. */
  never?: 'remote'
  never_exceed?: PriceLimit
  /** Upstream calls a request may cost. */
  max_attempts?: number
}

/** Upper bounds on what a model is asked for. */
export interface RequestLimits {
  thinking?: ThinkingLevel
  /** In tokens. */
  max_output?: number
}

export interface Rule extends RequestLimits {
  name: string
  when: Condition
  /** Globs over `provider/model`, best first. */
  prefer: string[]
  /** Globs whose matches lose `avoid` points. */
  avoid: string[]
  /** When not empty, nothing else is a candidate. */
  only: string[]
  require: Requirements
  fallback?: Fallback
  source: SourceRef
}

/** Weights of the score terms; each term lies between 0 and 1 except `order` (places) and `avoid` (0 or -1). */
export interface Weights {
  /** Points a place in the `prefer` list. */
  order: number
  avoid: number
  health: number
  latency: number
  price: number
  locality: number
  context: number
  capability: number
  cache: number
}

export interface Policy extends RequestLimits {
  name: string
  description: string
  require: Requirements
  allow: string[]
  deny: string[]
  weights: Weights
  /** How equal scores are told apart: by profile order, or spread by the seed. */
  ties: 'order' | 'spread'
  /** Under `spread`: scores this many points below the best of them count as equal to it. */
  tie_margin: number
  fallback?: Fallback
  /** When another rule moves a session: least confidence in the intent, 0 to 1. */
  affinity: { min_confidence: number }
  /** Upstream calls a request may cost. */
  max_attempts: number
  /** Longest wait for one more call to a target that was well until now, in ms; 0 for none. */
  retry_wait_ms: number
  /** Whether another target may write the rest of a text that broke off. */
  rescue: 'off' | 'prose'
  /** Until the answer begins, over all attempts, in ms. */
  deadline_ms?: number
  rules: Rule[]
  source: SourceRef
}

export interface Pin {
  /** Glob over `provider/model`. */
  match: string
  /** Targets that may stand in, in order, when the pinned one fails. */
  fallback: string[]
}

export interface Serve {
  host: string
  port: number
  /** Reference to the token clients must send. */
  token?: string
  /** Largest request body, in bytes. */
  max_body_bytes: number
  /** Ask providers again for their models while serving. */
  refresh: boolean
  /** Take changes of the profile and what belongs to it while serving. */
  reload: boolean
  /** File of cases that have to hold, relative to the profile. */
  cases?: string
  /** How long answers under way may go on after a stop, in ms. */
  drain_ms: number
  /** Folder of what is kept over a restart, relative to the profile; true: the user's own; false: none. */
  state: boolean | string
  decision_log?: DecisionLogSettings
}

/** The file that decisions are appended to. */
export interface DecisionLogSettings {
  /** Relative to the profile. */
  path: string
  /** Record the text of the last human turn too. */
  prompts: boolean
  /** Size at which a new file is begun, in bytes. */
  max_bytes: number
  /** Older files that are kept. */
  keep: number
}

/** An intent of the user's own, or what the user adds to a built-in one of the same name. */
export interface ProfileIntent {
  name: string
  description: string
  /** Words and phrases, in any case; `*` at the end of a word stands for its endings. */
  words: string[]
  /** Turns that are like it. */
  examples: string[]
  /** Regular expressions in the syntax of RE2. */
  patterns: string[]
}

export interface Profile {
  /** Where it came from: a path, or `(built in)`. */
  file: string
  serve: Serve
  providers: ProfileProvider[]
  policies: Policy[]
  /** IANA time zone of `time` and `days`; absent means that of the machine. */
  time_zone?: string
  /** Price ceilings by name. */
  tiers?: Record<string, PriceLimit>
  /** Glob over the requested model name → target or `sage/<policy>`; the first match wins. */
  aliases: { match: string; to: string }[]
  pins: Pin[]
  /** In the order of the profile; absent means none. */
  intents?: ProfileIntent[]
  /** Confidence, 0 to 1, below which a request is `general`; absent means the default. */
  min_intent_confidence?: number
}
