import { setTimeout as delay } from 'node:timers/promises'
import { buildCatalog } from '../catalog/build.ts'
import { toDiscovered } from '../catalog/lock/to-discovered.ts'
import type { Catalog, DiscoveredModel, Model } from '../catalog/types.ts'
import { catalogSources } from '../providers/catalog-sources.ts'
import { askProviders, providersToAsk } from '../providers/discovery/ask-providers.ts'
import type { AskedProvider } from '../providers/discovery/types.ts'
import type { Profile } from '../profile/types.ts'
import { createHttpTransport } from '../providers/transport/http.ts'
import type { HttpTransport } from '../providers/transport/http.ts'
import type { Send } from '../providers/transport/types.ts'
import type { ServerEvent } from '../server/events.ts'
import { failureText } from './discover-failure.ts'
import type { Workspace } from './load-workspace.ts'
import { BUILT_IN } from './open-profile.ts'

/** Time between two rounds of asking a provider, in ms. */
export interface RefreshIntervals {
  local: number
  others: number
}

const INTERVALS: RefreshIntervals = { local: 60_000, others: 3_600_000 }
/** Longest time for one provider, in ms. */
const DEADLINE_MS = 10_000

/** Something that goes on beside the server. */
export interface Refresh {
  /** What is known now of the models, by provider name. */
  known(): ReadonlyMap<string, DiscoveredModel[]>
  /** Stops asking, at once. */
  close(): Promise<void>
}

/** What the refresh needs of the server, and tells to its log. */
export interface RefreshTarget {
  setCatalog(catalog: Catalog): void
  /** How providers are reached; directly by default. */
  createHttp?(): HttpTransport
  log(event: ServerEvent): void
}

/**
 * Keeps the server's knowledge of models fresh: asks again the providers whose models are known by asking (those in the
 * lock, and Ollama servers) and gives the server a new catalogue when something has changed. Local ones known from the lock
 * are first asked right away, without anyone waiting for it. A provider that does not answer keeps its models. Writes no file.
 */
export function startRefresh(
  workspace: Workspace,
  target: RefreshTarget,
  intervals: RefreshIntervals = INTERVALS,
): Refresh {
  const stop = new AbortController()
  const transport = (target.createHttp ?? createHttpTransport)()
  const profile = withoutFoundModels(workspace.profile)
  const known = new KnownCatalog({ ...workspace, profile }, target)
  const loops = refreshable({ ...workspace, profile }).map(async (asked) => {
    const { name, local } = asked.provider
    const interval = local ? intervals.local : intervals.others
    // What a local server offers changes by the minute, and the lock may be of last month.
    const isDue = local && workspace.locked.includes(name)
    await keepAsking(asked, { interval, isDue }, transport.send, known, stop.signal).catch((error: unknown) => {
      known.miss(name, error instanceof Error ? (error.stack ?? error.message) : String(error))
    })
  })
  return {
    known: () => known.discovered,
    close: async () => {
      stop.abort()
      await Promise.all(loops)
      await transport.close()
    },
  }
}

/** A profile that was built of what was found lists the models of a local Ollama: to be found again. */
function withoutFoundModels(profile: Profile): Profile {
  if (profile.file !== BUILT_IN) return profile
  const providers = profile.providers.map((each) => (each.kind === 'ollama' ? { ...each, models: [] } : each))
  return { ...profile, providers }
}

/** Where the profile lists the models, or a table has them, there is nothing to learn. */
function refreshable({ profile, providers, discovered }: Workspace): AskedProvider[] {
  const lists = new Set(profile.providers.filter(({ models }) => models.length > 0).map(({ name }) => name))
  return providersToAsk(profile, providers).filter(({ provider: { name, kind, missingKey } }) => {
    return !lists.has(name) && missingKey === undefined && (discovered.has(name) || kind === 'ollama')
  })
}

async function keepAsking(
  asked: AskedProvider,
  { interval, isDue }: { interval: number; isDue: boolean },
  send: Send,
  known: KnownCatalog,
  signal: AbortSignal,
): Promise<void> {
  const pause = (): Promise<unknown> => delay(interval, undefined, { signal, ref: false }).catch(() => undefined)
  if (!isDue) await pause()
  while (!signal.aborted) {
    const [answer] = await askProviders([asked], { send, deadlineMs: DEADLINE_MS, signal })
    if (signal.aborted) return
    if (answer?.report !== undefined) known.take(answer.report.provider, answer.report.models.map(fromReport))
    else if (answer !== undefined) known.miss(answer.provider, failureText(answer.failure, DEADLINE_MS))
    await pause()
  }
}

function fromReport(model: Parameters<typeof toDiscovered>[1] & { id: string }): DiscoveredModel {
  return toDiscovered(model.id, model)
}

/** The models that the server knows, and how they become others. */
class KnownCatalog {
  readonly #workspace: Workspace
  readonly #target: RefreshTarget
  readonly discovered: Map<string, DiscoveredModel[]>
  readonly #silent = new Set<string>()
  #catalog: Catalog

  constructor(workspace: Workspace, target: RefreshTarget) {
    this.#workspace = workspace
    this.#target = target
    this.discovered = new Map(workspace.discovered)
    this.#catalog = workspace.catalog
  }

  take(provider: string, models: DiscoveredModel[]): void {
    this.#silent.delete(provider)
    const { profile, providers } = this.#workspace
    this.discovered.set(provider, inKnownOrder(models, modelsOf(this.#catalog, provider)))
    const catalog = buildCatalog(catalogSources(profile, providers, this.discovered))
    const changes = compare(modelsOf(this.#catalog, provider), modelsOf(catalog, provider))
    if (changes === undefined) return
    this.#catalog = catalog
    this.#target.setCatalog(catalog)
    this.#target.log({ type: 'models', provider, models: modelsOf(catalog, provider).size, ...changes })
  }

  miss(provider: string, message: string): void {
    if (this.#silent.has(provider)) return
    this.#silent.add(provider)
    this.#target.log({ type: 'models_unknown', provider, message })
  }
}

function modelsOf({ models }: Catalog, provider: string): Map<string, Model> {
  return new Map(models.filter((model) => model.provider === provider).map((model) => [model.id, model]))
}

/** Models that were known keep their places, for order counts between equals; new ones come behind. */
function inKnownOrder(models: readonly DiscoveredModel[], known: ReadonlyMap<string, Model>): DiscoveredModel[] {
  const places = new Map([...known.keys()].map((id, place) => [id, place]))
  return models.toSorted((a, b) => (places.get(a.id) ?? places.size) - (places.get(b.id) ?? places.size))
}

interface Changes {
  added: string[]
  removed: string[]
  changed: string[]
}

/** undefined when nothing has changed that a decision could see. */
function compare(before: ReadonlyMap<string, Model>, after: ReadonlyMap<string, Model>): Changes | undefined {
  const changes = {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: [...before.keys()].filter((id) => !after.has(id)),
    changed: [...after].filter(([id, model]) => before.has(id) && !isSame(before.get(id), model)).map(([id]) => id),
  }
  return Object.values(changes).every((list) => list.length === 0) ? undefined : changes
}

/** Both were made by the same function, so their members have one order. Who said a fact does not matter here. */
function isSame(a: Model | undefined, b: Model): boolean {
  const facts = (model: Model | undefined): string => JSON.stringify({ ...model, sources: [], origins: {} })
  return facts(a) === facts(b)
}
