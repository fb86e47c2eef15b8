import type { ToolChoice } from '../../chat/request.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta } from '../types.ts'

/**
 * A response object without output, status `in_progress`. Fields that repeat the request are there because strict
 * clients demand them; its tools and instructions are not repeated, they are large and nobody reads them.
 */
export function responseBody(meta: AnswerMeta): JsonRecord {
  const { request } = meta
  return {
    id: `resp_${meta.id}`,
    object: 'response',
    created_at: meta.created,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: request.maxTokens ?? null,
    model: meta.model,
    output: [],
    parallel_tool_calls: request.parallelTools ?? true,
    previous_response_id: null,
    reasoning: { effort: request.thinking?.effort ?? null, summary: null },
    store: false,
    temperature: request.temperature ?? null,
    text: { format: { type: 'text' } },
    tool_choice: encodeChoice(request.toolChoice),
    tools: [],
    top_p: request.topP ?? null,
    truncation: 'disabled',
    usage: null,
    user: null,
    metadata: {},
  }
}

function encodeChoice(choice: ToolChoice | undefined): string | JsonRecord {
  if (choice === undefined) return 'auto'
  return choice.type === 'tool' ? { type: 'function', name: choice.name } : choice.type
}
