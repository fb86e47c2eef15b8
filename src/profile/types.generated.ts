// Generated from schemas/profile.schema.json by `npm run generate`. Do not edit.

/**
 * Version of this format.
 */
export type Version = 1
/**
 * Where the credential is: `env:NAME` or `file:path`. Never the credential itself.
 */
export type Reference = string
/**
 * One place that serves models.
 */
export type Provider = Provider1
export type FieldName = string
/**
 * What is known of a model; nothing at all is fine.
 */
export type ModelFacts = {
  capabilities?: Capabilities
  context?: Context
  output?: Output
  price?: Price
  /**
   * Whether it goes on with an assistant message that ends the conversation, word for word, and takes such a request at all. Left out, only what is known of the model counts; `rescue: prose` asks no other.
   */
  continues_prefill?: boolean
  /**
   * Words of your own for the model. Wherever a policy takes globs over `provider/model`, `tag:<glob>` means the models with such a tag.
   *
   * @maxItems 100
   */
  tags?: Tag[]
} | null
/**
 * Complete list of what the model can do: what is not in it, it cannot. Without the list it is unknown.
 *
 * @maxItems 5
 */
export type Capabilities = ('tools' | 'vision' | 'json' | 'thinking' | 'documents')[]
/**
 * Context window, in tokens.
 */
export type Context = number
/**
 * Output limit, in tokens.
 */
export type Output = number
export type Tag = string
export type Milliseconds = number
/**
 * Model id as the provider has it.
 */
export type ModelId = string
/**
 * Highest acceptable price: USD per million tokens, or the name of a tier. An unknown price fails it.
 */
export type HighestPrice =
  | {
      /**
       * USD per million input tokens.
       */
      input?: number
      /**
       * USD per million output tokens.
       */
      output?: number
    }
  | string
/**
 * `*` is any run of characters, `?` is one; letters in any case.
 */
export type Glob = string
/**
 * @maxItems 1000
 */
export type TargetGlobs = Glob[]
/**
 * Most reasoning that a model may be asked for. It lowers what the client asked; `off` also where the client asked nothing. Where the client asked nothing, the other levels go to models that are known to reason by themselves.
 */
export type ThinkingLevel = 'off' | 'low' | 'medium' | 'high'
/**
 * Name of an intent: a built-in one, or one of `intents`.
 */
export type Intent = string
export type Errand = 'title' | 'topic' | 'suggestions' | 'compaction' | 'warm-up'
export type TimeRange = string
export type Day = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'
/**
 * IANA time zone of `time` and `days` in rules. Without it, the zone of the machine that sage runs on.
 */
export type TimeZone = string
/**
 * Confidence, 0 to 1, below which a request counts as `general`. Without it, 0.3.
 */
export type MinIntentConfidence = number

/**
 * Routing profile of sage: which providers there are, and which model answers which request.
 */
export interface ProfileDocument {
  version: Version
  serve?: Serve
  providers: Providers
  policies?: Policies
  time_zone?: TimeZone
  tiers?: Tiers
  aliases?: Aliases
  pins?: Pins
  intents?: Intents
  min_intent_confidence?: MinIntentConfidence
  /**
   * Yours: notes, anchors to reuse. Not looked at.
   *
   * This interface was referenced by `ProfileDocument`'s JSON-Schema definition
   * via the `patternProperty` "^x-".
   */
  [k: string]:
    | {
        [k: string]: unknown
      }
    | Version
    | Serve
    | Providers
    | Policies
    | TimeZone
    | Tiers
    | Aliases
    | Pins
    | Intents
    | MinIntentConfidence
    | undefined
}
/**
 * How sage listens.
 */
export interface Serve {
  /**
   * Address to listen on. Anything but a loopback address needs `token`.
   */
  host?: string
  /**
   * TCP port; 0 takes a free one.
   */
  port?: number
  token?: Reference
  /**
   * Largest request body, in MiB.
   */
  max_body_mb?: number
  /**
   * Ask providers again for their models while serving: local ones every minute, others every hour; only those whose models were learned by asking (see `sage help lock`).
   */
  refresh?: boolean
  /**
   * Take changes of this file, its lock, its cases and its key files while serving, once they have been checked (see `sage help reload`).
   */
  reload?: boolean
  /**
   * File of requests with expectations, relative to the profile (see `sage help cases`). Where one does not hold, the profile is not served: neither at the start nor after a change.
   */
  cases?: string
  /**
   * How long answers under way may go on once sage is told to stop, in ms; then they end with an error.
   */
  drain_ms?: number
  /**
   * Where sage keeps what it has learnt of targets and sessions over a restart: a folder, relative to the profile. `true`: in the user's state folder; `false`: in memory only.
   */
  state?: boolean | string
  decision_log?: DecisionLog
}
/**
 * A file that every decision is appended to, so that `sage explain --log` can decide it again.
 */
