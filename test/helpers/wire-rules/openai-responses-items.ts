// The items of OpenAI Responses.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { checkName } from './openai-functions.ts'
import { arrayAt, type Violations, wordOf } from './violations.ts'

/** Beginnings of ids by type ("Expected an ID that begins with 'fc'"). */
const PREFIXES: Readonly<Record<string, string>> = {
  message: 'msg',
  function_call: 'fc',
  function_call_output: 'fc',
  reasoning: 'rs',
  custom_tool_call: 'ctc',
}
/** What Codex adds to every item for OpenAI. */
const OWN = 'internal_chat_message_metadata_passthrough'
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  message: ['type', 'id', 'role', 'content', 'status', 'phase', OWN],
  function_call: ['type', 'id', 'call_id', 'name', 'arguments', 'status', 'namespace', 'caller', OWN],
  function_call_output: ['type', 'id', 'call_id', 'output', 'status', 'caller', OWN],
  custom_tool_call: ['type', 'id', 'call_id', 'name', 'input', 'status', 'namespace', 'caller', OWN],
  custom_tool_call_output: ['type', 'id', 'call_id', 'output', 'status', 'caller', OWN],
  reasoning: ['type', 'id', 'summary', 'content', 'encrypted_content', 'status', OWN],
}
/** "Invalid 'input[2].call_id': string too long. Expected a string with maximum length 64". */
const MAX_ID = 64

/** Items, their ids and content, calls with their outputs. `isStateless`: the request has `store: false`. */
export function checkItems(items: readonly Json[], isStateless: boolean, found: Violations): void {
  const calls = new Set<string>()
  const open = new Set<string>()
  for (const [n, item] of items.entries()) {
    const path = `input[${n}]`
    const type = textAt(item, 'type') || (item['role'] === undefined ? '' : 'message')
    if (!found.need(type !== '', path, 'is no item')) continue
    // "Unknown parameter: 'input[1].metadata'." (https://github.com/microsoft/agent-framework/issues/2203)
    if (MEMBERS[type] !== undefined) found.known(item, path, MEMBERS[type])
    checkId(item, type, path, found)
    if (type === 'message') checkMessage(item, path, found)
    if (type === 'reasoning') checkReasoning(item, items[n + 1], isStateless, path, found)
    const id = textAt(item, 'call_id')
    if (type === 'function_call' || type === 'custom_tool_call') {
      checkCall(item, type, path, found)
      found.need(!calls.has(id), `${path}.call_id`, `duplicate ${id}`)
      calls.add(id)
      open.add(id)
    }
    if (type === 'function_call_output' || type === 'custom_tool_call_output') {
      found.need(calls.has(id), path, `no tool call found for output with call_id ${id}`)
      open.delete(id)
      checkOutput(item, path, found)
    }
  }
  found.need(open.size === 0, 'input', `no tool output found for function call ${[...open].join(', ')}`)
}

function checkId(item: Json, type: string, path: string, found: Violations): void {
  const id = item['id']
  const prefix = PREFIXES[type]
  if (id === undefined || id === null || prefix === undefined) return
  const isFit = typeof id === 'string' && id.startsWith(prefix) && id.length <= MAX_ID
  found.need(isFit, `${path}.id`, `${wordOf(id)}: expected an ID that begins with '${prefix}'`)
}

/** Texts of the user are `input_text`, those of the model `output_text`: the one is refused in place of the other. */
function checkMessage(item: Json, path: string, found: Violations): void {
  const role = textAt(item, 'role')
  if (!found.need(['user', 'assistant', 'system', 'developer'].includes(role), `${path}.role`, `unknown ${role}`))
    return
  if (typeof item['content'] === 'string') return
  const known = role === 'assistant' ? ['output_text', 'refusal'] : ['input_text', 'input_image', 'input_file']
  const parts = arrayAt(item, 'content')
  found.need((parts?.length ?? 0) > 0, `${path}.content`, 'must be text or a list with an entry')
  parts?.forEach((part, n) => checkPart(part, known, `${path}.content[${n}]`, found))
}

function checkPart(part: unknown, known: readonly string[], path: string, found: Violations): void {
  const type = textAt(part, 'type')
  if (!found.need(known.includes(type), path, `invalid value ${type}, supported are ${known.join(', ')}`)) return
  if (type.endsWith('_text')) found.need(typeof at(part, 'text') === 'string', `${path}.text`, 'must be a string')
  if (type === 'input_image') {
    const url = textAt(part, 'image_url') || textAt(part, 'file_id')
    found.need(/^(?:https?:\/\/|data:image\/[a-z+.-]+;base64,|file-)/.test(url), `${path}.image_url`, 'is no image URL')
  }
}

/** "Item 'rs_…' of type 'reasoning' was provided without its required following item." */
function checkReasoning(
  item: Json,
  next: Json | undefined,
  isStateless: boolean,
  path: string,
  found: Violations,
): void {
  found.need(arrayAt(item, 'summary') !== undefined, `${path}.summary`, 'is required')
  for (const [n, part] of list(item, 'summary').entries()) {
    found.need(part['type'] === 'summary_text', `${path}.summary[${n}].type`, 'must be summary_text')
  }
  // "Items are not persisted when `store` is set to false."
  const hasPayload = textAt(item, 'encrypted_content') !== ''
  if (isStateless) found.need(hasPayload, path, 'item not found: nothing is stored, and it has no encrypted_content')
  const isFollowed =
    next !== undefined && (next['role'] === 'assistant' || /call$|^reasoning$/.test(textAt(next, 'type')))
  found.need(isFollowed, path, 'reasoning without its required following item')
}

function checkCall(item: Json, type: string, path: string, found: Violations): void {
  checkName(item['name'], `${path}.name`, found)
  const id = textAt(item, 'call_id')
  found.need(id !== '' && id.length <= MAX_ID, `${path}.call_id`, `must have 1 to ${MAX_ID} characters`)
  const field = type === 'function_call' ? 'arguments' : 'input'
  found.need(typeof item[field] === 'string', `${path}.${field}`, 'must be a string')
}

function checkOutput(item: Json, path: string, found: Violations): void {
  if (typeof item['output'] === 'string') return
  const known = ['input_text', 'input_image', 'input_file']
  const parts = arrayAt(item, 'output')
  if (!found.need(parts !== undefined, `${path}.output`, 'must be text or a list')) return
  parts?.forEach((part, n) => checkPart(part, known, `${path}.output[${n}]`, found))
}
