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
export type Milliseconds = number
/**
 * Model id as the provider has it.
 */
export type ModelId = string
/**
 * `*` is any run of characters, `?` is one; letters in any case.
 */
export type Glob = string
/**
 * @maxItems 1000
 */
export type TargetGlobs = Glob[]
export type Intent =
  'vision' | 'translate' | 'summarize_extract' | 'code' | 'reasoning' | 'creative' | 'tools' | 'simple' | 'general'

/**
 * Routing profile of sage: which providers there are, and which model answers which request.
 */
export interface ProfileDocument {
  version: Version
  serve?: Serve
  providers: Providers
  policies?: Policies
  aliases?: Aliases
  pins?: Pins
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
    | Aliases
    | Pins
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
   * How many calls to providers one request may cost.
   */
  max_attempts?: number
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
  /**
   * Highest acceptable price, USD per million tokens. An unknown price fails it.
   */
  max_price?: {
    /**
     * USD per million input tokens.
     */
    input?: number
    /**
     * USD per million output tokens.
     */
    output?: number
  }
}
/**
 * Points of the score. Each term lies between 0 and 1 except `order` and `avoid`. By default one place in `prefer` (10) outweighs all other terms together (3 + 1 + 1 + 1 + 0 = 6), so an explicit order always holds; and what is to be avoided (100) comes after everything else.
 */
export interface Weights {
  /**
   * Points for each place in the rule's `prefer` list. Keep it above the sum of health, latency, price, locality and context, and the order you wrote always holds.
   */
  order?: number
  /**
   * Points lost by a match of the rule's `avoid` list. At 100 it outweighs ten places in `prefer`.
   */
  avoid?: number
  /**
   * Points for a target without recent failures.
   */
  health?: number
  /**
   * Points for a short time to the first content.
   */
  latency?: number
  /**
   * Points for a low price.
   */
  price?: number
  /**
   * Points for a model on this machine or its private network.
   */
  locality?: number
  /**
   * Points for a large context window.
   */
  context?: number
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
   * Whether the request offers tools.
   */
  tools?: boolean
  /**
   * Whether there is an image in the conversation.
   */
  vision?: boolean
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