export interface DecisionLog {
  /**
   * File, relative to the profile.
   */
  path: string
  /**
   * Also record the text of the last human turn.
   */
  prompts?: boolean
  /**
   * Size at which a new file is begun, in MiB.
   */
  max_mb?: number
  /**
   * Older files that are kept.
   */
  keep?: number
}
/**
 * Where models are served, by name. Order counts: between models that score the same, the one of the earlier provider is tried first.
 */
export interface Providers {
  [k: string]: Provider
}
export interface Provider1 {
  /**
   * What it speaks. `openai-compatible` needs `preset` or `base_url`; `openai` is OpenAI itself, with its Responses API; `ollama` is a server of one's own, `ollama-cloud` the hosted one; `demo` answers by itself, without network.
   */
  kind: 'openai-compatible' | 'openai' | 'nvidia' | 'anthropic' | 'gemini' | 'ollama' | 'ollama-cloud' | 'demo'
  /**
   * Known provider whose base URL, key variable and quirks are filled in. Only with `kind: openai-compatible`.
   */
  preset?:
    'openai' | 'nvidia' | 'openrouter' | 'groq' | 'mistral' | 'deepseek' | 'xai' | 'lmstudio' | 'llamacpp' | 'vllm'
  /**
   * Address of the API, http or https, without credentials, query and fragment.
   */
  base_url?: string
  key?: Reference
  /**
   * Several API keys, by reference. A key that is rate limited or refused rests while the next one is used.
   *
   * @minItems 1
   * @maxItems 100
   */
  keys?: Reference[]
  /**
   * Whether prompts sent there stay on this machine or its private network. Without it, the base URL decides.
   */
  local?: boolean
  /**
   * HTTP headers to send with every request. Not for credentials: use `key`.
   */
  headers?: {
    [k: string]: string
  }
  quirks?: Quirks
  defaults?: ModelFacts
  timeouts?: Timeouts
  /**
   * Most calls at a time. Without it 64, and for a local provider no limit. A remote provider that answers 429, 503 or 529 gets fewer for a while; a local one always gets as many.
   */
  max_concurrency?: number
  /**
   * Its models: a list of ids, or a map of id → facts. Without it, the provider's own list is used.
   *
   * @minItems 1
   * @maxItems 5000
   */
  models?:
    | {
        [k: string]: ModelFacts
      }
    | ModelId[]
}
/**
 * How the provider departs from the API that it speaks. They go over those of the preset.
 */
export interface Quirks {
  /**
   * Name of the field for the output limit.
   */
  max_tokens_field?: 'max_tokens' | 'max_completion_tokens'
  /**
   * Name of the field that carries earlier reasoning back to the model.
   */
  reasoning_field?: 'reasoning_content' | 'reasoning'
  /**
   * The model refuses a conversation whose earlier reasoning was left out.
   */
  reasoning_required?: boolean
  /**
   * false: `stream_options` is refused or ignored.
   */
  stream_usage?: boolean
  /**
   * false: `parallel_tool_calls` is refused.
   */
  parallel_tool_calls?: boolean
  /**
   * false: `reasoning_effort` is refused.
   */
  reasoning_effort?: boolean
  /**
   * false: `response_format: json_schema` is refused; `json_object` is sent instead.
   */
  json_schema?: boolean
  /**
   * What tells the provider to go on with the last assistant message: `prefix` in the message (Mistral, DeepSeek's beta) or `continue_final_message` in the body (vLLM). Left out, the message alone does.
   */
  prefill?: 'prefix' | 'continue_final_message'
  /**
   * The answer repeats the begun message before it goes on (Mistral).
   */
  prefill_echo?: boolean
  /**
   * Top-level fields of the request that the provider refuses.
   *
   * @maxItems 100
   */
  drop_parameters?: FieldName[]
  /**
   * JSON Schema keywords to remove from the schemas of tools.
   *
   * @maxItems 100
   */
  drop_schema_keywords?: FieldName[]
}
/**
 * Price in USD per million tokens. Left out, it is unknown, which is not the same as free.
 */
export interface Price {
  /**
   * USD per million input tokens.
   */
  input: number
  /**
   * USD per million output tokens.
   */
  output: number
  /**
   * USD per million input tokens that the provider has in its prompt cache.
   */
  cache_read?: number
}
/**
 * How long to wait for this provider, in ms. Without an entry it depends on whether the provider is local.
 */
export interface Timeouts {
  connect_ms?: Milliseconds
  first_content_ms?: Milliseconds
  response_ms?: Milliseconds
  idle_ms?: Milliseconds
}
/**
 * Ways to choose a model, by name. A client asks for one by the model name `sage/<policy>`. The policy `auto` always exists; without an entry here it takes the models in profile order.
 */
export interface Policies {
  [k: string]: Policy
}
/**
 * One way to choose a model.
 */
