import type { ClientDialect } from '../dialects/types.ts'
import { CLIENT_DIALECTS } from '../dialects/index.ts'

/** What a path leads to. No route writes configuration, runs a command or takes a base URL. */
export type Route =
  | { type: 'chat'; method: 'POST'; dialect: ClientDialect }
  | { type: 'count_tokens'; method: 'POST'; dialect: ClientDialect }
  | { type: 'models'; method: 'GET' }
  | { type: 'model'; method: 'GET'; id: string }
  | { type: 'health'; method: 'GET' }
  | { type: 'about'; method: 'GET' }

const { 'openai-chat': chat, 'anthropic-messages': messages } = CLIENT_DIALECTS

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/chat/completions', { type: 'chat', method: 'POST', dialect: chat }],
  ['/messages', { type: 'chat', method: 'POST', dialect: messages }],
  ['/messages/count_tokens', { type: 'count_tokens', method: 'POST', dialect: messages }],
  ['/models', { type: 'models', method: 'GET' }],
  ['/healthz', { type: 'health', method: 'GET' }],
  ['/', { type: 'about', method: 'GET' }],
])

/** Finds the route of a request target, with or without `/v1` and a query string; undefined when there is none. */
export function findRoute(target: string): Route | undefined {
  const path = target.split('?', 1)[0] ?? ''
  const bare = path === '/v1' ? '/' : path.startsWith('/v1/') ? path.slice('/v1'.length) : path
  const route = ROUTES.get(bare)
  if (route !== undefined) return route
  if (!bare.startsWith('/models/') || bare.length === '/models/'.length) return undefined
  const id = decode(bare.slice('/models/'.length))
  return id === undefined ? undefined : { type: 'model', method: 'GET', id }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The dialect whose error shape fits a request that has no route, by what the client sends. */
export function guessDialect(headers: Readonly<Record<string, unknown>>, path: string): ClientDialect {
  return headers['anthropic-version'] !== undefined || path.includes('/messages') ? messages : chat
}
