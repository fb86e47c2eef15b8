// What the requests of /api/chat and /api/generate have in common. Source: ollama/ollama, api/types.go.
import type { ChatRequest, OutputFormat, ThinkingRequest } from '../../chat/request.ts'
import { isEffort } from '../shared/effort.ts'
import { decodeStop, put } from '../shared/request-fields.ts'
import { asNumber, asPositive, asRecord, asText } from '../shared/values.ts'

type Fields = Record<string, unknown>

/** `stream` is true unless it says otherwise. */
export function readStream(stream: unknown): boolean {
  return stream !== false
}

/** Output limit in tokens. Ollama's -1 (no limit) and -2 (fill the context) are none. */
export function readMaxTokens(options: unknown): number | undefined {
  return asPositive(asRecord(options)?.['num_predict'])
}

/** `format` is "json" or a JSON Schema; everything else, '' included, asks for nothing. */
export function decodeFormat(format: unknown): OutputFormat | undefined {
  if (format === 'json') return { type: 'json' }
  const schema = asRecord(format)
  return schema === undefined ? undefined : { type: 'json_schema', schema }
}

/** `think` is true, false or a level; unknown levels just ask for reasoning. */
export function decodeThink(think: unknown): ThinkingRequest | undefined {
  if (typeof think === 'boolean') return { mode: think ? 'on' : 'off' }
  const level = asText(think)
  if (level === undefined) return undefined
  if (level === 'none') return { mode: 'off' }
  return { mode: 'on', ...(isEffort(level) && { effort: level }) }
}

/**
 * The settings of a request. What belongs to a local server (num_ctx, keep_alive, truncate, shift, …) has no canonical
 * form and is left out.
 */
export function decodeSettings(body: Fields): Partial<ChatRequest> {
  const options = asRecord(body['options']) ?? {}
  const settings: Partial<ChatRequest> = {}
  put(settings, 'maxTokens', readMaxTokens(options))
  put(settings, 'temperature', asNumber(options['temperature']))
  put(settings, 'topP', asNumber(options['top_p']))
  put(settings, 'topK', asNumber(options['top_k']))
  put(settings, 'stop', decodeStop(options['stop']))
  put(settings, 'seed', asNumber(options['seed']))
  put(settings, 'presencePenalty', asNumber(options['presence_penalty']))
  put(settings, 'frequencyPenalty', asNumber(options['frequency_penalty']))
  put(settings, 'output', decodeFormat(body['format']))
  put(settings, 'thinking', decodeThink(body['think']))
  return settings
}
