import { isRecord } from '../../lib/is-record.ts'
import { readForeignKey } from './foreign-key.ts'
import type { ForeignApi, ForeignConfig, ForeignModel, ForeignProvider } from './types.ts'

const APIS: Readonly<Record<string, ForeignApi>> = {
  'openai-completions': 'openai',
  'openai-responses': 'openai',
  'anthropic-messages': 'anthropic',
  'google-generative-ai': 'gemini',
  ollama: 'ollama',
}

/**
 * OpenClaw: `models.providers.<name>` with `baseUrl`, `apiKey`, `api` and `models`; undefined when it is no such file.
 * Source: https://docs.openclaw.ai/concepts/model-providers
 */
export function readOpenClaw(data: unknown): ForeignConfig | undefined {
  const providers = isRecord(data) && isRecord(data['models']) ? data['models']['providers'] : undefined
  if (!isRecord(providers)) return undefined
  const config: ForeignConfig = { program: 'OpenClaw', providers: [], skipped: [] }
  for (const [name, entry] of Object.entries(providers)) {
    const read = isRecord(entry) ? readProvider(name, entry) : 'it is no provider'
    if (typeof read === 'string') config.skipped.push({ name, reason: read })
    else config.providers.push(read)
  }
  return config
}

function readProvider(name: string, entry: Record<string, unknown>): ForeignProvider | string {
  const { api: said = 'openai-completions', baseUrl, apiKey, models } = entry
  const api = typeof said === 'string' && Object.hasOwn(APIS, said) ? APIS[said] : undefined
  if (api === undefined) return 'sage does not speak its protocol'
  const key = readForeignKey(apiKey)
  return {
    name,
    api,
    ...(typeof baseUrl === 'string' && { baseUrl }),
    ...(key !== undefined && { key }),
    models: readModels(models),
  }
}

/** A list of objects with `id`, or a map by id. */
function readModels(models: unknown): ForeignModel[] {
  const entries: unknown[] = Array.isArray(models)
    ? models
    : Object.entries(isRecord(models) ? models : {}).map(([id, facts]) => ({ ...(isRecord(facts) && facts), id }))
  return entries.flatMap((entry) => {
    if (!isRecord(entry) || typeof entry['id'] !== 'string') return []
    const context = entry['contextWindow']
    return [{ id: entry['id'], ...(typeof context === 'number' && { context }) }]
  })
}
