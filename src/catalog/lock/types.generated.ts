// Generated from schemas/lock.schema.json by `npm run generate`. Do not edit.

/**
 * Version of this format.
 */
export type Version = 1
/**
 * Day on which the fact was first seen as it stands here, in UTC.
 */
export type Day = string
/**
 * Who said so: a path of the provider's API, `name`, or `profile` and `base_url` of the profile.
 */
export type Source = string

/**
 * What the providers of a profile said of their models. `sage discover` writes it; `sage serve` and `sage explain` go by it.
 */
export interface LockDocument {
  version: Version
  providers: Providers
}
/**
 * Providers of the profile that were asked, by name.
 */
export interface Providers {
  [k: string]: LockedProvider
}
/**
 * One provider, and the models that it offered.
 */
export interface LockedProvider {
  /**
   * Kind of the provider when it was asked. With another one in the profile the entry no longer counts.
   */
  kind: string
  /**
   * Where it was asked. With another one in the profile the entry no longer counts.
   */
  base_url: string
  /**
   * Its models, by the name that it knows them by.
   */
  models: {
    [k: string]: LockedModel
  }
}
/**
 * What is known of one model. A fact that is absent is unknown.
 */
export interface LockedModel {
  since: Day
  local: Flag
  chat?: Flag
  capabilities?: Capabilities
  context?: Tokens
  output?: Tokens
  price?: Price
}
/**
 * Yes or no, with its source.
 */
export interface Flag {
  /**
   * Yes or no.
   */
  value: boolean
  from: Source
  date: Day
}
/**
 * true, false, or absent when unknown; with its source.
 */
export interface Capabilities {
  /**
   * Calls functions.
   */
  tools?: boolean
  /**
   * Reads images.
   */
  vision?: boolean
  /**
   * Answers in JSON on demand.
   */
  json?: boolean
  /**
   * Can think before it answers.
   */
  thinking?: boolean
  /**
   * Reads PDF files.
   */
  documents?: boolean
  from: Source
  date: Day
}
/**
 * A number of tokens, with its source.
 */
export interface Tokens {
  /**
   * Tokens.
   */
  value: number
  from: Source
  date: Day
}
/**
 * USD per million tokens, with its source.
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
   * USD per million input tokens that the provider has in its prompt cache; absent when unknown.
   */
  cache_read?: number
  from: Source
  date: Day
}
