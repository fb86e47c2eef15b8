import type { ChatRequest } from '../../chat/request.ts'
import { decodeThinking } from '../shared/openai-thinking.ts'
import { decodeToolChoice, decodeTools } from '../shared/openai-tools.ts'
import { checkModel, decodeStop, put } from '../shared/request-fields.ts'
import { asArray, asBoolean, asNumber, asPositive, asRecord, asText } from '../shared/values.ts'
import { BadRequest } from '../types.ts'
import { decodeMessages } from './decode-messages.ts'
import { decodeOutput } from './decode-output.ts'

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

/** Output limit in tokens: `max_completion_tokens`, else the older `max_tokens`; undefined when unset. */
export function readMaxTokens(field: (name: string) => unknown): number | undefined {
  return asPositive(asNumber(field('max_completion_tokens')) ?? field('max_tokens'))
}
