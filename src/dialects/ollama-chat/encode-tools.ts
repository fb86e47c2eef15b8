import type { ChatRequest, FunctionTool } from '../../chat/request.ts'
import { dropKeywords } from '../shared/schema.ts'

/**
 * The `tools` of a request, in the shape of OpenAI Chat. Ollama has no `tool_choice`: `none` leaves the tools out,
 * a demand for a call is noted as dropped, as are tools of other dialects.
 */
export function encodeTools(request: ChatRequest, keywords: readonly string[], dropped: Set<string>): unknown[] {
  const choice = request.toolChoice?.type ?? 'auto'
  if (choice === 'none') return []
  const tools: unknown[] = []
  for (const tool of request.tools) {
    if (tool.type === 'function') tools.push(encodeTool(tool, keywords))
    else dropped.add(`tool:${tool.name}`)
  }
  if (tools.length > 0 && choice !== 'auto') dropped.add('tool_choice')
  if (tools.length > 0 && request.parallelTools === false) dropped.add('parallel_tool_calls')
  return tools
}

function encodeTool(tool: FunctionTool, keywords: readonly string[]): Record<string, unknown> {
  return {
    type: 'function',
    function: {
      name: tool.name,
      ...(tool.description !== undefined && { description: tool.description }),
      parameters: dropKeywords(tool.schema ?? { type: 'object', properties: {} }, keywords),
    },
  }
}
