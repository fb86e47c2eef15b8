import type { ChatRequest, FunctionTool, ToolChoice } from '../../chat/request.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { EncodeTarget } from '../types.ts'
import { encodeParameters } from './encode-schema.ts'
import { generationOf } from './generation.ts'

/**
 * `tools` and `toolConfig`; nothing without a tool. Google's own tools go with functions to Gemini 3 only, and only
 * when the request says so; other generations refuse the mixture.
 */
export function encodeToolFields(request: ChatRequest, target: EncodeTarget, notes: Set<string>): JsonRecord {
  const functions = encodeFunctions(request, target, notes)
  const mixes = generationOf(target.model).version >= 3
  const natives: JsonRecord[] = []
  for (const tool of request.tools) {
    if (tool.type !== 'native') continue
    if (tool.dialect === 'gemini' && (functions.length === 0 || mixes)) natives.push(tool.raw)
    else notes.add(`tool:${tool.name}`)
  }
  if (request.parallelTools === false && functions.length > 0) notes.add('parallel_tool_calls')
  const tools = [...(functions.length > 0 ? [{ functionDeclarations: functions }] : []), ...natives]
  const calling = functions.length === 0 ? undefined : encodeToolChoice(request, notes)
  const toolConfig = {
    ...(calling !== undefined && { functionCallingConfig: calling }),
    ...(functions.length > 0 && natives.length > 0 && { includeServerSideToolInvocations: true }),
  }
  return {
    ...(tools.length > 0 && { tools }),
    ...(Object.keys(toolConfig).length > 0 && { toolConfig }),
  }
}

/** A second function of the same name is left out. */
function encodeFunctions(request: ChatRequest, target: EncodeTarget, notes: Set<string>): JsonRecord[] {
  const seen = new Set<string>()
  return request.tools.flatMap((tool) => {
    if (tool.type !== 'function') return []
    if (seen.has(tool.name)) {
      notes.add(`tool:${tool.name}`)
      return []
    }
    seen.add(tool.name)
    return [encodeFunction(tool, target)]
  })
}

function encodeFunction(tool: FunctionTool, target: EncodeTarget): JsonRecord {
  const { description, schema } = tool
  return {
    name: tool.name,
    ...(description !== undefined && description !== '' && { description }),
    ...(schema !== undefined && {
      parametersJsonSchema: encodeParameters(schema, target.quirks.drop_schema_keywords ?? []),
    }),
  }
}

const MODES: Readonly<Record<ToolChoice['type'], string>> = { auto: 'AUTO', none: 'NONE', required: 'ANY', tool: 'ANY' }

/** A demand for a tool that is not offered cannot be met: the model may choose. */
function encodeToolChoice(request: ChatRequest, notes: Set<string>): JsonRecord | undefined {
  const { toolChoice: choice, tools } = request
  if (choice === undefined) return undefined
  if (choice.type !== 'tool') return { mode: MODES[choice.type] }
  if (tools.some((tool) => tool.type === 'function' && tool.name === choice.name)) {
    return { mode: MODES.tool, allowedFunctionNames: [choice.name] }
  }
  notes.add('tool_choice')
  return undefined
}
