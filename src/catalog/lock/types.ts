import type { Capability } from '../../profile/types.ts'

/** Something that was said of a model, and by whom: an API path, `name`, or `profile` and `base_url` of the profile. */
export interface Said<Value> {
  value: Value
  from: string
}

/** A fact in the lock: `date` (`YYYY-MM-DD`, UTC) is the day on which it was first seen with this value. */
export interface Fact<Value> extends Said<Value> {
  date: string
}

/** Values of the facts that a model may have; an absent one is unknown. */
export interface FactValues {
  /** Prompts stay on this machine or its private network. */
  local: boolean
  /** false: an embedding or similar model. */
  chat: boolean
  capabilities: Partial<Record<Capability, boolean>>
  /** Context window, in tokens. */
  context: number
  /** Output limit, in tokens. */
  output: number
  /** USD per million tokens; `cache_read` for input in the provider's prompt cache. */
  price: { input: number; output: number; cache_read?: number }
}

export type FactName = keyof FactValues

/** Every fact, in the order of the file. */
export const FACT_NAMES: readonly FactName[] = ['local', 'chat', 'capabilities', 'context', 'output', 'price']

/** What a provider said of one of its models. */
export type ReportedModel = {
  id: string
  /** Something could not be asked: a fact that is absent may only have been missed. */
  isIncomplete?: boolean
  /** In memory at this moment. */
  isLoaded?: boolean
} & { [Name in FactName]?: Said<FactValues[Name]> }

export type LockedModel = {
  /** Day on which the model was first seen. */
  since: string
} & { [Name in FactName]?: Fact<FactValues[Name]> }

export interface LockedProvider {
  kind: string
  /** Where it was asked. */
  baseUrl: string
  /** By the name that the provider knows them by. */
  models: ReadonlyMap<string, LockedModel>
}

/** The content of a lock file: what the providers of a profile said of their models, by provider name. */
export interface Lock {
  providers: ReadonlyMap<string, LockedProvider>
}
