// One answer in the words of any provider kind, streamed or not as the request asks.
import { message, messageStream } from './anthropic-replies.ts'
import { ollamaMessage, ollamaStream } from './ollama-replies.ts'
import { chatCompletion, chatStream } from './openai-chat-replies.ts'
import type { Received, Reply } from './upstream.ts'

export const PROVIDER_KINDS = ['openai-compatible', 'anthropic', 'ollama'] as const
export type FakeKind = (typeof PROVIDER_KINDS)[number]

export interface FakeAnswer {
  text?: string
  thinking?: string
  toolCalls?: { id: string; name: string; arguments: Record<string, unknown> }[]
}

/** The reply of a provider of this kind to this request. */
export function answerAs(kind: FakeKind, request: Received, answer: FakeAnswer): Reply {
  const model = String(request.json['model'])
  const isStream = request.json['stream'] === true
  switch (kind) {
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
export function providerYaml(name: string, kind: FakeKind, url: string, extra: string = ''): string {
  const base = kind === 'openai-compatible' ? `${url}/v1` : url
  const key = kind === 'ollama' ? '' : ', key: env:TEST_KEY'
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  return `  ${name}: { kind: ${kind}, base_url: "${base}"${key}${extra}, models: { m: { ${facts} } } }\n`
}
