// Another program's provider as one of a profile. Pure.
import type { FoundProvider } from '../../providers/generate-profile.ts'
import { KINDS } from '../../providers/kinds.ts'
import { isLocalUrl } from '../../providers/locality.ts'
import { PRESETS } from '../../providers/presets.ts'
import type { ProviderKind } from '../../profile/types.ts'
import type { ForeignApi, ForeignConfig, ForeignProvider } from './types.ts'

/** What a profile can take over. Nothing in it holds the value of a key. */
export interface Imported {
  program: string
  providers: FoundProvider[]
  /** Variables to set, each with the provider whose key stood in the other program's file. */
  variables: { variable: string; provider: string }[]
  skipped: ForeignConfig['skipped']
  /** Keys that stood there: never to be shown or written. */
  secrets: string[]
}

/** Endings of whole endpoints, and what a base URL does not have. */
const ENDPOINT = /\/(?:chat\/completions|responses|messages|models)\/?$/
const API_KINDS: Readonly<Record<ForeignApi, ProviderKind>> = {
  openai: 'openai-compatible',
  anthropic: 'anthropic',
  gemini: 'gemini',
  ollama: 'ollama',
}

/** Takes over what sage can use: everything but providers that lead back to sage at `own` (its base URL). */
export function toFound({ program, providers, skipped }: ForeignConfig, own: string): Imported {
  const imported: Imported = { program, providers: [], variables: [], skipped: [...skipped], secrets: [] }
  for (const provider of providers) {
    if (provider.key !== undefined && 'literal' in provider.key) imported.secrets.push(provider.key.literal)
    const problem = whyNot(provider, own)
    if (problem === undefined) addProvider(imported, provider)
    else imported.skipped.push({ name: provider.name, reason: problem })
  }
  return imported
}

function whyNot({ name, baseUrl, models }: ForeignProvider, own: string): string | undefined {
  if (models.length === 0) return 'it lists no model'
  if (baseUrl === undefined) return undefined
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) return 'its address is no http(s) URL'
  const { port, hostname } = new URL(baseUrl)
  const isOwn = isLocalUrl(baseUrl) && port === new URL(own).port
  return name === 'sage' || isOwn ? `it is sage itself (${hostname}:${port})` : undefined
}

function addProvider(imported: Imported, provider: ForeignProvider): void {
  const name = freeName(
    nameOf(provider.name),
    imported.providers.map((each) => each.name),
  )
  const { kind, preset, url, variable: usual } = recognise(provider)
  const settings = [`kind: ${kind}`]
  if (preset !== undefined) settings.push(`preset: ${preset}`)
  if (url !== undefined) settings.push(`base_url: ${JSON.stringify(url)}`)
  const { key } = provider
  if (key !== undefined) {
    const variable = 'variable' in key ? key.variable : (usual ?? `${name.toUpperCase().replaceAll('-', '_')}_API_KEY`)
    settings.push(`key: env:${variable}`)
    if ('literal' in key) imported.variables.push({ variable, provider: name })
  }
  const local = url !== undefined ? isLocalUrl(url) : kind === 'ollama'
  imported.providers.push({ name, title: provider.name, settings, local, models: provider.models })
}

function nameOf(written: string): string {
  const name = written
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|-+$/g, '')
  return name === '' || name === 'sage' ? 'imported' : name
}

function freeName(name: string, taken: readonly string[]): string {
  let free = name
  for (let number = 2; taken.includes(free); number++) free = `${name}-${number}`
  return free
}

interface Recognised {
  kind: ProviderKind
  preset?: string
  /** Absent where the kind or the preset brings it. */
  url?: string
  /** Variable that usually holds the key. */
  variable?: string
}

/** By the host, then by the name that has no address of its own, then by the protocol. */
function recognise({ name, api, baseUrl }: ForeignProvider): Recognised {
  const url = baseUrl === undefined ? undefined : bare(baseUrl)
  for (const kind of ['anthropic', 'openai', 'gemini', 'ollama-cloud'] as const) {
    const { baseUrl: own, keyVariable } = KINDS[kind]
    if (isSameHost(url, own) || (url === undefined && name === kind)) return { kind, ...variable(keyVariable) }
  }
  for (const [preset, { baseUrl: own, keyVariable }] of Object.entries(PRESETS)) {
    if (isSameHost(url, own) || (url === undefined && name === preset)) {
      return { kind: 'openai-compatible', preset, ...variable(keyVariable) }
    }
  }
  const isOllama = url !== undefined && new URL(url).port === '11434'
  const kind = isOllama ? 'ollama' : API_KINDS[api]
  return { kind, ...(url !== undefined && { url: kind === 'ollama' ? url.replace(/\/v1$/, '') : url }) }
}

function variable(keyVariable: string | undefined): { variable?: string } {
  return keyVariable === undefined ? {} : { variable: keyVariable }
}

function isSameHost(url: string | undefined, own: string | undefined): boolean {
  return url !== undefined && own !== undefined && new URL(url).host === new URL(own).host
}

/** Without the endpoint, credentials, query and fragment: those may hold keys. */
function bare(written: string): string {
  const { protocol, host, pathname } = new URL(written)
  return `${protocol}//${host}${pathname}`.replace(ENDPOINT, '').replace(/\/+$/, '')
}
