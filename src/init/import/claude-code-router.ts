import { isRecord } from '../../lib/is-record.ts'
import { readForeignKey } from './foreign-key.ts'
import type { ForeignApi, ForeignConfig, ForeignProvider } from './types.ts'

/**
 * claude-code-router: `Providers` with `name`, `api_base_url` (the whole address of the endpoint), `api_key` and
 * `models`; newer ones say `baseUrl` and `apiKey`. undefined when it is no such file.
 * Source: https://github.com/musistudio/claude-code-router
 */
export function readClaudeCodeRouter(data: unknown): ForeignConfig | undefined {
  const providers = isRecord(data) ? data['Providers'] : undefined
  if (!Array.isArray(providers)) return undefined
  const config: ForeignConfig = { program: 'claude-code-router', providers: [], skipped: [] }
  for (const entry of providers as unknown[]) {
    if (!isRecord(entry) || typeof entry['name'] !== 'string') continue
    const { name } = entry
    const read = readProvider(name, entry)
    if (read === undefined) config.skipped.push({ name, reason: 'it has no address' })
    else config.providers.push(read)
  }
  return config
}

function readProvider(name: string, entry: Record<string, unknown>): ForeignProvider | undefined {
  const baseUrl = entry['api_base_url'] ?? entry['baseUrl']
  if (typeof baseUrl !== 'string') return undefined
  const key = readForeignKey(entry['api_key'] ?? entry['apiKey'])
  const models: unknown[] = Array.isArray(entry['models']) ? entry['models'] : []
  return {
    name,
    api: apiOf(baseUrl),
    baseUrl,
    ...(key !== undefined && { key }),
    models: models.flatMap((id) => (typeof id === 'string' ? [{ id }] : [])),
  }
}

/** The endpoint's path tells the protocol. */
function apiOf(url: string): ForeignApi {
  if (/\/v1\/messages\/?$/.test(url)) return 'anthropic'
  return /\/v1beta(?:\/models)?\/?$/.test(url) ? 'gemini' : 'openai'
}