export interface Policy {
  /**
   * What it is for; shown to people.
   */
  description?: string
  require?: Requirements
  allow?: TargetGlobs
  deny?: TargetGlobs
  weights?: Weights
  /**
   * Between models that score the same: `order` takes the first in the profile, `spread` shares the load.
   */
  ties?: 'order' | 'spread'
  /**
   * Under `ties: spread`, scores that are lower than the best of them by no more than this count as the same, so that measured delays do not end the sharing. In points.
   */
  tie_margin?: number
  fallback?: Fallback
  affinity?: Affinity
  thinking?: ThinkingLevel
  max_output?: Output
  /**
   * How many calls to providers one request may cost.
   */
  max_attempts?: number
  /**
   * Longest wait for one more call to a target that was well until now, before the next one is asked, in ms: after a 429 that asks for no longer, a single 500 or a connection that broke. It counts as an attempt and comes out of the retry budget; 0 leaves at once.
   */
  retry_wait_ms?: number
  /**
   * What becomes of a streamed answer that breaks off after the client has a part of it. `off`: the client gets an error. `prose`: when that part is plain text and the next target is known to go on with a begun answer (`continues_prefill`), it writes the rest, as one more attempt.
   */
  rescue?: 'off' | 'prose'
  deadline_ms?: Milliseconds
  /**
   * Rules, the first match wins. When none matches, the rule is `default`: no preference, no further constraint.
   *
   * @maxItems 1000
   */
  rules?: Rule[]
}
/**
 * Hard constraints: what fails them is never used, whatever else fails.
 */
export interface Requirements {
  /**
   * true: only models on this machine or its private network.
   */
  local?: boolean
  capabilities?: Capabilities
  min_context?: Context
  max_price?: HighestPrice
}
/**
 * Points of the score: each term times its weight. Each term lies between 0 and 1 except `order`, which counts places, and `avoid`, which is 0 or -1. By default one place in `prefer` (10) outweighs the five terms health, latency, price, locality and capability together (7), so an explicit order holds; what is to be avoided (100) comes after everything else; only a session's own model may keep its place against one that is preferred (cache, 15).
 */
export interface Weights {
  /**
   * Points for each place in the rule's `prefer` list, counted from its end: of three patterns the first gives 3 places, the last 1.
   */
  order?: number
  /**
   * Points lost by a match of the rule's `avoid` list. At 100 it outweighs ten places in `prefer`.
   */
  avoid?: number
  /**
   * Points for a target without recent failures: 1, and a third less for each failure in a row, forgiven evenly within a minute.
   */
  health?: number
  /**
   * Points for a short time to the first content: 1 at once, 0.5 at one second, 1 / (1 + seconds). A target that was never measured counts as the fastest of the measured ones, so that it gets measured; without any measure all count 0.5. One that takes more than three times as long as the median of two or more others, each measured 20 times, counts 0 until it is faster or its measures are five minutes old.
   */
  latency?: number
  /**
   * Points for a low price: 1 when free, 0.5 at one USD per million tokens, 1 / (1 + USD), with three input tokens to one of output. An unknown price gives 0.
   */
  price?: number
  /**
   * Points for a model on this machine or its private network: 1 or 0.
   */
  locality?: number
  /**
   * Points for room in the context window: 0 when the request just fits, 1 when it would fit twice. An unknown window gives 0.
   */
  context?: number
  /**
   * Points for capabilities that fit: the share of what the request needs or wishes for (tools, images, documents, JSON, reasoning) that the model is known to have, an unknown one counted as half; 1 when it needs nothing.
   */
  capability?: number
  /**
   * Points for the model that the session is on, because its provider has the conversation in its prompt cache: n / (n + 10,000) for n tokens of input, times the share of the input price that the cache saves (1 - cache_read / input; 1 where that is unknown). 0 for every other model.
   */
  cache?: number
}
/**
 * Limits on what may answer in place of the first choice: the target that would be asked first if every target were well. Hard constraints: what fails them is never used, not even when nothing else is left.
 */
export interface Fallback {
  /**
   * remote: when the first choice is a model on this machine or its private network, or the session has been on one, nothing remote stands in for it.
   */
  never?: 'remote'
  never_exceed?: HighestPrice
  /**
   * How many calls to providers one request may cost, if less than the policy's `max_attempts`.
   */
  max_attempts?: number
}
/**
 * When a session leaves the model it is on. Inside a tool loop it stays; so it does for a new human turn under the same rule, or when the score of another model is not higher by more than the term `cache`.
 */
export interface Affinity {
  /**
   * Least confidence in the intent of a new human turn for another rule to move the session, 0 to 1. Rules that look at other things than the intent are certain; a rule without a condition is as certain as the intent.
   */
  min_confidence?: number
}
/**
 * What to do with requests of one sort.
 */
