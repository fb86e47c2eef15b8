// What Ollama's POST /api/chat answers 400 to. Go decodes the body: unknown fields pass, wrong types do not.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { eachSchema } from './json-schema.ts'
import { arrayAt, asObject, isBase64, Violations } from './violations.ts'

/** Options that are whole numbers ("option … must be of type integer"). */
const INTEGERS: readonly string[] = ['num_ctx', 'num_predict', 'num_keep', 'top_k', 'seed', 'repeat_last_n', 'num_gpu']
const NUMBERS: readonly string[] = [
  'temperature',
  'top_p',
  'min_p',
  'repeat_penalty',
  'presence_penalty',
  'frequency_penalty',
]

/** Violations of a body of POST /api/chat. Source: ollama/ollama, api/types.go and server/routes.go (ChatHandler). */
export function ollamaChatViolations(body: Json): string[] {
  const found = new Violations()
  found.need(textAt(body, 'model') !== '', 'model', 'is required')
  for (const [n, message] of list(body, 'messages').entries()) checkMessage(message, `messages[${n}]`, found)
  for (const [n, tool] of list(body, 'tools').entries()) checkTool(tool, `tools[${n}]`, found)
  checkThink(body['think'], found)
  const format = body['format']
  const isFormat = format === undefined || format === '' || format === 'json' || asObject(format) !== undefined
  found.need(isFormat, 'format', 'invalid format: expected "json" or a JSON schema')
  for (const name of ['stream', 'truncate', 'shift', 'logprobs']) {
    found.need(body[name] === undefined || typeof body[name] === 'boolean', name, 'must be a boolean')
  }
  checkOptions(body['options'], found)
  return found.list
}

/** A role that no template knows is not refused, but its message is lost: here that counts as a refusal. */
function checkMessage(message: Json, path: string, found: Violations): void {
  const role = textAt(message, 'role').toLowerCase()
  found.need(['system', 'user', 'assistant', 'tool'].includes(role), `${path}.role`, `invalid role ${role}`)
  found.need(typeof (message['content'] ?? '') === 'string', `${path}.content`, 'cannot unmarshal into string')
  found.need(typeof (message['thinking'] ?? '') === 'string', `${path}.thinking`, 'cannot unmarshal into string')
  for (const [n, image] of (arrayAt(message, 'images') ?? []).entries()) {
    found.need(isBase64(image), `${path}.images[${n}]`, 'illegal base64 data')
  }
  for (const [n, call] of list(message, 'tool_calls').entries()) {
    const where = `${path}.tool_calls[${n}].function`
    found.need(asObject(at(call, 'function', 'arguments')) !== undefined, `${where}.arguments`, 'must be an object')
    found.need(textAt(call, 'function', 'name') !== '', `${where}.name`, 'is required')
    found.need(Number.isInteger(at(call, 'function', 'index') ?? 0), `${where}.index`, 'must be an integer')
  }
  if (role !== 'tool') return
  // Templates give a result to its call by name.
  found.need(textAt(message, 'tool_name') !== '', `${path}.tool_name`, 'is missing: the model cannot tell whose result')
}

/** `ToolFunction`: properties are objects with known types, `required` is a list of strings. */
function checkTool(tool: Json, path: string, found: Violations): void {
  const definition = tool['function']
  found.need(textAt(definition, 'name') !== '', `${path}.function.name`, 'is required')
  const parameters = at(definition, 'parameters')
  if (parameters === undefined) return
  const where = `${path}.function.parameters`
  if (!found.need(asObject(parameters) !== undefined, where, 'cannot unmarshal into ToolFunctionParameters')) return
  found.need(typeof at(parameters, 'type') === 'string', `${where}.type`, 'must be a string')
  eachSchema(parameters, where, (schema, inner) => {
    const required = schema['required']
    const isList =
      required === undefined || required === null || arrayAt(required)?.every((name) => typeof name === 'string')
    found.need(isList === true, `${inner}.required`, 'cannot unmarshal into []string')
    for (const [name, value] of Object.entries(asObject(schema['properties']) ?? {})) {
      found.need(asObject(value) !== undefined, `${inner}.properties.${name}`, 'cannot unmarshal into ToolProperty')
    }
  })
}

function checkThink(think: unknown, found: Violations): void {
  const isKnown = think === undefined || think === null || typeof think === 'boolean'
  const isLevel = ['high', 'medium', 'low', 'max'].includes(String(think))
  found.need(isKnown || isLevel, 'think', `invalid think value: ${String(think)}`)
}

function checkOptions(options: unknown, found: Violations): void {
  if (options === undefined || options === null) return
  for (const name of INTEGERS) {
    found.need(Number.isInteger(at(options, name) ?? 0), `options.${name}`, 'must be of type integer')
  }
  for (const name of NUMBERS) {
    found.need(typeof (at(options, name) ?? 0) === 'number', `options.${name}`, 'must be of type float32')
  }
  const stop = at(options, 'stop')
  found.need(stop === undefined || Array.isArray(stop), 'options.stop', 'must be of type array')
}
