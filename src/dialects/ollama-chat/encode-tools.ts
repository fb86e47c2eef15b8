import type { ChatRequest, FunctionTool } from '../../chat/request.ts'
import { isRecord } from '../../lib/is-record.ts'

/** Members of a schema that map names to schemas: their keys are names, not keywords. */
const NAMED_SCHEMAS = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])
/** Members that hold data, not schemas. */
const DATA = new Set(['const', 'default', 'enum', 'examples'])

/**
 * The `tools` of a request, in the shape of OpenAI Chat. Ollama has no `tool_choice`: `none` leaves the tools out,
 * a demand for a call is noted as dropped, as are tools of other dialects.
 */
export function encodeTools(request: ChatRequest, dropKeywords: readonly string[], dropped: Set<string>): unknown[] {
  const choice = request.toolChoice?.type ?? 'auto'
  if (choice === 'none') return []
  const tools: unknown[] = []
  for (const tool of request.tools) {
    if (tool.type === 'function') tools.push(encodeTool(tool, new Set(dropKeywords)))
    else dropped.add(`tool:${tool.name}`)
  }
  if (tools.length > 0 && choice !== 'auto') dropped.add('tool_choice')
  if (tools.length > 0 && request.parallelTools === false) dropped.add('parallel_tool_calls')
  return tools
}

function encodeTool(tool: FunctionTool, dropKeywords: ReadonlySet<string>): Record<string, unknown> {
  const parameters = tool.schema ?? { type: 'object', properties: {} }
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description !== undefined && { description: tool.description }),
      parameters: dropKeywords.size === 0 ? parameters : withoutKeywords(parameters, dropKeywords),
    },
  }
}

/** A copy of a JSON Schema without some keywords; properties that bear a keyword's name stay. */
function withoutKeywords(schema: unknown, drop: ReadonlySet<string>): unknown {
  if (Array.isArray(schema)) return schema.map((item) => withoutKeywords(item, drop))
  if (!isRecord(schema)) return schema
  const kept: Record<string, unknown> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (drop.has(keyword)) continue
    if (DATA.has(keyword)) kept[keyword] = value
    else if (NAMED_SCHEMAS.has(keyword) && isRecord(value)) {
      kept[keyword] = Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name, withoutKeywords(item, drop)]),
      )
    } else kept[keyword] = withoutKeywords(value, drop)
  }
  return kept
}
