import { isRecord } from '../lib/is-record.ts'
import { parseJson } from './parse-json.ts'

/**
 * Model ids in the answer of a provider's list, whatever its dialect: `data[].id` (OpenAI, Anthropic), `models[].name`
 * (Gemini with `models/` in front, Ollama). undefined when it is no list, is empty, or has more pages.
 */
export function listedModels(body: string): Set<string> | undefined {
  const value = parseJson(body)
  if (!isRecord(value) || value['has_more'] === true || typeof value['nextPageToken'] === 'string') return undefined
  const entries = Array.isArray(value['data']) ? value['data'] : value['models']
  if (!Array.isArray(entries)) return undefined
  const ids = entries.filter(isRecord).flatMap(({ id, name }) => {
    const text = id ?? name
    return typeof text === 'string' && text !== '' ? [text.replace(/^models\//, '')] : []
  })
  return ids.length === 0 ? undefined : new Set(ids)
}

/**
 * Whether the list has the model. A list may have the dated version of an alias (`claude-sonnet-4-5-20250929`), and
 * Ollama knows `qwen3` as `qwen3:latest`.
 */
export function isListed(listed: ReadonlySet<string>, id: string): boolean {
  if (listed.has(id) || listed.has(`${id}:latest`)) return true
  const bare = id.replace(/-latest$/, '')
  return [...listed].some((each) => each.startsWith(`${bare}-`) && /^-\d[\d-]*$/.test(each.slice(bare.length)))
}
