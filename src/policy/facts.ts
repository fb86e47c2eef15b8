import type { RequestFacts } from '../dialects/types.ts'
import { readAsked } from './read-overrides.ts'
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

/** What came around the facts of a request. */
export interface FactsContext {
  dialect: string
  headers: Readonly<Record<string, string>>
  /** The body's own fields for sage, parsed. */
  sage?: unknown
  metadata?: unknown
}

/**
 * Adds what came around the body to the facts read from it. Header names are lower-cased; those that carry secrets are
 * left out. Throws `BadRequest` for an override that cannot be understood.
 */
export function createFacts(request: RequestFacts, context: FactsContext): Facts {
  const headers = Object.create(null) as Record<string, string>
  for (const name in context.headers) {
    const value = context.headers[name]
    const lower = name.toLowerCase()
    if (value !== undefined && !SECRET_HEADERS.has(lower)) headers[lower] = value
  }
  const { tags, overrides } = readAsked(headers, context)
  // The facts read come last: every member added behind a spread costs Node 20 a hidden class for each object.
  return {
    dialect: context.dialect,
    client: headers['user-agent'] ?? '',
    headers,
    ...(tags.length === 0 ? {} : { tags }),
    ...(overrides === undefined ? {} : { overrides }),
    ...request,
  }
}
