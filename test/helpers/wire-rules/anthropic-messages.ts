// What Anthropic Messages answers 400 to.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { checkTurns } from './anthropic-turns.ts'
import { checkText } from './anthropic-blocks.ts'
import { checkClaude } from './claude-models.ts'
import { eachSchema, hasType } from './json-schema.ts'
import { arrayAt, asObject, repeated, Violations, wordOf } from './violations.ts'

const FIELDS: readonly string[] = [
  'model', 'messages', 'max_tokens', 'cache_control', 'container', 'diagnostics', 'inference_geo', 'metadata',
  'output_config', 'service_tier', 'speed', 'stop_sequences', 'stream', 'system', 'temperature', 'thinking',
  'tool_choice', 'tools', 'top_k', 'top_p',
] // prettier-ignore
/** Fields that a beta brings, by the beginning of its name in `anthropic-beta`. */
const BETA_FIELDS: Readonly<Record<string, string>> = {
  context_management: 'context-management-',
  mcp_servers: 'mcp-client-',
  output_format: 'structured-outputs-',
}
const TOOL_FIELDS: readonly string[] = [
  'type', 'name', 'description', 'input_schema', 'cache_control', 'strict', 'defer_loading', 'eager_input_streaming',
  'input_examples', 'allowed_callers',
] // prettier-ignore
/** The API has one limit of its own on cache markers. */
const MAX_CACHE_MARKS = 4

/**
 * Violations of a body of POST /v1/messages with these headers. Fields by the official SDK's types ("Extra inputs are not
 * permitted" for others), rules by https://platform.claude.com/docs/en/api/messages and the API's own refusals.
 */
export function anthropicMessagesViolations(body: Json, headers: Readonly<Record<string, unknown>>): string[] {
  const found = new Violations()
  const betas = wordOf(headers['anthropic-beta']).split(',')
  const hasBeta = (start: string): boolean => betas.some((beta) => beta.trim().startsWith(start))
  found.need(headers['anthropic-version'] !== undefined, 'anthropic-version', 'header is required')
  const extra = Object.keys(BETA_FIELDS).filter((name) => hasBeta(BETA_FIELDS[name] ?? ''))
  found.known(body, '', [...FIELDS, ...extra])
  found.need(textAt(body, 'model') !== '', 'model', 'field required')
  found.need(Number.isInteger(body['max_tokens']) && Number(body['max_tokens']) >= 1, 'max_tokens', 'field required')
  checkSystem(body, found)
  checkTurns(list(body, 'messages'), at(body, 'thinking', 'type'), found)
  checkTools(body, found)
  checkThinking(body, hasBeta('interleaved-thinking-'), found)
  checkSampling(body, found)
  checkOutput(body, found)
  checkClaude(body, found)
  const marks = JSON.stringify(body).split('"cache_control":{').length - 1
  found.need(marks <= MAX_CACHE_MARKS, 'cache_control', `a maximum of 4 blocks may be provided, found ${marks}`)
  found.known(body['metadata'], 'metadata', ['user_id'])
  found.need(textAt(body, 'metadata', 'user_id').length <= 256, 'metadata.user_id', 'at most 256 characters')
  return found.list
}

function checkSystem(body: Json, found: Violations): void {
  if (body['system'] === undefined || typeof body['system'] === 'string') return
  for (const [n, block] of (arrayAt(body, 'system') ?? []).entries()) {
    found.need(at(block, 'type') === 'text', `system[${n}].type`, 'must be text')
    checkText(block, `system[${n}]`, found)
  }
}

/** Tools of one's own; those with a dated type are Anthropic's. */
function checkTools(body: Json, found: Violations): void {
  const tools = arrayAt(body, 'tools') ?? []
  found.need(tools.length > 0 || body['tool_choice'] === undefined, 'tool_choice', 'may only be specified with tools')
  for (const [n, tool] of tools.entries()) {
    const path = `tools[${n}]`
    const name = textAt(tool, 'name')
    found.need(/^[a-zA-Z0-9_-]{1,128}$/.test(name), `${path}.name`, `${name} does not match ^[a-zA-Z0-9_-]{1,128}$`)
    const type = at(tool, 'type')
    if (type !== undefined && type !== 'custom') continue
    found.known(tool, path, TOOL_FIELDS)
    checkInputSchema(at(tool, 'input_schema'), `${path}.input_schema`, found)
  }
  const names = tools.map((tool) => textAt(tool, 'name'))
  found.need(repeated(names).length === 0, 'tools', `tool names must be unique: ${repeated(names).join(', ')}`)
  const choice = body['tool_choice']
  found.known(choice, 'tool_choice', ['type', 'name', 'disable_parallel_tool_use'])
  if (at(choice, 'type') === 'tool') {
    found.need(names.includes(textAt(choice, 'name')), 'tool_choice.name', 'tool not found in provided tools')
  }
}

