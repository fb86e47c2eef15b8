// The profile to write. Pure.
import { parse } from 'yaml'
import { generateProfile } from '../providers/generate-profile.ts'
import type { Found, FoundProvider } from '../providers/generate-profile.ts'
import type { Merged } from './merge/merged.ts'
import { mergeYamlData } from './merge/yaml.ts'
import { HOSTED } from './look.ts'
import type { Surroundings } from './look.ts'

/** Names of the providers that are there, as a profile calls them. */
export function foundProviders({ keys, ollama, servers }: Surroundings): string[] {
  return [
    ...[...HOSTED].flatMap(([name, variable]) => (keys.includes(variable) ? [name] : [])),
    ...(ollama.models !== undefined && ollama.models.length > 0 ? ['ollama'] : []),
    ...servers.filter(({ models }) => models.length > 0).map(({ name }) => name),
  ]
}

/** What the generator needs for these providers, found or not: a key may be set later. */
export function selectFound(around: Surroundings, names: readonly string[], imported: readonly FoundProvider[]): Found {
  const { baseUrl, models } = around.ollama
  return {
    keys: names.flatMap((name) => HOSTED.get(name) ?? []),
    ...(models !== undefined && (names.includes('ollama') || names.length === 0) && { ollama: { baseUrl, models } }),
    others: [...around.servers.filter(({ name }) => names.includes(name)), ...imported],
  }
}

/** The profile for what was found, as `sage serve` would make it. */
export function newProfile(found: Found): string {
  return generateProfile(found)
}

/** A profile with the providers of another that it does not have; everything else in it stays. */
export function addProviders(text: string, names: readonly string[], proposed: string): Merged {
  const { providers = {} } = (parse(proposed) ?? {}) as { providers?: Record<string, unknown> }
  const old = ((parse(text) ?? {}) as { providers?: Record<string, unknown> }).providers ?? {}
  const fresh = names.filter((name) => Object.hasOwn(providers, name) && !Object.hasOwn(old, name))
  if (fresh.length === 0) return { text }
  return mergeYamlData(text, { providers: Object.fromEntries(fresh.map((name) => [name, providers[name]])) }, '')
}

/** Names of a profile's providers; none when it is no profile. */
export function providerNames(text: string): string[] {
  const data: unknown = parse(text)
  const providers = typeof data === 'object' && data !== null && 'providers' in data ? data.providers : undefined
  return typeof providers === 'object' && providers !== null ? Object.keys(providers) : []
}
