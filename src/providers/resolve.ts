import type { Quirks } from '../dialects/quirks.ts'
import type { Profile, ProfileProvider, Timeouts } from '../profile/types.ts'
import type { Secret } from '../secrets/secret.ts'
import { splitBaseUrl } from './base-url.ts'
import { KINDS } from './kinds.ts'
import { isLocalUrl } from './locality.ts'
import { findPreset } from './presets.ts'
import type { KindSpec, Provider } from './types.ts'

/** In ms. A remote model that says nothing for 12 s is worth leaving; a local one may first have to be loaded. */
const REMOTE_TIMEOUTS: Timeouts = {
  connect_ms: 5_000,
  first_content_ms: 12_000,
  response_ms: 300_000,
  idle_ms: 120_000,
}
const LOCAL_TIMEOUTS: Timeouts = { ...REMOTE_TIMEOUTS, first_content_ms: 120_000, response_ms: 600_000 }

/**
 * Makes the profile's providers ready to be called: base URL, headers, quirks (the profile's over the preset's), timeouts
 * and keys filled in. `secret` looks a reference up (`env:NAME`, `file:path`) and gives undefined when there is nothing.
 * A provider that needs a key and has none carries its references in `missingKey`.
 * Throws `TypeError` when a base URL is absent or malformed, which a checked profile excludes.
 */
export function resolveProviders(profile: Profile, secret: (reference: string) => Secret | undefined): Provider[] {
  return profile.providers.map((provider) => resolveProvider(provider, secret))
}

function resolveProvider(given: ProfileProvider, secret: (reference: string) => Secret | undefined): Provider {
  const spec = KINDS[given.kind]
  const preset = findPreset(given.preset ?? spec.preset)
  const url = given.base_url ?? preset?.baseUrl ?? spec.baseUrl
  if (url === undefined) throw new TypeError(`Provider "${given.name}" has no base_url`)
  const local = given.local ?? isLocalUrl(url)
  const { origin, basePath } = splitBaseUrl(spec, url)
  const usual = usualKey(spec, preset?.keyVariable, origin)
  const references = given.keys.length > 0 ? given.keys : usual === undefined ? [] : [`env:${usual}`]
  const keys = references.map(secret).filter((key) => key !== undefined)
  const needsKey = given.keys.length > 0 || (usual !== undefined && !local)
  return {
    name: given.name,
    kind: given.kind,
    spec,
    origin,
    basePath,
    keys,
    ...(needsKey && keys.length === 0 && { missingKey: references.join(', ') }),
    local,
    headers: { ...lowerCaseNames(spec.headers), ...lowerCaseNames(given.headers) },
    // The schema has checked the profile's quirks.
    quirks: { ...preset?.quirks, ...spec.quirks, ...(given.quirks as Quirks) },
    timeouts: { ...(local ? LOCAL_TIMEOUTS : REMOTE_TIMEOUTS), ...given.timeouts },
    ...(given.max_concurrency !== undefined && { maxConcurrency: given.max_concurrency }),
  }
}

/** The variable that usually holds the key. An Ollama key goes to ollama.com only, never to a server of one's own. */
function usualKey(spec: KindSpec, presetVariable: string | undefined, origin: string): string | undefined {
  if (spec.kind === 'ollama' && new URL(origin).hostname !== 'ollama.com') return undefined
  return spec.keyVariable ?? presetVariable
}

function lowerCaseNames(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
