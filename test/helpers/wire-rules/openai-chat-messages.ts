// The conversation of OpenAI Chat Completions.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { checkName } from './openai-functions.ts'
import { arrayAt, type Violations } from './violations.ts'

/** Kinds of parts that the content of a role may have. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  system: ['text'],
  developer: ['text'],
  user: ['text', 'image_url', 'input_audio', 'file'],
  assistant: ['text', 'refusal'],
  tool: ['text'],
}
/** "Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40". */
const MAX_ID = 40

/**
 * Roles, content and the order of calls and results. Members of messages that nobody knows pass: current models look over
 * them (https://github.com/microsoft/agent-framework/issues/2203).
 */
export function checkChatMessages(messages: readonly Json[], found: Violations): void {
  let open: string[] = []
  for (const [n, message] of messages.entries()) {
    const path = `messages[${n}]`
    const role = textAt(message, 'role')
    if (!found.need(PARTS[role] !== undefined, `${path}.role`, `unknown role ${role}`)) continue
    if (role === 'tool') {
      const id = textAt(message, 'tool_call_id')
      if (found.need(open.includes(id), path, `role "tool" must be a response to a preceding call, not ${id}`)) {
        open = open.filter((each) => each !== id)
      }
    } else if (open.length > 0) {
      found.add(path, `tool_call_ids did not have response messages: ${open.join(', ')}`)
      open = []
    }
    checkContent(message, PARTS[role] ?? [], path, found)
    if (role === 'assistant') open = checkCalls(message, path, found)
  }
  found.need(open.length === 0, 'messages', `tool_call_ids did not have response messages: ${open.join(', ')}`)
}

function checkContent(message: Json, parts: readonly string[], path: string, found: Violations): void {
  const content = message['content']
  const isCall = arrayAt(message, 'tool_calls') !== undefined || message['function_call'] !== undefined
  if (typeof content === 'string') return
  if (content === undefined || content === null) {
    const isSaid = isCall || message['refusal'] !== undefined || message['audio'] !== undefined
    found.need(message['role'] === 'assistant' && isSaid, `${path}.content`, 'must be a string')
    return
  }
  const given = arrayAt(message, 'content') ?? []
  found.need(given.length > 0, `${path}.content`, 'empty array')
  for (const [n, part] of given.entries()) checkPart(part, parts, `${path}.content[${n}]`, found)
}

function checkPart(part: unknown, known: readonly string[], path: string, found: Violations): void {
  const type = textAt(part, 'type')
  if (!found.need(known.includes(type), `${path}.type`, `invalid value ${type}`)) return
  if (type === 'text') found.need(typeof at(part, 'text') === 'string', `${path}.text`, 'must be a string')
  if (type === 'image_url') {
    const url = textAt(part, 'image_url', 'url')
    found.need(/^(?:https?:\/\/|data:image\/[a-z+.-]+;base64,)/.test(url), `${path}.image_url.url`, 'is no image URL')
  }
  if (type === 'file' && at(part, 'file', 'file_id') === undefined) {
    const isWhole = textAt(part, 'file', 'file_data') !== '' && textAt(part, 'file', 'filename') !== ''
    found.need(isWhole, `${path}.file`, 'file_data and filename are required')
  }
}

function checkCalls(message: Json, path: string, found: Violations): string[] {
  if (message['tool_calls'] === undefined) return []
  const calls = list(message, 'tool_calls')
  found.need(calls.length > 0, `${path}.tool_calls`, 'empty array')
  return calls.map((call, n) => {
    const where = `${path}.tool_calls[${n}]`
    const id = textAt(call, 'id')
    found.need(id !== '' && id.length <= MAX_ID, `${where}.id`, `must have 1 to ${MAX_ID} characters, has ${id.length}`)
    if (call['type'] === 'custom') return id
    found.need(call['type'] === 'function', `${where}.type`, 'must be "function"')
    checkName(at(call, 'function', 'name'), `${where}.function.name`, found)
    const isText = typeof at(call, 'function', 'arguments') === 'string'
    found.need(isText, `${where}.function.arguments`, 'must be a string')
    return id
  })
}
