// Discovery APIs of providers, in the shapes that they publish. Each is a handler for startUpstream.
import type { Handler, Received, Reply } from './upstream.ts'

/** Answers by path, without the query; anything else is 404. */
export function routes(table: Readonly<Record<string, (request: Received) => Reply>>): Handler {
  return (request) => {
    const path = new URL(request.path, 'http://x').pathname
    return table[`${request.method} ${path}`]?.(request) ?? { status: 404, json: { error: 'not found' } }
  }
}

/** `/v1/models` as OpenAI has it: names only. */
export function openAiList(ids: readonly string[]): Reply {
  const data = ids.map((id) => ({ id, object: 'model', created: 1_700_000_000, owned_by: 'system' }))
  return { json: { object: 'list', data } }
}

/** Any OpenAI-style list with members of the provider's own. */
export function entryList(...data: object[]): Reply {
  return { json: { object: 'list', data } }
}

/** One entry of https://openrouter.ai/docs/models. */
export const OPENROUTER_ENTRY: object = {
  id: 'acme/large-2',
  canonical_slug: 'acme/large-2',
  name: 'Acme: Large 2',
  created: 1_741_818_122,
  context_length: 262_144,
  architecture: {
    modality: 'text+image->text',
    input_modalities: ['text', 'image', 'file'],
    output_modalities: ['text'],
    tokenizer: 'Other',
    instruct_type: null,
  },
  pricing: {
    prompt: '0.0000015',
    completion: '0.0000075',
    request: '0',
    image: '0.001',
    input_cache_read: '0.00000015',
  },
  top_provider: { context_length: 131_072, max_completion_tokens: 16_384, is_moderated: false },
  per_request_limits: null,
  supported_parameters: ['max_tokens', 'temperature', 'tools', 'tool_choice', 'structured_outputs', 'reasoning'],
}

/** Anthropic's GET /v1/models: pages of `size`, by `after_id`. */
export function anthropicModels(entries: readonly { id: string }[], size: number): Handler {
  return routes({
    'GET /v1/models': ({ path, headers }) => {
      if (headers['x-api-key'] !== 'right-key' || headers['anthropic-version'] === undefined) {
        return { status: 401, json: { type: 'error', error: { type: 'authentication_error', message: 'no' } } }
      }
      const after = new URL(path, 'http://x').searchParams.get('after_id')
      const start = after === null ? 0 : entries.findIndex(({ id }) => id === after) + 1
      const data = entries.slice(start, start + size)
      const [first, last] = [data[0]?.id ?? null, data.at(-1)?.id ?? null]
      return { json: { data, has_more: start + size < entries.length, first_id: first, last_id: last } }
    },
  })
}

export function anthropicEntry(id: string, more: object = {}): { id: string } {
  return {
    type: 'model',
    id,
    display_name: id,
    created_at: '2026-02-04T00:00:00Z',
    lifecycle: 'active',
    max_input_tokens: 200_000,
    max_tokens: 64_000,
    capabilities: {
      image_input: { supported: true },
      pdf_input: { supported: false },
      structured_outputs: { supported: true },
      thinking: { supported: true, types: {} },
    },
    ...more,
  } as { id: string }
}

/** Gemini's GET /v1beta/models: pages by `pageToken`. */
export function geminiModels(pages: readonly (readonly object[])[]): Handler {
  return routes({
    'GET /v1beta/models': ({ path }) => {
      const token = new URL(path, 'http://x').searchParams.get('pageToken')
      const at = token === null ? 0 : Number(token.replace('page-', ''))
      const next = at + 1 < pages.length ? { nextPageToken: `page-${at + 1}` } : {}
      return { json: { models: pages[at], ...next } }
    },
  })
}

export function geminiEntry(name: string, methods: string[], more: object = {}): object {
  return {
    name: `models/${name}`,
    version: '001',
    displayName: name,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: methods,
    ...more,
  }
}

export interface FakePull {
  /** Lines of one try each; the last one is repeated. */
  tries: readonly (readonly object[])[]
  /** Breaks the connection after the lines of every try but the last. */
  breaks?: boolean
  status?: number
}

/** POST /api/pull of an Ollama server, by model. */
export function pullHandler(pulls: Readonly<Record<string, FakePull>>): (request: Received) => Reply {
  const counts = new Map<string, number>()
  return ({ json }) => {
    const model = String(json['model'] ?? json['name'])
    const pull = pulls[model]
    if (pull === undefined) return { ndjson: ['{"error":"pull model manifest: file does not exist"}'] }
    const n = counts.get(model) ?? 0
    counts.set(model, n + 1)
    const lines = (pull.tries[Math.min(n, pull.tries.length - 1)] ?? []).map((line) => JSON.stringify(line))
    if (pull.status !== undefined) return { status: pull.status, text: lines.join('\n') }
    const isLast = n >= pull.tries.length - 1
    const headers = { 'content-type': 'application/x-ndjson' }
    return pull.breaks === true && !isLast
      ? { fault: 'reset-after', chunks: lines.map((line) => `${line}\n`), headers }
      : { ndjson: lines }
  }
}

const DIGEST = `sha256:${'a'.repeat(64)}`

/** The lines of a pull up to `completed` of 100 bytes; with `success` at 100. */
export function pullLines(completed: number): object[] {
  const status = `pulling ${DIGEST.slice(7, 19)}`
  return [
    { status: 'pulling manifest' },
    { status, digest: DIGEST, total: 100, completed },
    ...(completed === 100
      ? [{ status: 'verifying sha256 digest' }, { status: 'writing manifest' }, { status: 'success' }]
      : []),
  ]
}
