// What OpenAI Chat Completions answers 400 to.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { checkChatMessages } from './openai-chat-messages.ts'
import { checkJsonMode, checkName, checkOutputSchema, checkParameters, EFFORTS } from './openai-functions.ts'
import { checkEffort, checkReasoningModel } from './openai-models.ts'
import { arrayAt, Violations, wordOf } from './violations.ts'

const FIELDS: readonly string[] = [
  'messages', 'model', 'audio', 'frequency_penalty', 'function_call', 'functions', 'logit_bias', 'logprobs',
  'max_completion_tokens', 'max_tokens', 'metadata', 'modalities', 'moderation', 'n', 'parallel_tool_calls',
  'prediction', 'presence_penalty', 'prompt_cache_key', 'prompt_cache_options', 'prompt_cache_retention',
  'reasoning_effort', 'response_format', 'safety_identifier', 'seed', 'service_tier', 'stop', 'store', 'stream',
  'stream_options', 'temperature', 'tool_choice', 'tools', 'top_logprobs', 'top_p', 'user', 'verbosity',
  'web_search_options',
] // prettier-ignore

/**
 * Violations of a body of POST /v1/chat/completions. Fields by the official SDK's types ("Unknown parameter" for others),
 * rules by https://platform.openai.com/docs/api-reference/chat/create and the API's own refusals.
 */
export function openaiChatViolations(body: Json): string[] {
  const found = new Violations()
  found.known(body, '', FIELDS)
  found.need(textAt(body, 'model') !== '', 'model', 'is required')
  const messages = arrayAt(body, 'messages')
  if (found.need((messages?.length ?? 0) > 0, 'messages', 'must be a list with an entry')) {
    checkChatMessages(list(body, 'messages'), found)
  }
  checkTools(body, found)
  checkLimits(body, found)
  checkFormat(body, found)
  checkEffort(body['model'], body['reasoning_effort'], 'reasoning_effort', found)
  checkReasoningModel(body, body['reasoning_effort'], found)
  return found.list
}

/** "Invalid 'tools': empty array", "'tool_choice' is only allowed when 'tools' are specified". */
function checkTools(body: Json, found: Violations): void {
  const tools = arrayAt(body, 'tools')
  if (tools === undefined) {
    for (const name of ['tool_choice', 'parallel_tool_calls']) {
      found.need(body[name] === undefined, name, 'is only allowed when tools are specified')
    }
    return
  }
  found.need(tools.length >= 1 && tools.length <= 128, 'tools', 'must have 1 to 128 entries')
  const names = tools.map((tool, n) => checkTool(tool, `tools[${n}]`, found))
  const choice = body['tool_choice']
  if (typeof choice === 'string') {
    found.need(['none', 'auto', 'required'].includes(choice), 'tool_choice', `unknown value ${choice}`)
  } else if (choice !== undefined && at(choice, 'type') === 'function') {
    found.need(names.includes(textAt(choice, 'function', 'name')), 'tool_choice', 'names a tool that is not offered')
  }
}

function checkTool(tool: unknown, path: string, found: Violations): string {
  if (at(tool, 'type') === 'custom') {
    checkName(at(tool, 'custom', 'name'), `${path}.custom.name`, found)
    return textAt(tool, 'custom', 'name')
  }
  found.need(at(tool, 'type') === 'function', `${path}.type`, `unknown value ${String(at(tool, 'type'))}`)
  found.known(tool, path, ['type', 'function'])
  found.known(at(tool, 'function'), `${path}.function`, ['name', 'description', 'parameters', 'strict'])
  checkName(at(tool, 'function', 'name'), `${path}.function.name`, found)
  const strict = at(tool, 'function', 'strict') === true
  checkParameters(at(tool, 'function', 'parameters'), strict, `${path}.function.parameters`, found)
  return textAt(tool, 'function', 'name')
}

function checkLimits(body: Json, found: Violations): void {
  const isBoth = body['max_tokens'] !== undefined && body['max_completion_tokens'] !== undefined
  found.need(!isBoth, 'max_tokens', 'must not stand beside max_completion_tokens')
  for (const name of ['max_tokens', 'max_completion_tokens']) found.range(body[name], name, 1, Infinity)
  found.range(body['temperature'], 'temperature', 0, 2)
  found.range(body['top_p'], 'top_p', 0, 1)
  found.range(body['presence_penalty'], 'presence_penalty', -2, 2)
  found.range(body['frequency_penalty'], 'frequency_penalty', -2, 2)
  found.need((arrayAt(body, 'stop')?.length ?? 1) <= 4, 'stop', 'must have at most 4 entries')
  const isStray = body['stream_options'] !== undefined && body['stream'] !== true
  found.need(!isStray, 'stream_options', 'is only allowed when stream is enabled')
  const effort = body['reasoning_effort']
  found.need(effort === undefined || EFFORTS.includes(effort), 'reasoning_effort', `unknown value ${wordOf(effort)}`)
}

function checkFormat(body: Json, found: Violations): void {
  const format = body['response_format']
  if (at(format, 'type') === 'json_object') checkJsonMode(body['messages'], 'response_format', found)
  if (at(format, 'type') === 'json_schema') {
    checkOutputSchema(at(format, 'json_schema'), 'response_format.json_schema', found)
  }
}
