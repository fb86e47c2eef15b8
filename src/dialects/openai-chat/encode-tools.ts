import type { ChatRequest, OutputFormat, Tool } from '../../chat/request.ts'
import type { Quirks } from '../quirks.ts'
import { completeToolSchema, dropKeywords } from '../shared/schema.ts'
import type { JsonRecord } from '../shared/values.ts'

/** Adds `tools`, `tool_choice` and `parallel_tool_calls`; none of them without a tool (an empty array is refused). */
export function putTools(body: JsonRecord, request: ChatRequest, quirks: Quirks, dropped: Set<string>): void {
  const keywords = new Set(quirks.drop_schema_keywords)
  const tools: JsonRecord[] = []
  const names = new Set<string>()
  for (const tool of request.tools) {
    const encoded = encodeTool(tool, keywords)
    if (encoded === undefined) {
      dropped.add(`tool:${tool.name}`)
      continue
    }
    tools.push(encoded)
    names.add(tool.name)
  }
  if (tools.length === 0) return
  body['tools'] = tools

  const choice = request.toolChoice
  if (choice?.type === 'tool' && names.has(choice.name)) body['tool_choice'] = encodeNamedChoice(choice.name, request)
  else if (choice?.type === 'tool') dropped.add('tool_choice')
  else if (choice !== undefined) body['tool_choice'] = choice.type

  if (request.parallelTools === undefined) return
  if (quirks.parallel_tool_calls === false) dropped.add('parallel_tool_calls')
  else body['parallel_tool_calls'] = request.parallelTools
}

function encodeTool(tool: Tool, keywords: ReadonlySet<string>): JsonRecord | undefined {
  if (tool.type === 'native') return tool.dialect === 'openai-chat' ? tool.raw : undefined
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description !== undefined && { description: tool.description }),
      parameters: dropKeywords(completeToolSchema(tool.schema), keywords),
      ...(tool.strict !== undefined && { strict: tool.strict }),
    },
  }
}

function encodeNamedChoice(name: string, request: ChatRequest): JsonRecord {
  const native = request.tools.some((tool) => tool.type === 'native' && tool.name === name)
  return native ? { type: 'custom', custom: { name } } : { type: 'function', function: { name } }
}

/** Name given to an unnamed schema: OpenAI demands one. */
const SCHEMA_NAME = 'response'

/** Value of `response_format`. A schema becomes plain JSON mode where the provider has no schemas. */
export function encodeOutput(output: OutputFormat, quirks: Quirks, dropped: Set<string>): JsonRecord {
  if (output.type === 'json') return { type: 'json_object' }
  if (quirks.json_schema === false) {
    dropped.add('json_schema')
    return { type: 'json_object' }
  }
  return {
    type: 'json_schema',
    json_schema: {
      name: output.name ?? SCHEMA_NAME,
      schema: output.schema,
      ...(output.strict !== undefined && { strict: output.strict }),
    },
  }
}
