import { targetOf } from '../catalog/types.ts'
import type { Catalog, Model } from '../catalog/types.ts'
import { geminiModel, geminiModels } from '../dialects/gemini/index.ts'
import type { tagsBody } from '../dialects/ollama-chat/index.ts'
import type { Profile } from '../profile/types.ts'

/** One entry of the models list; its id can be sent back as `model`. */
export interface ModelEntry {
  id: string
  title: string
  owner: string
  /** Tokens, when known. */
  context?: number
  output?: number
}

/** Policies first, as `sage/<policy>`, then every target as `provider/model`. */
export function listModels(profile: Profile, catalog: Catalog): ModelEntry[] {
  const windows = catalog.models.map(({ context }) => context).filter((context) => context !== undefined)
  const policies = profile.policies.map(({ name, description }): ModelEntry => {
    const title = description === '' ? `sage ${name}` : `sage ${name}: ${description}`
    // A policy can take whatever its largest model can.
    return { id: `sage/${name}`, title, owner: 'sage', ...(windows.length > 0 && { context: Math.max(...windows) }) }
  })
  return [...policies, ...catalog.models.map(toEntry)]
}

function toEntry(model: Model): ModelEntry {
  return {
    id: targetOf(model),
    title: `${model.id} (${model.provider})`,
    owner: model.provider,
    ...(model.context !== undefined && { context: model.context }),
    ...(model.output !== undefined && { output: model.output }),
  }
}

/** OpenAI's shape (GET /v1/models), with the context size that OpenRouter adds. */
export function toOpenAiModel(entry: ModelEntry): Record<string, unknown> {
  return {
    id: entry.id,
    object: 'model',
    created: 0,
    owned_by: entry.owner,
    name: entry.title,
    ...(entry.context !== undefined && { context_length: entry.context }),
  }
}

/** Anthropic's shape (GET /v1/models). */
export function toAnthropicModel(entry: ModelEntry): Record<string, unknown> {
  return {
    type: 'model',
    id: entry.id,
    display_name: entry.title,
    created_at: '1970-01-01T00:00:00Z',
    ...(entry.context !== undefined && { max_input_tokens: entry.context }),
    ...(entry.output !== undefined && { max_tokens: entry.output }),
  }
}

/** Whose shape of a models list a client wants. */
export type ListShape = 'openai' | 'anthropic' | 'gemini'

/** Anthropic clients send `anthropic-version`, Gemini clients their key header or the `/v1beta` path. */
export function listShape(headers: Readonly<Record<string, unknown>>, path: string): ListShape {
  if (headers['anthropic-version'] !== undefined) return 'anthropic'
  return path.startsWith('/v1beta') || headers['x-goog-api-key'] !== undefined ? 'gemini' : 'openai'
}

/** The whole list in the shape that the client asked for. */
export function modelsBody(entries: readonly ModelEntry[], shape: ListShape): Record<string, unknown> {
  switch (shape) {
    case 'openai':
      return { object: 'list', data: entries.map(toOpenAiModel) }
    case 'gemini':
      return geminiModels(entries)
    case 'anthropic': {
      const ids = entries.map(({ id }) => id)
      const data = entries.map(toAnthropicModel)
      return { data, has_more: false, first_id: ids[0] ?? null, last_id: ids.at(-1) ?? null }
    }
  }
}

/** One model in the shape that the client asked for. */
export function modelBody(entry: ModelEntry, shape: ListShape): Record<string, unknown> {
  if (shape === 'gemini') return geminiModel(entry)
  return shape === 'anthropic' ? toAnthropicModel(entry) : toOpenAiModel(entry)
}

/**
 * The entries that this kind of client is shown. Claude Code's model picker takes only names with `claude` in them, so
 * Anthropic clients get the policies under such names as well.
 */
export function shownEntries(entries: readonly ModelEntry[], shape: ListShape): ModelEntry[] {
  if (shape !== 'anthropic') return [...entries]
  const policies = entries.filter(({ owner }) => owner === 'sage')
  return [...policies.map((entry) => ({ ...entry, id: entry.id.replace(/^sage\//, 'claude-sage-') })), ...entries]
}

/** Models as Ollama lists them: every policy and target. */
export function ollamaEntries(entries: readonly ModelEntry[], catalog: Catalog): OllamaEntry[] {
  return entries.map(({ id, context, owner }) => {
    const model = catalog.byTarget.get(id)
    const known = Object.entries(model?.capabilities ?? { tools: true, vision: true, thinking: true })
    const capabilities = known.filter(([name, has]) => has && OLLAMA_CAPABILITIES.has(name)).map(([name]) => name)
    return { id, owner, capabilities, ...(context !== undefined && { context }) }
  })
}

type OllamaEntry = Parameters<typeof tagsBody>[0][number]

/** Ollama's words for what a model can do, where they are ours too. */
const OLLAMA_CAPABILITIES: ReadonlySet<string> = new Set(['tools', 'vision', 'thinking'])
