// One answer in the words of any provider kind, streamed or not as the request asks.
import { message, messageStream } from './anthropic-replies.ts'
import { generated, generatedStream } from './gemini-replies.ts'
import { ollamaMessage, ollamaStream } from './ollama-replies.ts'
import { chatCompletion, chatStream } from './openai-chat-replies.ts'
import { responsesAnswer, responsesStream } from './openai-responses-replies.ts'
import type { Received, Reply } from './upstream.ts'

export const PROVIDER_KINDS = ['openai-compatible', 'anthropic', 'ollama'] as const
/** With those that name their model elsewhere or speak two dialects. */
export const ALL_KINDS = ['openai-compatible', 'openai', 'anthropic', 'gemini', 'ollama'] as const
export type FakeKind = (typeof PROVIDER_KINDS)[number]
export type AnyKind = (typeof ALL_KINDS)[number]

export interface FakeAnswer {
  text?: string
  thinking?: string
  toolCalls?: { id: string; name: string; arguments: Record<string, unknown> }[]
}

/** The reply of a provider of this kind to this request. */
export function answerAs(kind: AnyKind, request: Received, answer: FakeAnswer): Reply {
  const model = String(request.json['model'])
  const isStream = request.json['stream'] === true
  switch (kind) {
    case 'openai': {
      if (request.path.endsWith('/chat/completions')) return answerAs('openai-compatible', request, answer)
      const reply = { model, ...answer }
      return isStream ? { chunks: responsesStream(reply) } : { json: responsesAnswer(reply) }
    }
    case 'gemini': {
      const { toolCalls, ...rest } = answer
      const calls = toolCalls?.map(({ id, name, arguments: args }) => ({ id, name, args }))
      const reply = { model: 'm', ...rest, ...(calls !== undefined && { calls }) }
      const isGeminiStream = request.path.includes(':streamGenerateContent')
      return isGeminiStream ? { chunks: generatedStream(reply) } : { json: generated(reply) }
    }
    case 'openai-compatible': {
      const reply = { model, ...answer }
      return isStream ? { chunks: chatStream(reply) } : { json: chatCompletion(reply) }
    }
    case 'anthropic': {
      const { toolCalls, ...rest } = answer
      const calls = toolCalls?.map(({ id, name, arguments: input }) => ({ id, name, input }))
      const reply = { model, ...rest, ...(calls !== undefined && { toolCalls: calls }) }
      return isStream ? { chunks: messageStream(reply) } : { json: message(reply) }
    }
    case 'ollama': {
      const reply = { model, ...answer }
      const headers = { 'content-type': 'application/x-ndjson' }
      return isStream ? { chunks: ollamaStream(reply), headers } : { json: ollamaMessage(reply) }
    }
  }
}

/** A provider entry of a profile for a fake at `url`, with one model `m` that can do everything. */
export function providerYaml(name: string, kind: AnyKind, url: string, extra: string = ''): string {
  const base = kind.startsWith('openai') ? `${url}/v1` : url
  const key = kind === 'ollama' ? '' : ', key: env:TEST_KEY'
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  return `  ${name}: { kind: ${kind}, base_url: "${base}"${key}${extra}, models: { m: { ${facts} } } }\n`
}
