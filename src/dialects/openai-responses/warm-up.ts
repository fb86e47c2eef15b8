import type { JsonOutline } from '../../lib/json-outline.ts'
import { asText } from '../shared/values.ts'
import { responseBody } from './response-body.ts'

/** Fields that give a model something to answer although `input` is empty. */
const OTHER_INPUT = ['previous_response_id', 'conversation', 'prompt', 'instructions', 'tools']

/**
 * Answer to a request that says nothing: Codex sends one to LM Studio to have the model loaded
 * (`{"model":…,"input":"","max_output_tokens":1}`), and OpenAI itself refuses it. A router has nothing to load. Undefined
 * when there is input, or a stream is wanted. `created` is Unix time in seconds.
 */
export function warmUpReply(outline: JsonOutline, created: number): Record<string, unknown> | undefined {
  if (outline.value('stream') === true || !isEmpty(outline.value('input'))) return undefined
  if (outline.span('input') === undefined || OTHER_INPUT.some((name) => !isEmpty(outline.value(name)))) return undefined
  const model = asText(outline.value('model')) ?? ''
  const request = { model, messages: [], tools: [], stream: false }
  const usage = {
    input_tokens: 0,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 0,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 0,
  }
  return { ...responseBody({ id: 'warm_up', model, created, request }), status: 'completed', usage }
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}
