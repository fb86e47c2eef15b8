import { parseGeminiPath } from '../dialects/gemini/path.ts'
import type { DialectId, RouteHints } from '../dialects/types.ts'
import type { PassedCall } from '../gateway/pass-through.ts'

/** What a path leads to. No route writes configuration, runs a command or takes a base URL. */
export type Route =
  | { type: 'chat' | 'count_tokens'; method: 'POST'; dialect: DialectId; hints?: RouteHints; isArray?: boolean }
  | { type: 'pass'; method: 'POST'; path: PassedCall; dialect: DialectId }
  | { type: 'models' | 'health' | 'about'; method: 'GET' }
  | { type: 'model'; method: 'GET'; id: string }
  | { type: 'ollama-tags' | 'ollama-ps' | 'ollama-version'; method: 'GET' }
  | { type: 'ollama-show' | 'ollama-pull'; method: 'POST' }

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['/chat/completions', { type: 'chat', method: 'POST', dialect: 'openai-chat' }],
  ['/responses', { type: 'chat', method: 'POST', dialect: 'openai-responses' }],
  ['/messages', { type: 'chat', method: 'POST', dialect: 'anthropic-messages' }],
  ['/messages/count_tokens', { type: 'count_tokens', method: 'POST', dialect: 'anthropic-messages' }],
  ['/embeddings', { type: 'pass', method: 'POST', path: '/embeddings', dialect: 'openai-chat' }],
  ['/completions', { type: 'pass', method: 'POST', path: '/completions', dialect: 'openai-chat' }],
  ['/api/chat', { type: 'chat', method: 'POST', dialect: 'ollama-chat' }],
  ['/api/generate', { type: 'chat', method: 'POST', dialect: 'ollama-generate' }],
  ['/api/show', { type: 'ollama-show', method: 'POST' }],
  ['/api/pull', { type: 'ollama-pull', method: 'POST' }],
  ['/api/tags', { type: 'ollama-tags', method: 'GET' }],
  ['/api/ps', { type: 'ollama-ps', method: 'GET' }],
  ['/api/version', { type: 'ollama-version', method: 'GET' }],
  ['/models', { type: 'models', method: 'GET' }],
  ['/healthz', { type: 'health', method: 'GET' }],
  ['/', { type: 'about', method: 'GET' }],
])

/** Paths a person may want to know of. */
export const ENDPOINTS: readonly string[] = [
  '/v1/chat/completions',
  '/v1/responses',
  '/v1/messages',
  '/v1/messages/count_tokens',
  '/v1/embeddings',
  '/v1beta/models/{model}:generateContent',
  '/api/chat',
  '/v1/models',
  '/healthz',
]

/** Finds the route of a request target, with or without `/v1` (`/v1beta` for Gemini); undefined when there is none. */
export function findRoute(target: string): Route | undefined {
  const [path = '', query = ''] = target.split('?', 2)
  const bare = path === '/v1' ? '/' : path.replace(/^\/v1(?:beta)?(?=\/)/, '')
  const route = ROUTES.get(bare) ?? geminiRoute(path, query)
  if (route !== undefined) return route
  if (!bare.startsWith('/models/') || bare.length === '/models/'.length) return undefined
  const id = decode(bare.slice('/models/'.length))
  return id === undefined ? undefined : { type: 'model', method: 'GET', id }
}

/** Gemini names the model and the method in the path. Without `alt=sse` a stream is one JSON array. */
function geminiRoute(path: string, query: string): Route | undefined {
  const call = parseGeminiPath(path)
  if (call === undefined) return undefined
  const stream = call.method === 'streamGenerateContent'
  const hints = { model: call.model, stream }
  if (call.method === 'countTokens') return { type: 'count_tokens', method: 'POST', dialect: 'gemini', hints }
  const isArray = stream && new URLSearchParams(query).get('alt') !== 'sse'
  return { type: 'chat', method: 'POST', dialect: 'gemini', hints, isArray }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
