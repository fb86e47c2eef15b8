// What models an Ollama server offers and what they can do. Pure over an injected call.
import type { Capability } from '../../profile/types.ts'
import { said } from '../discovery/read.ts'
import type { ListedModel } from '../discovery/types.ts'
import { isCloudModel } from './names.ts'
import { readLoaded, readShow, readTags } from './read-facts.ts'
import type { Facts } from './read-facts.ts'

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

/** `POST /api/show` calls at a time: it reads a file for each. */
const AT_ONCE = 4

/**
 * Lists the chat models of a server, in its order; models that only embed are left out. Asks /api/tags, and /api/show
 * for each model that the list says too little of (Ollama before 0.12). A model whose /api/show fails stays, with
 * unknown facts. Rejects when /api/tags fails or is no list.
 */
export async function discoverOllama(get: JsonFetch): Promise<DiscoveredModel[]> {
  const models = await askFacts(get)
  return models.filter(({ facts }) => chats(facts) !== false).map(({ id, facts }) => toModel(id, facts))
}

/** The same list for the lock: every model, each fact with its source, and which are in memory (GET /api/ps). */
export async function listOllama(get: JsonFetch): Promise<ListedModel[]> {
  const [models, loaded] = await Promise.all([askFacts(get), askLoaded(get)])
  return models.map(({ id, facts, isIncomplete }) => {
    const { capabilitiesFrom = '', contextFrom = '', remoteFrom } = facts
    const isRemote = remoteFrom !== undefined || isCloudModel(id)
    return {
      id,
      ...(isIncomplete && { isIncomplete }),
      ...(loaded.has(id) && { isLoaded: true }),
      ...(remoteFrom !== undefined && { remoteFrom }),
      ...said('chat', chats(facts), capabilitiesFrom),
      ...said('capabilities', flags(facts, isRemote), capabilitiesFrom),
      ...said('context', facts.context, contextFrom),
    }
  })
}

interface Asked {
  id: string
  facts: Facts
  /** /api/show failed. */
  isIncomplete: boolean
}

async function askFacts(get: JsonFetch): Promise<Asked[]> {
  const listed = readTags(await get('GET', '/api/tags'))
  const models: Asked[] = []
  let next = 0
  async function work(): Promise<void> {
    for (let i = next++; i < listed.length; i = next++) {
      const entry = listed[i]
      if (entry !== undefined) models[i] = { id: entry.id, ...(await complete(entry.id, entry.facts, get)) }
    }
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, listed.length) }, work))
  return models
}

async function complete(id: string, facts: Facts, get: JsonFetch): Promise<Omit<Asked, 'id'>> {
  if (facts.capabilities !== undefined && facts.context !== undefined) return { facts, isIncomplete: false }
  try {
    // The list's word on remoteness comes first: there it costs nothing to see.
    const { remoteFrom } = facts
    const shown = readShow(await get('POST', '/api/show', { model: id }))
    return { facts: { ...facts, ...shown, ...(remoteFrom !== undefined && { remoteFrom }) }, isIncomplete: false }
  } catch {
    return { facts, isIncomplete: true }
  }
}

/** Which models are in memory is good to know, and no more than that. */
async function askLoaded(get: JsonFetch): Promise<Set<string>> {
  try {
    return readLoaded(await get('GET', '/api/ps'))
  } catch {
    return new Set()
  }
}

/** Whether it is a chat model, if the server said. */
function chats({ capabilities }: Facts): boolean | undefined {
  return capabilities === undefined
    ? undefined
    : capabilities.includes('completion') || !capabilities.includes('embedding')
}

function toModel(id: string, facts: Facts): DiscoveredModel {
  const remote = facts.remoteFrom !== undefined || isCloudModel(id)
  const named = facts.capabilities
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

/** The server's list is complete: what it does not name is false. Only of `json` in the cloud it says nothing. */
function flags({ capabilities: named }: Facts, isRemote: boolean): Partial<Record<Capability, boolean>> | undefined {
  if (named === undefined) return undefined
  const able = toCapabilities(named, isRemote)
  const told: Capability[] = ['tools', 'vision', ...(isRemote ? [] : (['json'] as const)), 'thinking', 'documents']
  return Object.fromEntries(told.map((name) => [name, able.includes(name)]))
}
