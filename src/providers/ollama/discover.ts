// What models an Ollama server offers and what they can do. Pure over an injected call.
// Source: ollama/ollama, api/types.go (ListResponse, ShowResponse) and types/model/capability.go.
import { isRecord } from '../../lib/is-record.ts'
import type { Capability } from '../../profile/types.ts'
import { isCloudModel } from './names.ts'

/** Calls the server and gives the parsed body; rejects when there is none or the status is not 2xx. */
export type JsonFetch = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>

export interface DiscoveredModel {
  id: string
  /** All that the model can do; undefined when the server did not say. */
  capabilities?: Capability[]
  /** Context window in tokens, when known. */
  context?: number
  /** Answered in Ollama's cloud, not on this machine. */
  remote: boolean
}

/** What a document of the server says of a model, in Ollama's own words. */
interface Facts {
  capabilities?: string[]
  context?: number
  remote: boolean
}

/** `POST /api/show` calls at a time: it reads a file for each. */
const AT_ONCE = 4

/**
 * Lists the chat models of a server, in its order; models that only embed are left out. Asks /api/tags, and /api/show
 * for each model that the list says too little of (Ollama before 0.12). A model whose /api/show fails stays, with
 * unknown facts. Rejects when /api/tags fails or is no list.
 */
export async function discoverOllama(get: JsonFetch): Promise<DiscoveredModel[]> {
  const listed = readTags(await get('GET', '/api/tags'))
  const models: (DiscoveredModel | undefined)[] = []
  let next = 0
  async function work(): Promise<void> {
    for (let i = next++; i < listed.length; i = next++) {
      const entry = listed[i]
      if (entry !== undefined) models[i] = toModel(entry.id, await complete(entry.id, entry.facts, get))
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, listed.length) }, work))
  return models.filter((model) => model !== undefined)
}

function readTags(body: unknown): { id: string; facts: Facts }[] {
  if (!isRecord(body) || !('models' in body)) throw new Error('the answer of /api/tags is not a list of models')
  const models = Array.isArray(body['models']) ? body['models'] : []
  return models.filter(isRecord).flatMap((entry) => {
    const id = entry['name'] ?? entry['model']
    const details = isRecord(entry['details']) ? entry['details'] : {}
    return isName(id) ? [{ id, facts: readFacts(entry, details['context_length']) }] : []
  })
}

async function complete(id: string, facts: Facts, get: JsonFetch): Promise<Facts> {
  if (facts.capabilities !== undefined && facts.context !== undefined) return facts
  try {
    const shown = readShow(await get('POST', '/api/show', { model: id }))
    return { ...facts, ...shown, remote: facts.remote || shown.remote }
  } catch {
    return facts
  }
}

function readShow(body: unknown): Facts {
  const shown = isRecord(body) ? body : {}
  const info = isRecord(shown['model_info']) ? shown['model_info'] : {}
  const architecture = String(info['general.architecture'])
  const facts = readFacts(shown, info[`${architecture}.context_length`])
  const limit =
    typeof shown['parameters'] === 'string' ? /^num_ctx\s+(\d+)\s*$/m.exec(shown['parameters'])?.[1] : undefined
  if (limit !== undefined) facts.context = Math.min(facts.context ?? Number(limit), Number(limit))
  // Servers that do not list capabilities yet: a pooling type is what makes a model an embedding model.
  if (facts.capabilities === undefined && `${architecture}.pooling_type` in info) facts.capabilities = ['embedding']
  return facts
}

function readFacts(document: Record<string, unknown>, context: unknown): Facts {
  const { capabilities, remote_host: host, remote_model: model } = document
  const named = Array.isArray(capabilities) ? capabilities.filter(isName) : []
  return {
    ...(named.length > 0 && { capabilities: named }),
    ...(typeof context === 'number' && context > 0 && { context }),
    remote: isName(host) || isName(model),
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

function toModel(id: string, facts: Facts): DiscoveredModel | undefined {
  const named = facts.capabilities
  const remote = facts.remote || isCloudModel(id)
  if (named?.includes('embedding') === true && !named.includes('completion')) return undefined
  return {
    id,
    ...(named !== undefined && { capabilities: toCapabilities(named, remote) }),
    ...(facts.context !== undefined && { context: facts.context }),
    remote,
  }
}

/** `json` is not Ollama's word: a local server enforces `format` by a grammar for every model that completes. */
function toCapabilities(named: readonly string[], remote: boolean): Capability[] {
  const capabilities: Capability[] = []
  for (const name of ['tools', 'vision', 'thinking'] as const) if (named.includes(name)) capabilities.push(name)
  if (!remote && named.includes('completion')) capabilities.push('json')
  return capabilities
}
