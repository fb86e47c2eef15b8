import { targetOf } from '../catalog/types.ts'
import type { Catalog, Model } from '../catalog/types.ts'
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

/** The whole list in the shape that the client asked for: Anthropic clients send `anthropic-version`. */
export function modelsBody(entries: readonly ModelEntry[], isAnthropic: boolean): Record<string, unknown> {
  if (!isAnthropic) return { object: 'list', data: entries.map(toOpenAiModel) }
  const data = entries.map(toAnthropicModel)
  return { data, has_more: false, first_id: entries[0]?.id ?? null, last_id: entries.at(-1)?.id ?? null }
}
