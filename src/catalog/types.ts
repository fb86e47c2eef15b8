import type { Capability } from '../profile/types.ts'

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
  price?: { input: number; output: number }
  /** Prompts stay on this machine or its private network. A `:cloud` model never is. */
  local: boolean
  /** Where the facts came from, most trusted first. */
  sources: ('profile' | 'discovered' | 'preset' | 'catalogue' | 'assumed')[]
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
