import { toDiscovered } from '../catalog/lock/to-discovered.ts'
import type { Lock } from '../catalog/lock/types.ts'
import type { DiscoveredModel } from '../catalog/types.ts'
import type { Capability, Profile } from '../profile/types.ts'
import type { DiscoveredModel as ProbedModel } from '../providers/ollama/discover.ts'
import type { Provider } from '../providers/types.ts'

/** How long an Ollama server may take to list its models, in ms. */
const PROBE_MS = 2000
const CAPABILITIES: readonly Capability[] = ['tools', 'vision', 'json', 'thinking', 'documents']

/** What is known of the providers' models before there is a request. */
export interface KnownModels {
  /** By provider name; a provider that nobody asked is absent. */
  discovered: Map<string, DiscoveredModel[]>
  /** Providers known from the lock. */
  locked: string[]
  /** Providers whose entry in the lock is of another kind or address, so that it does not count. */
  stale: string[]
}

/**
 * Takes the models from the lock, where it has the provider, or rather what is `known` since. Of the others, the Ollama
 * servers whose models the profile does not list are asked; everyone else is known by the profile, a preset or the built-in
 * table: nothing else is called before there is a request.
 */
export async function discoverModels(
  profile: Profile,
  providers: readonly Provider[],
  lock: Lock | undefined,
  known: ReadonlyMap<string, DiscoveredModel[]> = new Map(),
): Promise<KnownModels> {
  const entries = providers.filter(({ name }) => lock?.providers.has(name) === true)
  const current = entries.filter((provider) => isCurrent(provider, lock))
  const unlocked = providers.filter((provider) => !current.includes(provider) && isAsked(profile, provider))
  const asked = unlocked.filter(({ name }) => !known.has(name))
  const newer = [...current, ...unlocked].flatMap(({ name }) => {
    const models = known.get(name)
    return models === undefined ? [] : [[name, models] as const]
  })
  const fromLock = current.map(({ name }) => [name, lockedModels(lock, name)] as const)
  const answers = await Promise.all(asked.map(askOllama))
  return {
    discovered: new Map([...fromLock, ...answers.flatMap((answer) => answer ?? []), ...newer]),
    locked: current.map(({ name }) => name),
    stale: entries.filter((provider) => !current.includes(provider)).map(({ name }) => name),
  }
}

/** At another address the same name may be another model. */
function isCurrent({ name, kind, origin, basePath }: Provider, lock: Lock | undefined): boolean {
  const entry = lock?.providers.get(name)
  return entry !== undefined && entry.kind === kind && entry.baseUrl === origin + basePath
}

function lockedModels(lock: Lock | undefined, provider: string): DiscoveredModel[] {
  return [...(lock?.providers.get(provider)?.models ?? [])].map(([id, model]) => toDiscovered(id, model))
}

function isAsked(profile: Profile, { name, kind, keys, missingKey }: Provider): boolean {
  const listed = profile.providers.some((given) => given.name === name && given.models.length > 0)
  // A key is for ollama.com, whose list the probe cannot ask for.
  return kind === 'ollama' && !listed && missingKey === undefined && keys.length === 0
}

async function askOllama({ name, origin, basePath }: Provider): Promise<[string, DiscoveredModel[]][] | undefined> {
  // Most profiles have nobody to ask, and what asks loads Node's HTTP.
  const { probeOllama } = await import('../providers/ollama/probe.ts')
  const models = await probeOllama(origin + basePath, PROBE_MS)
  return models === undefined ? undefined : [[name, models.map(fromProbe)]]
}

/** The server's list of capabilities is complete: what it does not name is false. Of `json` in the cloud it says nothing. */
function fromProbe({ id, capabilities, context, remote }: ProbedModel): DiscoveredModel {
  const told = CAPABILITIES.filter((name) => !remote || name !== 'json')
  return {
    id,
    remote,
    ...(context === undefined ? {} : { context }),
    ...(capabilities === undefined
      ? {}
      : { capabilities: Object.fromEntries(told.map((name) => [name, capabilities.includes(name)])) }),
  }
}
