import type { ChatRequest } from '../chat/request.ts'
import { PROVIDER_DIALECTS } from '../dialects/index.ts'
import type { EncodeTarget, ProviderDialectId } from '../dialects/types.ts'
import { isRecord } from '../lib/is-record.ts'
import type { JsonOutline } from '../lib/json-outline.ts'

/** Where a dialect says how much a model may reason and write: members of the body. */
interface LimitFields {
  thinking: readonly string[]
  output: readonly string[]
  /** Other members that say the same and would contradict. */
  besides: readonly string[]
  /** Of these members only the parts that the encoder wrote are changed: name → parts. */
  parts: Readonly<Record<string, readonly string[]>>
}

const FIELDS: Readonly<Record<ProviderDialectId, LimitFields>> = {
  'openai-chat': {
    thinking: ['reasoning_effort'],
    output: ['max_completion_tokens', 'max_tokens'],
    besides: ['reasoning', 'thinking', 'enable_thinking'],
    parts: {},
  },
  'openai-responses': {
    thinking: ['reasoning'],
    output: ['max_output_tokens'],
    besides: [],
    parts: { reasoning: ['effort'] },
  },
  // The budget for reasoning must stay below the limit: they change together.
  'anthropic-messages': {
    thinking: ['thinking', 'max_tokens', 'output_config'],
    output: ['max_tokens', 'thinking'],
    besides: [],
    parts: { output_config: ['effort'] },
  },
  gemini: {
    thinking: ['generationConfig'],
    output: ['generationConfig'],
    besides: ['generation_config'],
    parts: { generationConfig: ['thinkingConfig', 'maxOutputTokens'] },
  },
  'ollama-chat': { thinking: ['think'], output: ['options'], besides: [], parts: { options: ['num_predict'] } },
}

/**
 * The changes that bring a body of its own dialect within limits: the members that speak of reasoning and of the length
 * of the answer, as the dialect's encoder writes them for `limited`. All other bytes stay. Undefined when `limited` is
 * the request itself.
 */
export function limitBody(
  outline: JsonOutline,
  request: ChatRequest,
  limited: ChatRequest,
  dialect: ProviderDialectId,
  target: EncodeTarget,
): { set: Map<string, string>; drop: Set<string> } | undefined {
  if (limited === request) return undefined
  const fields = FIELDS[dialect]
  const isThinking = limited.thinking !== request.thinking
  const output = limited.maxTokens === request.maxTokens ? [] : fields.output
  const hasBudget = limited.thinking?.budgetTokens !== undefined
  const names = new Set([
    ...(isThinking ? fields.thinking : []),
    ...output.filter((name) => name !== 'thinking' || hasBudget),
  ])
  const encoded = PROVIDER_DIALECTS[dialect].encodeRequest(bare(limited), target).body
  const set = new Map<string, string>()
  const drop = new Set(isThinking || dialect === 'gemini' ? fields.besides : [])
  for (const name of names) {
    const value = Object.hasOwn(fields.parts, name)
      ? mixed(read(outline, name), encoded[name], fields.parts[name] ?? [])
      : encoded[name]
    if (value !== undefined) set.set(name, JSON.stringify(value))
    else drop.add(name)
  }
  return { set, drop: new Set([...drop].filter((name) => outline.span(name) !== undefined)) }
}

/** A request of nothing but its limits. */
function bare({ model, stream, maxTokens, thinking }: ChatRequest): ChatRequest {
  return {
    model,
    stream,
    messages: [],
    tools: [],
    ...(maxTokens !== undefined && { maxTokens }),
    ...(thinking !== undefined && { thinking }),
  }
}

/** A member under either of its spellings. */
function read(outline: JsonOutline, name: string): unknown {
  return outline.value(name) ?? outline.value(name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
}

/** The client's own object with some of its parts as encoded; undefined when nothing is left of it. */
function mixed(own: unknown, encoded: unknown, parts: readonly string[]): Record<string, unknown> | undefined {
  const result: Record<string, unknown> = isRecord(own) ? { ...own } : {}
  for (const part of parts) {
    const value = isRecord(encoded) ? encoded[part] : undefined
    for (const name of [part, part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]) delete result[name]
    if (value !== undefined) result[part] = value
  }
  return Object.keys(result).length === 0 ? undefined : result
}
