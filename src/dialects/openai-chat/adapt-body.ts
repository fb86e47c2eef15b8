import type { JsonOutline } from '../../lib/json-outline.ts'
import type { Quirks } from '../quirks.ts'
import { isEffort } from '../shared/effort.ts'
import { fitEffort, fitOutput, openaiRules, refusedFields } from '../shared/openai-models.ts'
import type { BodyAdaption, EncodeTarget } from '../types.ts'
import { shortenIds } from './short-ids.ts'

/**
 * What must change in a body of this dialect before `model` at a provider with these quirks takes it. Usually nothing;
 * only what the provider is known to refuse is touched, so that everything else passes byte for byte.
 */
export function adaptBody(outline: JsonOutline, { quirks, model }: EncodeTarget): BodyAdaption {
  const rules = openaiRules(model)
  const asked = outline.value('reasoning_effort')
  const effort = isEffort(asked) && quirks.reasoning_effort !== false ? fitEffort(asked, rules) : undefined
  const drop = new Set([...(quirks.drop_parameters ?? []), ...refusedFields(rules, effort)])
  if (rules?.efforts.length === 0) drop.add('reasoning_effort')
  if (quirks.reasoning_effort === false) drop.add('reasoning_effort')
  if (quirks.parallel_tool_calls === false) drop.add('parallel_tool_calls')
  if (quirks.stream_usage === false) drop.add('stream_options')
  // Title calls of Claude Code and Codex send `tools: []`, which OpenAI refuses.
  if (hasNoTools(outline)) for (const name of ['tools', 'tool_choice', 'parallel_tool_calls']) drop.add(name)
  for (const name of ['model', 'messages', 'stream']) drop.delete(name)
  const set = new Map<string, string>()
  if (effort !== undefined && effort !== asked) set.set('reasoning_effort', JSON.stringify(effort))
  for (const name of ['max_tokens', 'max_completion_tokens']) {
    const tokens = outline.value(name)
    if (typeof tokens === 'number' && fitOutput(tokens, rules) !== tokens)
      set.set(name, String(fitOutput(tokens, rules)))
  }
  const messages = rules === undefined ? undefined : shortenIds(outline)
  if (messages !== undefined) set.set('messages', messages)
  if (quirks.json_schema === false && outline.value('response_format') !== undefined && wantsSchema(outline)) {
    set.set('response_format', '{"type":"json_object"}')
  }
  return { drop: present(outline, drop), rename: renames(outline, quirks), set }
}

function present(outline: JsonOutline, names: ReadonlySet<string>): Set<string> {
  return new Set([...names].filter((name) => outline.span(name) !== undefined))
}

function hasNoTools(outline: JsonOutline): boolean {
  const tools = outline.span('tools')
  return tools !== undefined && outline.elements(tools)?.length === 0
}

function wantsSchema(outline: JsonOutline): boolean {
  const format = outline.value('response_format')
  return typeof format === 'object' && format !== null && 'type' in format && format.type === 'json_schema'
}

/** The output limit under the name that the provider knows; a body that has both names keeps both. */
function renames(outline: JsonOutline, { max_tokens_field: field }: Quirks): Map<string, string> {
  if (field === undefined || outline.span(field) !== undefined) return new Map()
  const other = field === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens'
  return outline.span(other) === undefined ? new Map() : new Map([[other, field]])
}
