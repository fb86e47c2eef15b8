// Requests that say nothing: Ollama loads the model, or unloads it, and answers at once. A router has nothing to load.
// Source: ollama/ollama, server/routes.go (ChatHandler, GenerateHandler).
import type { JsonOutline } from '../../lib/json-outline.ts'
import { asText } from '../shared/values.ts'
import type { AnswerShape } from './answer-encoder.ts'
import { chatShape } from './encode-response.ts'

/**
 * Answer to a request of POST /api/chat without messages; undefined when it has some, or is none of this dialect.
 * To be sent as it is, as one JSON document with status 200, stream or not. `created` is Unix time in seconds.
 */
export function loadReply(outline: JsonOutline, created: number): Record<string, unknown> | undefined {
  const messages = outline.value('messages') ?? []
  return Array.isArray(messages) && messages.length === 0 ? encodeLoad(chatShape, outline, created) : undefined
}

/** The answer to a request that says nothing, in the shape of its endpoint. */
export function encodeLoad(shape: AnswerShape, outline: JsonOutline, created: number): Record<string, unknown> {
  return {
    model: asText(outline.value('model')) ?? '',
    created_at: new Date(created * 1000).toISOString(),
    ...shape({ text: '', thinking: '', calls: [] }),
    done: true,
    done_reason: isZero(outline.value('keep_alive')) ? 'unload' : 'load',
  }
}

/** A duration of nothing: a number of seconds, or text with a unit such as `0s`. */
function isZero(keepAlive: unknown): boolean {
  return keepAlive === 0 || (typeof keepAlive === 'string' && /^0+(?:\.0*)?(?:ns|us|µs|ms|s|m|h)?$/.test(keepAlive))
}
