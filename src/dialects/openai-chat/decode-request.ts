import type { ChatRequest } from '../../chat/request.ts'
import { BadRequest } from '../types.ts'
import { decodeMessages } from './decode-messages.ts'
import { decodeOutput, decodeToolChoice, decodeTools } from './decode-tools.ts'
import { decodeThinking } from './thinking.ts'
import { asArray, asBoolean, asNumber, asRecord, asText } from './values.ts'

/**
 * Decodes a Chat Completions body. Fields and part types that have no canonical form are left out. Throws `BadRequest`
 * when `model` is not a string, or `messages` is not an array of messages.
 */
export function decodeRequest(body: Record<string, unknown>): ChatRequest {
  const model = checkModel(body['model'])
  const messages = asArray(body['messages'])
  if (messages === undefined || messages.length === 0) {
    throw new BadRequest('messages must be an array with at least one message', 'messages')
  }
  const tools = decodeTools(body['tools'], body['functions'])
  const request: ChatRequest = {
    model,
    messages: decodeMessages(messages),
    tools,
    stream: body['stream'] === true,
  }
  const { include_usage: includeUsage } = asRecord(body['stream_options']) ?? {}
  if (request.stream && includeUsage === true) request.includeUsage = true
  if (tools.length > 0) {
    put(request, 'toolChoice', decodeToolChoice(body['tool_choice'], body['function_call']))
    put(request, 'parallelTools', asBoolean(body['parallel_tool_calls']))
  }
  put(
    request,
    'maxTokens',
    readMaxTokens((name) => body[name]),
  )
  put(request, 'temperature', asNumber(body['temperature']))
  put(request, 'topP', asNumber(body['top_p']))
  put(request, 'topK', asNumber(body['top_k']))
  put(request, 'stop', decodeStop(body['stop']))
  put(request, 'seed', asNumber(body['seed']))
  put(request, 'presencePenalty', asNumber(body['presence_penalty']))
  put(request, 'frequencyPenalty', asNumber(body['frequency_penalty']))
  put(request, 'output', decodeOutput(body['response_format']))
  put(
    request,
    'thinking',
    decodeThinking((name) => body[name]),
  )
  put(request, 'user', asText(body['user']))
  return request
}

/** Model name of a request; '' when it is absent. Throws `BadRequest` for other types. */
export function checkModel(model: unknown): string {
  if (model === undefined) return ''
  if (typeof model !== 'string') throw new BadRequest('model must be a string', 'model')
  return model
}

/** Output limit in tokens: `max_completion_tokens`, else the older `max_tokens`; undefined when unset. */
export function readMaxTokens(field: (name: string) => unknown): number | undefined {
  const limit = asNumber(field('max_completion_tokens')) ?? asNumber(field('max_tokens'))
  return limit !== undefined && limit > 0 ? limit : undefined
}

function decodeStop(stop: unknown): string[] | undefined {
  const sequences = (asArray(stop) ?? [stop]).flatMap((sequence) => asText(sequence) ?? [])
  return sequences.length === 0 ? undefined : sequences
}

function put<K extends keyof ChatRequest>(request: ChatRequest, key: K, value: ChatRequest[K] | undefined): void {
  if (value !== undefined) request[key] = value
}
