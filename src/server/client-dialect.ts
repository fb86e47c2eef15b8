import { geminiArrayClient } from '../dialects/gemini/index.ts'
import { CLIENT_DIALECTS } from '../dialects/index.ts'
import type { ClientDialect, DialectId } from '../dialects/types.ts'

/** What answers the client of a route. An array holds the state of one answer: made anew for each request. */
export function clientDialect({ dialect, isArray }: { dialect: DialectId; isArray?: boolean }): ClientDialect {
  return isArray === true ? geminiArrayClient() : CLIENT_DIALECTS[dialect]
}

/** The dialect whose error shape fits a request that has no route, by what the client sends. */
export function guessDialect(headers: Readonly<Record<string, unknown>>, path: string): ClientDialect {
  return CLIENT_DIALECTS[guess(headers, path)]
}

function guess(headers: Readonly<Record<string, unknown>>, path: string): DialectId {
  if (headers['anthropic-version'] !== undefined || path.includes('/messages')) return 'anthropic-messages'
  if (path.startsWith('/v1beta') || headers['x-goog-api-key'] !== undefined) return 'gemini'
  return path.startsWith('/api/') ? 'ollama-chat' : 'openai-chat'
}
