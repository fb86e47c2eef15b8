import type { ProviderDialectId } from '../dialects/types.ts'
import type { Quirks } from '../dialects/quirks.ts'
import type { ModelFacts, ProviderKind, Timeouts } from '../profile/types.ts'
import type { Secret } from '../secrets/secret.ts'

/** One way to call a kind of provider. */
export interface Endpoint {
  dialect: ProviderDialectId
  /** Path of the call below the base URL; `{model}` stands for the model's name. */
  path: string
  /** Path of a streamed call, where it differs. */
  streamPath?: string
}

/** What a kind of provider is: data around its dialects. */
export interface KindSpec {
  kind: ProviderKind
  /** A client's own dialect is used where it is among them, else the first. */
  endpoints: readonly [Endpoint, ...Endpoint[]]
  /** Base URL when the profile gives none. */
  baseUrl?: string
  /** Environment variable that usually holds the key. */
  keyVariable?: string
  /** Header that carries the key. */
  auth: 'bearer' | 'x-api-key' | 'x-goog-api-key' | 'none'
  /** Headers sent with every request. */
  headers: Readonly<Record<string, string>>
  quirks?: Quirks
  /** Preset whose data the kind goes by. */
  preset?: string
  /** Facts assumed of models that nobody described. */
  defaults: ModelFacts
}

/** A preset of an OpenAI-compatible provider: data only. */
export interface Preset {
  /** Name shown to people. */
  title: string
  baseUrl: string
  /** Environment variable that usually holds the key; absent when it needs none. */
  keyVariable?: string
  quirks: Quirks
  defaults: ModelFacts
  /** Page that documents the API. */
  docs: string
}

/** A provider of the profile, ready to be called. */
export interface Provider {
  name: string
  kind: ProviderKind
  spec: KindSpec
  /** Scheme, host and port. */
  origin: string
  /** Path prefix without trailing slash, e.g. `/v1`; '' for none. */
  basePath: string
  keys: Secret[]
  /** The provider needs a key and has none: no candidate until it has. */
  missingKey?: string
  local: boolean
  headers: Record<string, string>
  quirks: Quirks
  timeouts: Timeouts
  /** Most calls at a time, where the profile says so. */
  maxConcurrency?: number
}
