import type { ChatRequest, FunctionTool } from '../../chat/request.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { EncodeTarget } from '../types.ts'
import { toInputSchema } from './schema.ts'

/** The `tools` list. Server tools of other dialects, and a second tool of the same name, are left out. */
export function encodeTools(request: ChatRequest, target: EncodeTarget, notes: Set<string>): JsonRecord[] {
  const seen = new Set<string>()
  return request.tools.flatMap((tool) => {
    const foreign = tool.type === 'native' && tool.dialect !== 'anthropic-messages'
    if (foreign || seen.has(tool.name)) {
      notes.add(`tool:${tool.name}`)
      return []
    }
    seen.add(tool.name)
    return [tool.type === 'native' ? tool.raw : encodeFunction(tool, target)]
  })
}

function encodeFunction(tool: FunctionTool, target: EncodeTarget): JsonRecord {
  return {
    name: tool.name,
    ...(tool.description !== undefined && tool.description !== '' && { description: tool.description }),
    input_schema: toInputSchema(tool.schema, target.quirks.drop_schema_keywords ?? []),
    ...(tool.strict === true && { strict: true }),
  }
}

/**
 * Definitions for calls in the history of a request that offers no tools, of which the API wants one each
 * ("Requests which include `tool_use` or `tool_result` blocks must define tools"). They go with `tool_choice: none`.
 */
export function encodeUsedTools(request: ChatRequest): JsonRecord[] {
  const used = request.messages.flatMap((message) =>
    message.role === 'assistant' ? message.content.filter((part) => part.type === 'tool_call') : [],
  )
  return [...new Set(used.map((call) => call.name))].map((name) => ({
    name,
    input_schema: toInputSchema(undefined, []),
  }))
}

/** The `tool_choice` of a request that offers tools; undefined is the API's own `auto`. */
export function encodeToolChoice(request: ChatRequest, unforced: boolean, notes: Set<string>): JsonRecord | undefined {
  const wanted = request.toolChoice
  if (wanted?.type === 'none') return { type: 'none' }
  const single = request.parallelTools === false && { disable_parallel_tool_use: true }
  const forced = wanted?.type === 'required' || wanted?.type === 'tool'
  // Reasoning and a forced call exclude each other; some models refuse to be forced at all.
  if (forced && unforced) notes.add('tool_choice')
  else if (wanted?.type === 'required') return { type: 'any', ...single }
  else if (wanted?.type === 'tool') return { type: 'tool', name: wanted.name, ...single }
  return wanted === undefined && single === false ? undefined : { type: 'auto', ...single }
}
