import type { ChatRequest, Tool } from '../../chat/request.ts'
import { decodeToolChoice, decodeTools } from '../shared/openai-tools.ts'
import { checkModel } from '../shared/request-fields.ts'
import { asArray } from '../shared/values.ts'
import { BadRequest } from '../types.ts'
import { decodeSettings, readStream } from './decode-fields.ts'
import { decodeMessages } from './decode-messages.ts'

/**
 * Decodes the body of POST /api/chat. A request without messages only loads the model and has none here, either: see
 * `readLoad`. Throws `BadRequest` when `model` is not a string, or `messages` is not an array of messages.
 */
export function decodeRequest(body: Record<string, unknown>): ChatRequest {
  const tools = decodeOffered(body['tools'])
  // Not in Ollama's API, but Cline sends it.
  const toolChoice = tools.length === 0 ? undefined : decodeToolChoice(body['tool_choice'])
  return {
    model: checkModel(body['model']),
    messages: decodeMessages(checkMessages(body['messages'])),
    tools,
    ...(toolChoice !== undefined && { toolChoice }),
    stream: readStream(body['stream']),
    ...decodeSettings(body),
  }
}

/** The list of messages; absent and null are an empty one. */
function checkMessages(messages: unknown): unknown[] {
  const list = asArray(messages ?? [])
  if (list === undefined) throw new BadRequest('messages must be an array', 'messages')
  return list
}

/** Tools have the shape of OpenAI Chat. */
function decodeOffered(tools: unknown): Tool[] {
  return decodeTools(tools, undefined).map((tool) =>
    tool.type === 'native' ? { ...tool, dialect: 'ollama-chat' } : tool,
  )
}
