/** The protocol that another program speaks to a provider. */
export type ForeignApi = 'openai' | 'anthropic' | 'gemini' | 'ollama'

/** How another program's settings give a key: by the name of a variable, or written out. */
export type ForeignKey = { variable: string } | { literal: string }

/** A provider as another program's settings have it. */
export interface ForeignProvider {
  name: string
  api: ForeignApi
  /** As written there; absent for the provider's own address. */
  baseUrl?: string
  key?: ForeignKey
  models: ForeignModel[]
}

export interface ForeignModel {
  id: string
  /** Context window, in tokens. */
  context?: number
}

/** What another program's settings hold. */
export interface ForeignConfig {
  /** Name of the program, for people. */
  program: string
  providers: ForeignProvider[]
  /** What cannot be taken over, and why. */
  skipped: { name: string; reason: string }[]
}
