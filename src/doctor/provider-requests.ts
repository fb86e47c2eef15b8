import { callHeaders } from '../providers/call-headers.ts'
import type { ProviderKind } from '../profile/types.ts'
import type { Provider } from '../providers/types.ts'
import type { Secret } from '../secrets/secret.ts'
import type { HttpRequest } from './effects.ts'

/** Paths that list models, below the base URL. All are free of charge. */
const LISTS: Readonly<Record<ProviderKind, string>> = {
  openai: '/models',
  'openai-compatible': '/models',
  nvidia: '/models',
  // https://platform.claude.com/docs/en/api/models/list
  anthropic: '/v1/models?limit=1000',
  // https://ai.google.dev/api/models
  gemini: '/v1beta/models?pageSize=1000',
  // https://docs.ollama.com/api/tags
  ollama: '/api/tags',
  'ollama-cloud': '/api/tags',
  demo: '',
}

/** Presets that list their models to anybody, and the path that looks at the key instead. */
const KEY_PATHS: Readonly<Record<string, string>> = {
  // https://openrouter.ai/docs/api/api-reference/api-keys/get-current-key
  openrouter: '/key',
}

export function listRequest(provider: Provider, key: Secret | undefined): HttpRequest {
  return get(provider, LISTS[provider.kind], key)
}

/** Whether a preset has a path of its own that looks at the key. */
export function hasKeyPath(preset: string | undefined): boolean {
  return preset !== undefined && Object.hasOwn(KEY_PATHS, preset)
}

/** The request that only a good key gets an answer to, where that is not the list. */
export function keyRequest(provider: Provider, preset: string | undefined, key: Secret): HttpRequest | undefined {
  const path = preset === undefined ? undefined : KEY_PATHS[preset]
  return path === undefined ? undefined : get(provider, path, key)
}

function get(provider: Provider, path: string, key: Secret | undefined): HttpRequest {
  const { 'content-type': _, ...headers } = callHeaders(provider, key, 'application/json')
  return { method: 'GET', path: provider.basePath + path, headers }
}
