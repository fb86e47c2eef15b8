import type { ChatRequest, FunctionTool, NativeTool, OutputFormat, Tool, ToolChoice } from '../../chat/request.ts'
import type { Quirks } from '../quirks.ts'
import { completeToolSchema, dropKeywords } from '../shared/schema.ts'
import type { JsonRecord } from '../shared/values.ts'
import { originOf } from './tool-origin.ts'

/** Adds `tools`, `tool_choice` and `parallel_tool_calls`; none of them without a tool. */
export function putTools(body: JsonRecord, request: ChatRequest, quirks: Quirks, dropped: Set<string>): void {
  const known = request.tools.filter((tool) => tool.type === 'function' || tool.dialect === 'openai-responses')
  for (const tool of request.tools) if (!known.includes(tool)) dropped.add(`tool:${tool.name}`)
  if (known.length === 0) return
  body['tools'] = encodeTools(known, new Set(quirks.drop_schema_keywords))
  const choice = request.toolChoice
  if (choice !== undefined) {
    const encoded = encodeToolChoice(choice, known)
    if (encoded === undefined) dropped.add('tool_choice')
    else body['tool_choice'] = encoded
  }
  if (request.parallelTools === undefined) return
  if (quirks.parallel_tool_calls === false) dropped.add('parallel_tool_calls')
  else body['parallel_tool_calls'] = request.parallelTools
}

/** Tools of one namespace go back into it, at the place of the first. */
function encodeTools(tools: readonly Tool[], keywords: ReadonlySet<string>): JsonRecord[] {
  const encoded: JsonRecord[] = []
  const namespaces = new Map<string, JsonRecord[]>()
  for (const tool of tools) {
    const origin = originOf(tool)
    if (origin?.namespace === undefined) {
      encoded.push(tool.type === 'native' ? tool.raw : (origin?.raw ?? encodeFunction(tool, keywords)))
      continue
    }
    const { name, description } = origin.namespace
    const members = namespaces.get(name)
    if (members !== undefined) members.push(origin.raw)
    else {
      const nested = [origin.raw]
      namespaces.set(name, nested)
      encoded.push({ type: 'namespace', name, ...(description !== undefined && { description }), tools: nested })
    }
  }
  return encoded
}

/** `strict` is always written: where it is missing OpenAI assumes true, and refuses schemas that are not fit for it. */
function encodeFunction(tool: FunctionTool, keywords: ReadonlySet<string>): JsonRecord {
  return {
    type: 'function',
    name: tool.name,
    ...(tool.description !== undefined && { description: tool.description }),
    parameters: dropKeywords(completeToolSchema(tool.schema), keywords),
    strict: tool.strict ?? false,
  }
}

function encodeToolChoice(choice: ToolChoice, tools: readonly Tool[]): string | JsonRecord | undefined {
  if (choice.type !== 'tool') return choice.type
  const tool = tools.find(({ name }) => name === choice.name)
  return tool === undefined ? undefined : chosen(tool)
}

function chosen(tool: FunctionTool | NativeTool): JsonRecord {
  if (tool.type === 'native') return { type: tool.name }
  const origin = originOf(tool)
  if (origin === undefined) return { type: 'function', name: tool.name }
  const namespace = origin.namespace === undefined ? {} : { namespace: origin.namespace.name }
  return { type: origin.type, name: origin.name, ...namespace }
}

/** Name given to an unnamed schema: OpenAI demands one. */
const SCHEMA_NAME = 'response'

/** Value of `text.format`. A schema becomes plain JSON mode where the provider has no schemas. */
export function encodeFormat(output: OutputFormat, quirks: Quirks, dropped: Set<string>): JsonRecord {
  if (output.type === 'json') return { type: 'json_object' }
  if (quirks.json_schema === false) {
    dropped.add('json_schema')
    return { type: 'json_object' }
  }
  return {
    type: 'json_schema',
    name: output.name ?? SCHEMA_NAME,
    schema: output.schema,
    ...(output.strict !== undefined && { strict: output.strict }),
  }
}
