import type { ChatRequest, Message, OutputFormat, ThinkingRequest, Tool, ToolChoice } from '../../chat/request.ts'
import { isRecord } from '../../lib/is-record.ts'
import { isEffort } from '../shared/effort.ts'
import { type JsonRecord, asNumber, asPositive, recordsIn, toRecord, toText } from '../shared/values.ts'
import { unsaidOf } from '../shared/unsaid.ts'
import { BadRequest } from '../types.ts'
import { decodeAssistantContent, decodeText, decodeUserContent } from './decode-content.ts'
import { isBillingHeader } from './system-prompt.ts'

/**
 * Decodes a parsed Messages body. Fields and blocks that nothing else understands are dropped.
 * Throws `BadRequest` when the model, the messages or a message's content have the wrong shape.
 */
export function decodeRequest(body: JsonRecord): ChatRequest {
  const model = body['model'] === undefined ? '' : body['model']
  if (typeof model !== 'string') throw new BadRequest('model: expected a string', 'model')
  const maxTokens = asPositive(body['max_tokens'])
  const temperature = asNumber(body['temperature'])
  const topP = asNumber(body['top_p'])
  const topK = asNumber(body['top_k'])
  const stop = decodeStop(body['stop_sequences'])
  const output = decodeOutput(body)
  const thinking = decodeThinking(body)
  const user = toText(toRecord(body['metadata'])['user_id'])
  return {
    model,
    messages: [...decodeSystem(body['system']), ...decodeMessages(body['messages'])],
    tools: recordsIn(body['tools']).map(decodeTool),
    ...decodeToolChoice(toRecord(body['tool_choice'])),
    stream: body['stream'] === true,
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    ...(stop.length > 0 && { stop }),
    ...(output !== undefined && { output }),
    ...(thinking !== undefined && { thinking }),
    ...(user !== '' && { user }),
  }
}

function decodeSystem(system: unknown): Message[] {
  const content = decodeText(system, 'system').filter((part) => !isBillingHeader(part.text))
  return content.length === 0 ? [] : [{ role: 'system', content }]
}

function decodeMessages(messages: unknown): Message[] {
  if (!Array.isArray(messages)) throw new BadRequest('messages: expected a list', 'messages')
  if (messages.length === 0) throw new BadRequest('messages: at least one message is required', 'messages')
  return messages.flatMap((message: unknown, at) => decodeMessage(message, `messages.${at}`))
}

/** A wire turn becomes several messages when it carries tool results; one without content becomes none. */
function decodeMessage(message: unknown, param: string): Message[] {
  if (!isRecord(message)) throw new BadRequest(`${param}: expected an object`, param)
  const content = message['content']
  switch (message['role']) {
    case 'user': {
      const { results, parts } = decodeUserContent(content, `${param}.content`)
      if (parts.length > 0) return [...results, { role: 'user', content: parts }]
      const { unsaid } = unsaidOf(content, `${param}.content`)
      return unsaid === undefined || results.length > 0 ? results : [{ role: 'user', content: [], unsaid }]
    }
    case 'assistant': {
      const parts = decodeAssistantContent(content, `${param}.content`)
      return parts.length === 0 ? [] : [{ role: 'assistant', content: parts }]
    }
    case 'system': {
      const parts = decodeText(content, `${param}.content`)
      return parts.length === 0 ? [] : [{ role: 'system', content: parts }]
    }
    default:
      throw new BadRequest(`${param}.role: expected user, assistant or system`, `${param}.role`)
  }
}

/** Tools of the client have no type or `custom`; every other type names a tool that runs on the vendor's servers. */
function decodeTool(tool: JsonRecord): Tool {
  const type = toText(tool['type'])
  const name = toText(tool['name'])
  if (type !== '' && type !== 'custom') {
    return { type: 'native', dialect: 'anthropic-messages', name: name === '' ? type : name, raw: tool }
  }
  const { description, input_schema: schema, strict } = tool
  return {
    type: 'function',
    name,
    ...(typeof description === 'string' && { description }),
    ...(isRecord(schema) && { schema }),
    ...(typeof strict === 'boolean' && { strict }),
  }
}

function decodeToolChoice(choice: JsonRecord): Pick<ChatRequest, 'toolChoice' | 'parallelTools'> {
  const toolChoice = toToolChoice(choice)
  return {
    ...(toolChoice !== undefined && { toolChoice }),
    ...(choice['disable_parallel_tool_use'] === true && { parallelTools: false }),
  }
}

function toToolChoice(choice: JsonRecord): ToolChoice | undefined {
  switch (choice['type']) {
    case 'auto':
      return { type: 'auto' }
    case 'none':
      return { type: 'none' }
    case 'any':
      return { type: 'required' }
    case 'tool':
      return { type: 'tool', name: toText(choice['name']) }
    default:
      return undefined
  }
}

function decodeStop(stop: unknown): string[] {
  return Array.isArray(stop) ? stop.filter((item) => typeof item === 'string') : []
}

/** `output_config.format`, or `output_format` of the earlier beta. */
function decodeOutput(body: JsonRecord): OutputFormat | undefined {
  for (const format of [toRecord(toRecord(body['output_config'])['format']), toRecord(body['output_format'])]) {
    if (format['type'] === 'json_schema' && isRecord(format['schema'])) {
      return { type: 'json_schema', schema: format['schema'] }
    }
  }
  return undefined
}

function decodeThinking(body: JsonRecord): ThinkingRequest | undefined {
  const mode = toMode(toRecord(body['thinking'])['type'])
  const effort = toRecord(body['output_config'])['effort']
  const budgetTokens = asPositive(toRecord(body['thinking'])['budget_tokens'])
  const known = isEffort(effort)
  if (mode === undefined && !known) return undefined
  return {
    // Effort alone leaves the choice to the model.
    mode: mode ?? 'auto',
    ...(known && { effort }),
    ...(mode === 'on' && budgetTokens !== undefined && { budgetTokens }),
  }
}

function toMode(type: unknown): ThinkingRequest['mode'] | undefined {
  if (type === 'enabled') return 'on'
  if (type === 'adaptive' || type === 'between_tools') return 'auto'
  return type === 'disabled' ? 'off' : undefined
}
