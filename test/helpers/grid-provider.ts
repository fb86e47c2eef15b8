// The providers of the grid: what each kind answers, and a profile that leads to them.
import { message, messageStream } from './anthropic-replies.ts'
import type { AnyKind } from './fake-provider.ts'
import { generated, generatedStream } from './gemini-replies.ts'
import { ollamaMessage, ollamaStream } from './ollama-replies.ts'
import { chatCompletion, chatStream } from './openai-chat-replies.ts'
import { responsesAnswer, responsesStream } from './openai-responses-replies.ts'
import type { Received, Reply } from './upstream.ts'

export interface GridReply {
  text?: string
  thinking?: string
  /** Opaque proof of the thinking, where the dialect has one. */
  proof?: string
  calls?: readonly { id: string; name: string; arguments: Record<string, unknown> }[]
  finish?: 'length' | 'refusal'
  /** Tokens: `input` with the cached ones, `output` with those spent on reasoning. */
  usage?: { input: number; cached: number; output: number; reasoning: number }
}

export type ProviderDialectName = 'chat' | 'responses' | 'messages' | 'gemini' | 'ollama'

/** The dialect in which a provider of this kind was asked. */
export function askedIn(kind: AnyKind, request: Received): ProviderDialectName {
  switch (kind) {
    case 'openai':
      return request.path.endsWith('/responses') ? 'responses' : 'chat'
    case 'openai-compatible':
      return 'chat'
    case 'anthropic':
      return 'messages'
    case 'gemini':
    case 'ollama':
      return kind
  }
}

/** True when a provider of any kind was asked for a stream. */
export function isStreamed(request: Received): boolean {
  return request.json['stream'] === true || request.path.includes(':streamGenerateContent')
}

const NDJSON = { 'content-type': 'application/x-ndjson' }

/** A provider's whole answer to the request. Gemini and Ollama give calls no ids, as their older models do. */
export function replyAs(kind: AnyKind, request: Received, reply: GridReply): Reply {
  const wire = wireOf(askedIn(kind, request), reply)
  if (!isStreamed(request)) return { json: wire.whole }
  return { chunks: wire.stream, ...(kind === 'ollama' && { headers: NDJSON }) }
}

/** An answer in a dialect, whole and as the pieces of a stream. */
export function wireOf(dialect: ProviderDialectName, reply: GridReply): { whole: unknown; stream: string[] } {
  const { finish, usage, proof, calls, ...said } = reply
  const spoken = { model: 'm', ...said }
  switch (dialect) {
    case 'chat': {
      const full = {
        ...spoken,
        ...(calls && { toolCalls: [...calls] }),
        ...(finish && { finish: finish === 'length' ? 'length' : 'content_filter' }),
        ...(usage && { usage }),
      }
      return { whole: chatCompletion(full), stream: chatStream(full) }
    }
    case 'responses': {
      const full = {
        ...spoken,
        ...(proof !== undefined && { encrypted: proof }),
        ...(calls && { toolCalls: [...calls] }),
        ...(finish && {
          incomplete: finish === 'length' ? ('max_output_tokens' as const) : ('content_filter' as const),
        }),
        ...(usage && { usage }),
      }
      return { whole: responsesAnswer(full), stream: responsesStream(full) }
    }
    case 'messages': {
      const full = {
        ...spoken,
        ...(proof !== undefined && { signature: proof }),
        ...(calls && { toolCalls: calls.map(({ id, name, arguments: input }) => ({ id, name, input })) }),
        ...(finish && { stop: finish === 'length' ? 'max_tokens' : 'refusal' }),
        ...(usage && {
          usage: {
            input_tokens: usage.input - usage.cached,
            cache_creation_input_tokens: 0,
            cache_read_input_tokens: usage.cached,
            output_tokens: usage.output,
            output_tokens_details: { thinking_tokens: usage.reasoning },
          },
        }),
      }
      return { whole: message(full), stream: messageStream(full) }
    }
    case 'gemini': {
      const full = {
        ...spoken,
        ...(calls && {
          calls: calls.map(({ name, arguments: args }, n) => ({
            name,
            args,
            ...(n === 0 && proof !== undefined && { signature: proof }),
          })),
        }),
        ...(finish && { finish: finish === 'length' ? 'MAX_TOKENS' : 'SAFETY' }),
        ...(usage && {
          usage: {
            promptTokenCount: usage.input,
            cachedContentTokenCount: usage.cached,
            candidatesTokenCount: usage.output - usage.reasoning,
            thoughtsTokenCount: usage.reasoning,
            totalTokenCount: usage.input + usage.output,
          },
        }),
      }
      return { whole: generated(full), stream: generatedStream(full) }
    }
    case 'ollama': {
      const full = {
        ...spoken,
        ...(calls && { toolCalls: calls.map(({ name, arguments: args }) => ({ name, arguments: args })) }),
        ...(finish && { doneReason: finish === 'length' ? 'length' : 'stop' }),
        ...(usage && { usage: { input: usage.input, output: usage.output } }),
      }
      return { whole: ollamaMessage(full), stream: ollamaStream(full) }
    }
  }
}

/** A profile with these providers, asked in this order; each has one model `m` that can do everything. */
export function gridYaml(providers: readonly { name: string; kind: AnyKind; url: string; extra?: string }[]): string {
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  const entries = providers.map(({ name, kind, url, extra = '' }) => {
    const base = kind.startsWith('openai') ? `${url}/v1` : url
    const key = kind === 'ollama' ? '' : ', key: env:TEST_KEY'
    return `  ${name}: { kind: ${kind}, base_url: "${base}"${key}, local: false${extra}, models: { m: { ${facts} } } }`
  })
  const prefer = providers.map(({ name }) => `${name}/m`).join(', ')
  return [
    'version: 1',
    'providers:',
    ...entries,
    'policies:',
    `  auto: { rules: [ { name: all, when: {}, prefer: [${prefer}] } ] }`,
  ].join('\n')
}

/** Environment for the profile. */
export const GRID_ENV: Record<string, string> = { TEST_KEY: 'upstream-key' }
