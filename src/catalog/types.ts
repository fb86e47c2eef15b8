import type { Capability, ModelFacts, Price, ProfileModel, ProviderKind } from '../profile/types.ts'

/** One model at one provider, with what is known of it and who said so. */
export interface Model {
  provider: string
  id: string
  /** true, false, or absent when unknown. */
  capabilities: Partial<Record<Capability, boolean>>
  /** Context window, in tokens. */
  context?: number
  /** Output limit, in tokens. */
  output?: number
  /** USD per million tokens; absent means unknown, not zero. */
  price?: Price
  /** It is known to go on with an assistant turn that ends the conversation, or not to; absent when unknown. */
  continuesPrefill?: boolean
  /** The user's own words for the model. */
  tags?: readonly string[]
  /** Prompts stay on this machine or its private network. A `:cloud` model never is. */
  local: boolean
  /** Where the facts came from, most trusted first. */
  sources: ('profile' | 'discovered' | 'preset' | 'catalogue' | 'assumed')[]
  /** Where each single fact came from. */
  origins?: Partial<Record<FactName, FactSource>>
}

export type FactName = Capability | 'context' | 'output' | 'price' | 'continuesPrefill' | 'tags'

/** Who said what is known of a model. */
export type FactSource = Model['sources'][number]

/** What a provider said of one of its models. Absent means it did not say. */
export interface DiscoveredModel {
  id: string
  capabilities?: Partial<Record<Capability, boolean>>
  /** Context window, in tokens. */
  context?: number
  /** Output limit, in tokens. */
  output?: number
  price?: Price
  /** true: the provider itself hands the prompt on (an Ollama cloud stub), so the model is not local. */
  remote?: boolean
  /** false: an embedding or similar model; it is left out. Absent: judged by its name. */
  chat?: boolean
}

/** One provider's share of the catalogue. */
export interface CatalogSource {
  provider: string
  kind: ProviderKind
  preset?: string
  /** Whether prompts to a model of the provider stay on this machine or its private network. */
  isLocal: (id: string) => boolean
  /** Models the profile lists. When it lists any, the provider offers exactly these. */
  models: ProfileModel[]
  /** Facts the profile gives for all models of the provider. */
  profileDefaults: ModelFacts
  /** Models the provider reported; they are offered when the profile lists none. */
  discovered: DiscoveredModel[]
  /** Facts that hold for every model of the preset. */
  presetDefaults: ModelFacts
  /** Facts taken for granted when nobody said anything. Their capability list is not complete. */
  assumed: ModelFacts
}

/** All models that the profile's providers offer, in profile order. Immutable. */
export interface Catalog {
  readonly models: readonly Model[]
  /** By `provider/model`. */
  readonly byTarget: ReadonlyMap<string, Model>
}

/** `provider/model`, the name of a target everywhere. */
export function targetOf(model: { provider: string; id: string }): string {
  return `${model.provider}/${model.id}`
}
