import type { Capability, ModelFacts, Price } from '../profile/types.ts'
import { isChatModelId } from './chat-model.ts'
import { defaultModels, knownFacts, knownPrefill } from './known-models.ts'
import { targetOf } from './types.ts'
import type { Catalog, CatalogSource, DiscoveredModel, FactName, FactSource, Model } from './types.ts'

/** What one source says of one model. */
interface Layer {
  source: FactSource
  capabilities: Partial<Record<Capability, boolean>>
  context?: number | undefined
  output?: number | undefined
  price?: Price | undefined
  continuesPrefill?: boolean | undefined
  tags?: readonly string[] | undefined
}

const CAPABILITIES: readonly Capability[] = ['tools', 'vision', 'json', 'thinking', 'documents']

/**
 * Merges everything known of the providers' models. Each field comes from the most trusted source that gives it: the
 * profile, then the provider itself, the preset, the built-in table, assumptions. A capability list of the profile is
 * complete: what it does not name is false. A provider offers the models its profile lists; when it lists none, those
 * it reported; when it reported none either, the usual ones of its preset or kind. Models that do not chat are left
 * out unless the profile names them. Pure.
 */
export function buildCatalog(sources: readonly CatalogSource[]): Catalog {
  const byTarget = new Map<string, Model>()
  for (const source of sources) {
    for (const id of offeredIds(source)) {
      const model = describeModel(source, id)
      if (!byTarget.has(targetOf(model))) byTarget.set(targetOf(model), model)
    }
  }
  return { models: [...byTarget.values()], byTarget }
}

function offeredIds(source: CatalogSource): string[] {
  if (source.models.length > 0) return source.models.map((model) => model.id)
  const found = source.discovered.filter((model) => model.chat ?? isChatModelId(model.id, source.preset))
  if (found.length > 0) return found.map((model) => model.id)
  return defaultModels(source.preset ?? source.kind)
}

function describeModel(source: CatalogSource, id: string): Model {
  const discovered = findDiscovered(source, id)
  const local = source.isLocal(id) && discovered?.remote !== true
  const layers = factLayers(source, id, discovered, local)
  const capabilities: Model['capabilities'] = {}
  const origins: Partial<Record<FactName, FactSource>> = {}
  for (const name of CAPABILITIES) {
    const layer = layers.find((one) => one.capabilities[name] !== undefined)
    if (!layer) continue
    capabilities[name] = layer.capabilities[name] === true
    origins[name] = layer.source
  }
  const take = <K extends 'context' | 'output' | 'price' | 'continuesPrefill' | 'tags'>(field: K): Layer[K] => {
    const layer = layers.find((one) => one[field] !== undefined)
    if (layer) origins[field] = layer.source
    return layer?.[field]
  }
  const [context, output, price, tags] = [take('context'), take('output'), take('price'), take('tags')]
  const known = knownPrefill(id, source.preset ?? source.kind, capabilities.thinking)
  const continuesPrefill = take('continuesPrefill') ?? known
  if (continuesPrefill !== undefined) origins.continuesPrefill ??= 'catalogue'
  const used = new Set(Object.values(origins))
  return {
    provider: source.provider,
    id,
    capabilities,
    ...(context !== undefined && { context }),
    ...(output !== undefined && { output }),
    ...(price !== undefined && { price }),
    ...(continuesPrefill !== undefined && { continuesPrefill }),
    ...(tags !== undefined && { tags }),
    local,
    sources: [...new Set(layers.map((layer) => layer.source))].filter((name) => used.has(name)),
    origins,
  }
}

/** Ollama knows `llama3.3` as `llama3.3:latest`. */
function findDiscovered(source: CatalogSource, id: string): DiscoveredModel | undefined {
  const other = source.kind === 'ollama' && !id.includes(':') ? `${id}:latest` : id
  return source.discovered.find((model) => model.id === id) ?? source.discovered.find((model) => model.id === other)
}

/** Everything said of the model, most trusted first. */
function factLayers(
  source: CatalogSource,
  id: string,
  discovered: DiscoveredModel | undefined,
  local: boolean,
): Layer[] {
  const given = source.models.find((model) => model.id === id)
  const known = knownFacts(id, source.preset ?? source.kind, source.kind === 'openai')
  // An Ollama model on one's own machine costs nothing.
  const free = source.kind === 'ollama' && local ? { price: { input: 0, output: 0 } } : {}
  return [
    ...(given ? [fromFacts('profile', given, true)] : []),
    fromFacts('profile', source.profileDefaults, true),
    ...(discovered
      ? [{ ...discovered, source: 'discovered' as const, capabilities: discovered.capabilities ?? {} }]
      : []),
    fromFacts('preset', source.presetDefaults, false),
    ...(known ? [{ ...known, source: 'catalogue' as const }] : []),
    { ...fromFacts('assumed', source.assumed, false), ...free },
  ]
}

/** `complete`: capabilities that the list does not name are false. */
function fromFacts(source: FactSource, facts: ModelFacts, complete: boolean): Layer {
  const listed = facts.capabilities
  const names = listed === undefined ? [] : complete ? CAPABILITIES : listed
  return {
    source,
    capabilities: Object.fromEntries(names.map((name) => [name, listed?.includes(name) === true])),
    context: facts.context,
    output: facts.output,
    price: facts.price,
    continuesPrefill: facts.continues_prefill,
    tags: facts.tags,
  }
}
