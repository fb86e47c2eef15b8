import type { RequestFacts } from '../dialects/types.ts'
import type { Facts } from './types.ts'

/** Headers that carry secrets: rules may not look at them, and facts may be written to a log. */
const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'x-api-key',
  'api-key',
  'x-goog-api-key',
  'cookie',
])

/**
 * Adds what came around the body to the facts read from it.
 * Header names are lower-cased; those that carry secrets are left out.
 */
export function createFacts(
  request: RequestFacts,
  context: { dialect: string; headers: Readonly<Record<string, string>> },
): Facts {
  const headers = Object.create(null) as Record<string, string>
  for (const name in context.headers) {
    const value = context.headers[name]
    const lower = name.toLowerCase()
    if (value !== undefined && !SECRET_HEADERS.has(lower)) headers[lower] = value
  }
  return { ...request, dialect: context.dialect, client: headers['user-agent'] ?? '', headers }
}
