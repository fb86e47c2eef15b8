// What OpenAI Responses answers 400 to.
import { at, list, textAt, type Json } from '../grid-json.ts'
import { checkJsonMode, checkName, checkOutputSchema, checkParameters, EFFORTS } from './openai-functions.ts'
import { checkItems } from './openai-responses-items.ts'
import { checkEffort, checkReasoningModel } from './openai-models.ts'
import { arrayAt, Violations, wordOf } from './violations.ts'

/** `client_metadata` is what Codex sends to OpenAI itself. */
const FIELDS: readonly string[] = [
  'background', 'client_metadata', 'context_management', 'conversation', 'include', 'input', 'instructions',
  'max_output_tokens', 'max_tool_calls', 'metadata', 'model', 'moderation', 'parallel_tool_calls',
  'previous_response_id', 'prompt', 'prompt_cache_key', 'prompt_cache_options', 'prompt_cache_retention', 'reasoning',
  'safety_identifier', 'service_tier', 'store', 'stream', 'stream_options', 'temperature', 'text', 'tool_choice',
  'tools', 'top_logprobs', 'top_p', 'truncation', 'user',
] // prettier-ignore
const INCLUDES: readonly unknown[] = [
  'file_search_call.results', 'web_search_call.results', 'web_search_call.action.sources',
  'message.input_image.image_url', 'computer_call_output.output.image_url', 'code_interpreter_call.outputs',
  'reasoning.encrypted_content', 'message.output_text.logprobs',
] // prettier-ignore
const HOSTED =
  /^(?:web_search(?:_preview)?(?:_\d{4}_\d{2}_\d{2})?|file_search|code_interpreter|image_generation|mcp|computer(?:_use_preview)?|local_shell|shell|apply_patch|tool_search|programmatic_tool_calling)$/

/**
 * Violations of a body of POST /v1/responses. Fields by the official SDK's types ("Unknown parameter" for others), rules by
 * https://platform.openai.com/docs/api-reference/responses/create and the API's own refusals.
 */
export function openaiResponsesViolations(body: Json): string[] {
  const found = new Violations()
  found.known(body, '', FIELDS)
  found.need(textAt(body, 'model') !== '', 'model', 'is required')
  const input = body['input']
  if (typeof input === 'string') found.need(input !== '', 'input', 'must not be empty')
  else if (found.need((arrayAt(body, 'input')?.length ?? 0) > 0, 'input', 'must be text or a list with an entry')) {
    checkItems(list(body, 'input'), body['store'] === false, found)
  }
  const tools = (arrayAt(body, 'tools') ?? []).flatMap((tool, n) => checkTool(tool, `tools[${n}]`, found))
  checkChoice(body, tools, found)
  checkLimits(body, found)
  checkEffort(body['model'], at(body, 'reasoning', 'effort'), 'reasoning.effort', found)
  checkNoReasoning(body, found)
  checkReasoningModel(body, at(body, 'reasoning', 'effort'), found)
  const format = at(body, 'text', 'format')
  found.known(body['text'], 'text', ['format', 'verbosity'])
  if (at(format, 'type') === 'json_object') checkJsonMode(body['input'], 'text.format', found)
  if (at(format, 'type') === 'json_schema') checkOutputSchema(format, 'text.format', found)
  return found.list
}

function checkTool(tool: unknown, path: string, found: Violations): string[] {
  const type = textAt(tool, 'type')
  if (type === 'namespace') {
    found.known(tool, path, ['type', 'name', 'description', 'tools'])
    found.need(list(tool, 'tools').length > 0, `${path}.tools`, 'must have an entry')
    return list(tool, 'tools').flatMap((inner, n) => checkTool(inner, `${path}.tools[${n}]`, found))
  }
  if (type === 'function') {
    found.known(tool, path, ['type', 'name', 'description', 'parameters', 'strict', 'defer_loading', 'output_schema'])
    checkName(at(tool, 'name'), `${path}.name`, found)
    checkParameters(at(tool, 'parameters'), at(tool, 'strict') === true, `${path}.parameters`, found)
    return [textAt(tool, 'name')]
  }
  if (type === 'custom') {
    found.known(tool, path, ['type', 'name', 'description', 'format', 'defer_loading'])
    checkName(at(tool, 'name'), `${path}.name`, found)
    return [textAt(tool, 'name')]
  }
  found.need(HOSTED.test(type), `${path}.type`, `invalid value ${type}`)
  return [type]
}

/** "Tool choice 'required' must be specified with 'tools' parameter." */
function checkChoice(body: Json, tools: readonly string[], found: Violations): void {
  const choice = body['tool_choice']
  if (choice === undefined || choice === 'auto' || choice === 'none') return
  if (choice === 'required') found.need(tools.length > 0, 'tool_choice', 'must be specified with tools')
  else if (at(choice, 'type') === 'function' || at(choice, 'type') === 'custom') {
    found.need(tools.includes(textAt(choice, 'name')), 'tool_choice', 'names a tool that is not offered')
  } else found.need(typeof at(choice, 'type') === 'string', 'tool_choice', 'unknown value')
}

/** "Unsupported parameter: 'reasoning.summary' is not supported with this model", "Encrypted content is not supported". */
function checkNoReasoning(body: Json, found: Violations): void {
  if (!/^(?:gpt-[34]|chatgpt)|-chat/.test(textAt(body, 'model'))) return
  found.need(at(body, 'reasoning', 'summary') === undefined, 'reasoning', 'is not supported with this model')
  const isAsked = arrayAt(body, 'include')?.includes('reasoning.encrypted_content') === true
  found.need(!isAsked, 'include', 'encrypted content is not supported with this model')
}

/** "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16". */
function checkLimits(body: Json, found: Violations): void {
  found.range(body['max_output_tokens'], 'max_output_tokens', 16, Infinity)
  found.range(body['temperature'], 'temperature', 0, 2)
  found.range(body['top_p'], 'top_p', 0, 1)
  found.need(textAt(body, 'user').length <= 64, 'user', 'must have at most 64 characters')
  found.need(textAt(body, 'prompt_cache_key').length <= 64, 'prompt_cache_key', 'must have at most 64 characters')
  for (const name of arrayAt(body, 'include') ?? []) {
    found.need(INCLUDES.includes(name), 'include', `invalid value ${String(name)}`)
  }
  const reasoning = body['reasoning']
  found.known(reasoning, 'reasoning', ['effort', 'summary', 'generate_summary', 'context'])
  const effort = at(reasoning, 'effort') ?? 'none'
  found.need(EFFORTS.includes(effort), 'reasoning.effort', `invalid value ${wordOf(effort)}`)
  const summary = at(reasoning, 'summary') ?? 'auto'
  found.need(['auto', 'concise', 'detailed', 'none'].includes(wordOf(summary)), 'reasoning.summary', 'invalid value')
}
