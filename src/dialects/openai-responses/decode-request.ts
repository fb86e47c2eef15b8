import type { ChatRequest, Message, Tool } from '../../chat/request.ts'
import { decodeThinking } from '../shared/openai-thinking.ts'
import { checkModel, put } from '../shared/request-fields.ts'
import { type JsonRecord, asArray, asBoolean, asNumber, asPositive, asRecord, asText } from '../shared/values.ts'
import { BadRequest } from '../types.ts'
import { decodeItems, itemsOf } from './decode-input.ts'
import { decodeOutput, decodeToolChoice, decodeTools } from './decode-tools.ts'
import { itemKind } from './item-kind.ts'

/**
 * Decodes a Responses body. Fields, items and part types that have no canonical form are left out; `store` is ignored.
 * Throws `BadRequest` for wrong shapes, and for what only a server that keeps responses could answer.
 */
export function decodeRequest(body: Record<string, unknown>): ChatRequest {
  refuseState(body)
  const items = itemsOf(body['input'])
  const request: ChatRequest = {
    model: checkModel(body['model']),
    messages: [...instructionsOf(body['instructions']), ...decodeItems(items)],
    tools: decodeTools([...(asArray(body['tools']) ?? []), ...additionalTools(items)]),
    stream: body['stream'] === true,
  }
  if (request.tools.length > 0) {
    const decoded = decodeToolChoice(body['tool_choice'])
    if (decoded?.allowed !== undefined) request.tools = onlyAllowed(request.tools, decoded.allowed)
    put(request, 'toolChoice', decoded?.choice)
    put(request, 'parallelTools', asBoolean(body['parallel_tool_calls']))
  }
  put(request, 'maxTokens', asPositive(body['max_output_tokens']))
  put(request, 'temperature', asNumber(body['temperature']))
  put(request, 'topP', asNumber(body['top_p']))
  put(request, 'output', decodeOutput(body['text']))
  put(
    request,
    'thinking',
    decodeThinking((name) => body[name]),
  )
  put(request, 'user', asText(body['user']) ?? asText(body['safety_identifier']))
  return request
}

/** Fields that point at something which the provider stored. */
const STATE = ['previous_response_id', 'conversation', 'prompt']

function refuseState(body: JsonRecord): void {
  for (const name of STATE) {
    if (asText(body[name]) === undefined && asRecord(body[name]) === undefined) continue
    throw new BadRequest(
      `${name} is not supported: the router keeps no responses, so send the whole conversation as input`,
      name,
    )
  }
  if (body['background'] === true) {
    throw new BadRequest('background is not supported: the router keeps no responses to fetch later', 'background')
  }
}

function instructionsOf(instructions: unknown): Message[] {
  const text = asText(instructions)
  return text === undefined ? [] : [{ role: 'system', content: [{ type: 'text', text }] }]
}

/** Tools that Codex adds in the middle of the conversation. */
function additionalTools(items: readonly JsonRecord[]): unknown[] {
  return items.flatMap((item) =>
    itemKind(item['type'], item['role']) === 'tools' ? (asArray(item['tools']) ?? []) : [],
  )
}

/** The tools that may be called; all of them when none of the names is known. */
function onlyAllowed(tools: Tool[], allowed: ReadonlySet<string>): Tool[] {
  const kept = tools.filter(({ name }) => allowed.has(name))
  return kept.length === 0 ? tools : kept
}
