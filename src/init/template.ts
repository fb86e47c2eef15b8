// What stands in templates/: how one client uses sage, or sage one provider.

export type TemplateDialect = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'ollama-chat'
export type FileFormat = 'json' | 'toml' | 'yaml' | 'env'

export interface TemplateFile {
  /** `~/…` is in the user's home folder, anything else in the project's; with slashes on every system. */
  path: string
  format: FileFormat
  /** Text with placeholders. */
  content: string
}

/** One way to point a client at sage. */
export interface Setup {
  dialect: TemplateDialect
  files: TemplateFile[]
  /** Environment variables; values with placeholders. */
  env: Record<string, string>
  /** Command that starts the client, with placeholders. */
  run: string | undefined
}

export interface Variant extends Setup {
  name: string
  title: string
}

export interface Example {
  title: string
  language: 'js' | 'python' | 'sh'
  content: string
}

/** How to see that a client is installed. */
export interface Detect {
  /** Names of programs, without extension. */
  programs: string[]
  /** Files or folders below the user's home folder, with slashes. */
  paths: string[]
}

interface Common {
  name: string
  title: string
  /** Page of the client's or the provider's own documentation. */
  docs: string
  checked: { how: 'run'; version: string } | { how: 'documentation' }
  intro: string
  steps: string[]
  notes: string[]
}

export interface ClientTemplate extends Common, Setup {
  role: 'client'
  examples: Example[]
  variants: Variant[]
  detect: Detect | undefined
  /** Name of the variant that `sage init` writes; the main setup without it. */
  init: string | undefined
}

export interface ProviderTemplate extends Common {
  role: 'provider'
  /** A profile of sage with this provider in it. */
  profile: string
  /** What `sage init --provider` calls it; absent when init cannot set it up. */
  init: string | undefined
}

export type Template = ClientTemplate | ProviderTemplate

/** The setup that `sage init` writes. */
export function initSetup(client: ClientTemplate): Setup {
  const variant = client.variants.find(({ name }) => name === client.init)
  return variant === undefined ? client : { ...variant, run: variant.run ?? client.run }
}