/** "input_schema does not support oneOf, allOf, or anyOf at the top level"; names of properties have a pattern. */
function checkInputSchema(schema: unknown, path: string, found: Violations): void {
  const object = asObject(schema)
  if (!found.need(object?.['type'] === 'object', `${path}.type`, 'must be "object"') || object === undefined) return
  for (const name of ['oneOf', 'allOf', 'anyOf']) {
    found.need(object[name] === undefined, path, `does not support ${name} at the top level`)
  }
  eachSchema(object, path, (each, where) => {
    for (const key of Object.keys(asObject(each['properties']) ?? {})) {
      found.need(/^[a-zA-Z0-9_.-]{1,64}$/.test(key), `${where}.properties`, `key ${key} does not match the pattern`)
    }
  })
}

/** https://platform.claude.com/docs/en/build-with-claude/extended-thinking */
function checkThinking(body: Json, isInterleaved: boolean, found: Violations): void {
  const thinking = body['thinking']
  const type = at(thinking, 'type')
  const isOn = type === 'enabled' || type === 'adaptive'
  const clears = list(body, 'context_management', 'edits').some((edit) =>
    textAt(edit, 'type').startsWith('clear_thinking'),
  )
  found.need(isOn || !clears, 'context_management', 'clear_thinking requires thinking to be enabled or adaptive')
  if (thinking === undefined) return
  if (!found.need(['enabled', 'disabled', 'adaptive'].includes(wordOf(type)), 'thinking.type', 'invalid value')) return
  found.known(thinking, 'thinking', ['type', 'budget_tokens', 'display'])
  if (type === 'enabled') {
    found.range(at(thinking, 'budget_tokens') ?? 0, 'thinking.budget_tokens', 1024, Infinity)
    const isRoom = isInterleaved || Number(body['max_tokens']) > Number(at(thinking, 'budget_tokens'))
    found.need(isRoom, 'max_tokens', 'must be greater than thinking.budget_tokens')
  }
  if (type === 'disabled') return
  found.need((body['temperature'] ?? 1) === 1, 'temperature', 'may only be set to 1 when thinking is enabled')
  found.need(body['top_k'] === undefined, 'top_k', 'must be unset when thinking is enabled')
  found.need(Number(body['top_p'] ?? 1) >= 0.95, 'top_p', 'must be 0.95 or more when thinking is enabled')
  const choice = wordOf(at(body, 'tool_choice', 'type'), 'auto')
  found.need(['auto', 'none'].includes(choice), 'tool_choice', 'thinking may not be enabled when it forces tool use')
}

function checkSampling(body: Json, found: Violations): void {
  found.range(body['temperature'], 'temperature', 0, 1)
  found.range(body['top_p'], 'top_p', 0, 1)
  // Refused by Claude 4.5 and later.
  const isBoth = body['temperature'] !== undefined && body['top_p'] !== undefined
  found.need(!isBoth, 'top_p', '`temperature` and `top_p` cannot both be specified')
  for (const stop of arrayAt(body, 'stop_sequences') ?? []) {
    found.need(wordOf(stop).trim() !== '', 'stop_sequences', 'each stop sequence must contain non-whitespace')
  }
}

/** "For 'object' type, 'additionalProperties' must be explicitly set to false". */
function checkOutput(body: Json, found: Violations): void {
  const config = body['output_config']
  found.known(config, 'output_config', ['effort', 'format', 'task_budget'])
  const effort = wordOf(at(config, 'effort'), 'low')
  found.need(['low', 'medium', 'high', 'xhigh', 'max'].includes(effort), 'output_config.effort', `invalid ${effort}`)
  const format = at(config, 'format')
  if (format === undefined || format === null) return
  found.known(format, 'output_config.format', ['type', 'schema'])
  eachSchema(at(format, 'schema'), 'output_config.format.schema', (schema, path) => {
    if (!hasType(schema, 'object')) return
    found.need(schema['additionalProperties'] === false, path, 'additionalProperties must be set to false')
  })
}