export interface Rule {
  /**
   * Name, shown by `sage explain`. Unique within the policy.
   */
  name: string
  when?: Condition
  prefer?: TargetGlobs
  avoid?: TargetGlobs
  only?: TargetGlobs
  require?: Requirements
  fallback?: Fallback
  thinking?: ThinkingLevel
  max_output?: Output
}
/**
 * All that is given must hold; in a list, any of it. Without a condition the rule always applies.
 */
export interface Condition {
  /**
   * What the last human turn is about.
   *
   * @minItems 1
   * @maxItems 100
   */
  intent?: string | Intent[]
  /**
   * Least confidence in the intent, 0 to 1, inclusive.
   */
  min_confidence?: number
  /**
   * Side calls that a harness makes on its own behalf. `true` is any of them, `false` none.
   *
   * @minItems 1
   * @maxItems 100
   */
  errand?: string | Errand[] | boolean
  /**
   * Whether the request offers tools.
   */
  tools?: boolean
  /**
   * Whether an agent loop goes on: the newest message is the result of a tool.
   */
  tool_loop?: boolean
  /**
   * Whether there is an image in the conversation.
   */
  vision?: boolean
  /**
   * Whether there is a document in the conversation.
   */
  documents?: boolean
  /**
   * Whether the answer must be JSON.
   */
  json?: boolean
  /**
   * Whether the client asks for reasoning.
   */
  thinking?: boolean
  /**
   * Whether the client wants a stream.
   */
  stream?: boolean
  /**
   * Least estimated input, in tokens, inclusive.
   */
  min_tokens?: number
  /**
   * Most estimated input, in tokens, inclusive.
   */
  max_tokens?: number
  /**
   * Glob over the client's user-agent.
   *
   * @minItems 1
   * @maxItems 100
   */
  client?: string | string[]
  /**
   * Request header name → glob over its value. All must match; a header that was not sent matches nothing.
   */
  header?: {
    [k: string]: string
  }
  /**
   * Glob over the request's tags, which come in the header `x-sage-tags` or in the body (`metadata.tags`, `sage.tags`). One tag that matches is enough.
   *
   * @minItems 1
   * @maxItems 100
   */
  tags?: string | string[]
  /**
   * Times of day from-to, 24 hours, the end not included; past midnight when the end is not later. In the profile's `time_zone`.
   *
   * @minItems 1
   * @maxItems 100
   */
  time?: string | TimeRange[]
  /**
   * Days of the week on which it is now, in the profile's `time_zone`. The hours past midnight belong to the day they are on.
   *
   * @minItems 1
   * @maxItems 7
   */
  days?: string | Day[]
}
/**
 * Price ceilings by name, to be used wherever a highest price is asked for (`max_price`, `never_exceed`, the header `x-sage-max-price`).
 */
export interface Tiers {
  [k: string]: PriceLimit
}
/**
 * Highest price, USD per million tokens. An unknown price is above every limit.
 */
export interface PriceLimit {
  /**
   * USD per million input tokens.
   */
  input?: number
  /**
   * USD per million output tokens.
   */
  output?: number
}
/**
 * Other names for models: glob over the model name that a client asks for → `provider/model` or `sage/<policy>`. The first match wins.
 */
export interface Aliases {
  [k: string]: string
}
/**
 * A client that names `provider/model` gets that model or an error. Here, and only here, something else may stand in when it fails: glob over `provider/model` → fallback.
 */
export interface Pins {
  [k: string]: Pin
}
/**
 * What may stand in for a pinned model.
 */
export interface Pin {
  /**
   * What may stand in, in this order, when the pinned model fails: `provider/model`, or `sage/<policy>` for all that this policy allows.
   *
   * @minItems 1
   * @maxItems 10
   */
  fallback: string[]
}
/**
 * Intents of your own, by name, for `when: { intent: … }`. What they match beats what sage recognises by itself; between those that match equally well, the first one here wins. An entry with the name of a built-in intent adds to it.
 */
export interface Intents {
  [k: string]: UserIntent
}
/**
 * What a turn that asks for it says. Any of it will do.
 */
export interface UserIntent {
  /**
   * What it is for; shown to people.
   */
  description?: string
  /**
   * Words and phrases, whole ones in any case; `*` at the end of a word stands for its endings. In scripts without blanks they are found anywhere.
   *
   * @maxItems 1000
   */
  words?: string[]
  /**
   * Turns that ask for it. A turn counts as alike when at least half of its words and pairs of words are shared (cosine of 0.5).
   *
   * @maxItems 200
   */
  examples?: string[]
  /**
   * Regular expressions in the syntax of RE2, whose time is linear: no look-around, no back references; `(?i)` in front for any case. Of a turn over 1,000 characters the opening and the end are read.
   *
   * @maxItems 100
   */
  patterns?: string[]
}
