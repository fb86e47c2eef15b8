import type { ChatRequest, OutputFormat } from '../../chat/request.ts'
import type { EncodedRequest, EncodeTarget } from '../types.ts'
import { contextSize } from './context-size.ts'
import { encodeMessages } from './encode-messages.ts'
import { encodeTools } from './encode-tools.ts'
import { isCloudModel } from './model-name.ts'
import { encodeThink } from './think.ts'

type Fields = Record<string, unknown>

/** Fields without which there is no request; quirks cannot drop them. */
const NEEDED = new Set(['model', 'messages', 'stream'])

/**
 * Body of POST /api/chat. `stream` is always written, since Ollama streams by default.
 * Source: ollama/ollama, api/types.go (ChatRequest, Options).
 */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): EncodedRequest {
  const dropped = new Set<string>()
  const think = target.thinking === false ? undefined : encodeThink(request.thinking, target.model)
  const tools = encodeTools(request, target.quirks.drop_schema_keywords ?? [], dropped)
  const options = encodeOptions(request, target)
  const body: Fields = {
    model: target.model,
    messages: encodeMessages(request.messages, dropped),
    stream: request.stream,
    ...(tools.length > 0 && { tools }),
    ...(think !== undefined && { think }),
    ...(request.output !== undefined && { format: encodeFormat(request.output) }),
    // A prompt that does not fit is to be an error, on which another model can be tried, not a silently shortened prompt.
    ...(!isCloudModel(target.model) && { truncate: false }),
    options,
  }
  for (const name of target.quirks.drop_parameters ?? []) {
    if (NEEDED.has(name)) continue
    for (const fields of [body, options]) {
      if (fields[name] === undefined) continue
      delete fields[name]
      dropped.add(name)
    }
  }
  if (Object.keys(options).length === 0) delete body['options']
  return { body, dropped: [...dropped] }
}

function encodeFormat(output: OutputFormat): unknown {
  return output.type === 'json' ? 'json' : output.schema
}

function encodeOptions(request: ChatRequest, target: EncodeTarget): Fields {
  const maxTokens = limit(request.maxTokens, target.output)
  const options: Fields = {
    temperature: request.temperature,
    top_p: request.topP,
    top_k: request.topK,
    seed: request.seed,
    stop: request.stop?.length === 0 ? undefined : request.stop,
    num_predict: maxTokens,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    // The cloud gives every request the whole window.
    num_ctx: isCloudModel(target.model)
      ? undefined
      : contextSize({ inputTokens: target.inputTokens, maxTokens, context: target.context }),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function limit(wanted: number | undefined, most: number | undefined): number | undefined {
  return wanted === undefined || most === undefined ? wanted : Math.min(wanted, most)
}
