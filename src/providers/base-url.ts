import type { KindSpec } from './types.ts'

/** Path ends that a kind does not want in its base URL, because its own chat path brings them. */
const SUPERFLUOUS: Readonly<Record<KindSpec['kind'], RegExp | undefined>> = {
  'openai-compatible': undefined,
  openai: undefined,
  nvidia: undefined,
  anthropic: /\/v1$/,
  gemini: /\/v1(?:beta)?$/,
  ollama: /\/(?:v1|api)$/,
  'ollama-cloud': /\/(?:v1|api)$/,
  demo: undefined,
}

/** Kinds whose base URL ends in `/v1` by custom. */
const OPENAI_STYLE: ReadonlySet<KindSpec['kind']> = new Set<KindSpec['kind']>(['openai-compatible', 'openai', 'nvidia'])

/**
 * Splits a base URL into origin and path prefix. The URL is used as written, with these comforts: slashes at the end,
 * query and fragment go; a pasted chat endpoint is cut back to its base; an OpenAI-compatible base without any path gets
 * `/v1`, as OpenAI-style servers have it; Anthropic and Ollama bases work with and without `/v1`.
 * Throws `TypeError` when it is no http(s) URL.
 */
export function splitBaseUrl(spec: KindSpec, url: string): { origin: string; basePath: string } {
  const parsed = new URL(url)
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') throw new TypeError(`Not an http(s) URL: ${url}`)
  const path = trimSlashes(parsed.pathname)
  return { origin: parsed.origin, basePath: trimSlashes(toBasePath(spec, path)) }
}

function toBasePath(spec: KindSpec, path: string): string {
  const pasted = spec.endpoints.find((endpoint) => path.endsWith(endpoint.path))
  if (pasted !== undefined) return path.slice(0, -pasted.path.length)
  if (path === '' && OPENAI_STYLE.has(spec.kind)) return '/v1'
  const end = SUPERFLUOUS[spec.kind]
  return end ? path.replace(end, '') : path
}

function trimSlashes(path: string): string {
  let end = path.length
  while (end > 0 && path[end - 1] === '/') end--
  return path.slice(0, end)
}
