import type { ChatRequest, Message, OutputFormat } from '../../chat/request.ts'
import type { JsonRecord } from '../shared/values.ts'
import { ANTHROPIC_NAMES, renameTools } from '../shared/tool-names.ts'
import type { EncodedRequest, EncodeTarget } from '../types.ts'
import { withCacheMarks } from './cache-marks.ts'
import { encodeText } from './encode-content.ts'
import { planThinking } from './encode-thinking.ts'
import { encodeToolChoice, encodeTools, encodeUsedTools } from './encode-tools.ts'
import { rulesOf } from './model-rules.ts'
import { toOutputSchema } from './schema.ts'
import { toTurns } from './turns.ts'

/** `max_tokens` is required. This is sent when neither the client nor the catalog knows better. */
const DEFAULT_MAX_TOKENS = 8192
/** Most that is asked for on behalf of a client that set no limit; what coding agents ask for themselves. */
const MODEST_MAX_TOKENS = 32_000
/** Longest `metadata.user_id`, in characters. */
const MAX_USER = 256
/** With reasoning, `top_p` must lie between this and 1. */
const MIN_THINKING_TOP_P = 0.95

/** Encodes a request for a Messages upstream so that the API's own rules hold; says what had to be left out. */
export function encodeRequest(given: ChatRequest, target: EncodeTarget): EncodedRequest {
  const { request, renamed } = renameTools(given, ANTHROPIC_NAMES)
  const notes = new Set<string>()
  const rules = rulesOf(target.model)
  const leading = countLeadingSystem(request.messages)
  const turns = toTurns(request.messages.slice(leading), notes)
  const plan = planThinking(request.thinking, limitTokens(request.maxTokens, target.output), target, turns, notes)
  const system = encodeSystem(request.messages.slice(0, leading), request.output, target)
  const body: JsonRecord = {
    model: target.model,
    max_tokens: plan.maxTokens,
    ...(system.length > 0 && { system }),
    messages: turns.map(({ role, content }) => ({ role, content })),
    ...encodeToolFields(request, target, plan.active || !rules.forcedTools, notes),
    ...(plan.thinking !== undefined && { thinking: plan.thinking }),
    ...(rules.sampling ? encodeSampling(request, plan.active, notes) : encodeStop(request, notes)),
    ...encodeOutputConfig(request.output, plan.effort, target),
    ...encodeUser(request.user, notes),
    ...(request.stream && { stream: true }),
  }
  if (request.seed !== undefined) notes.add('seed')
  if (!rules.sampling) noteSampling(request, notes)
  if (request.presencePenalty !== undefined) notes.add('presence_penalty')
  if (request.frequencyPenalty !== undefined) notes.add('frequency_penalty')
  for (const name of target.quirks.drop_parameters ?? []) {
    if (body[name] !== undefined) notes.add(name)
    delete body[name]
  }
  const refusesMarks = target.quirks.drop_parameters?.includes('cache_control') === true
  const marked = refusesMarks ? body : withCacheMarks(body)
  return { body: marked, dropped: [...notes], ...(renamed !== undefined && { renamed }) }
}

function countLeadingSystem(messages: readonly Message[]): number {
  const first = messages.findIndex((message) => message.role !== 'system')
  return first === -1 ? messages.length : first
}

function limitTokens(wanted: number | undefined, limit: number | undefined): number {
  const tokens = wanted ?? (limit === undefined ? DEFAULT_MAX_TOKENS : MODEST_MAX_TOKENS)
  return Math.max(1, Math.min(tokens, limit ?? Infinity))
}

/** Formats without a field of their own become a line of the system prompt. */
function encodeSystem(
  messages: readonly Message[],
  output: OutputFormat | undefined,
  target: EncodeTarget,
): JsonRecord[] {
  const blocks = messages.flatMap((message) =>
    message.role === 'system' ? message.content.flatMap((part) => encodeText(part.text)) : [],
  )
  if (output?.type === 'json') {
    blocks.push(...encodeText('Answer with one valid JSON value and nothing else: no prose, no code fence.'))
  } else if (output?.type === 'json_schema' && target.quirks.json_schema === false) {
    const schema = JSON.stringify(output.schema)
    blocks.push(
      ...encodeText(`Answer with one JSON value that is valid by this JSON Schema and nothing else:\n${schema}`),
    )
  }
  return blocks
}

function encodeToolFields(
  request: ChatRequest,
  target: EncodeTarget,
  unforced: boolean,
  notes: Set<string>,
): JsonRecord {
  const tools = encodeTools(request, target, notes)
  if (tools.length > 0) {
    const choice = encodeToolChoice(request, unforced, notes)
    return { tools, ...(choice !== undefined && { tool_choice: choice }) }
  }
  const used = encodeUsedTools(request)
  return used.length > 0 ? { tools: used, tool_choice: { type: 'none' } } : {}
}

/** With reasoning only the default temperature and a `top_p` near 1 are allowed; without, one of the two. */
function encodeSampling(request: ChatRequest, thinking: boolean, notes: Set<string>): JsonRecord {
  const { temperature, topP, topK } = request
  const keepTemperature = temperature !== undefined && !thinking
  const keepTopP = topP !== undefined && (thinking ? topP >= MIN_THINKING_TOP_P : temperature === undefined)
  if (temperature !== undefined && temperature !== 1 && thinking) notes.add('temperature')
  if (topP !== undefined && topP !== 1 && !keepTopP) notes.add('top_p')
  if (topK !== undefined && thinking) notes.add('top_k')
  return {
    ...(keepTemperature && { temperature: Math.min(1, Math.max(0, temperature)) }),
    ...(keepTopP && { top_p: topP }),
    ...(topK !== undefined && !thinking && { top_k: topK }),
    ...encodeStop(request, notes),
  }
}

function encodeStop(request: ChatRequest, notes: Set<string>): JsonRecord {
  const stop = (request.stop ?? []).filter((text) => text.trim() !== '')
  if (stop.length < (request.stop?.length ?? 0)) notes.add('stop')
  return stop.length > 0 ? { stop_sequences: stop } : {}
}

/** The newest models refuse all three. */
function noteSampling({ temperature, topP, topK }: ChatRequest, notes: Set<string>): void {
  if (temperature !== undefined && temperature !== 1) notes.add('temperature')
  if (topP !== undefined && topP !== 1) notes.add('top_p')
  if (topK !== undefined) notes.add('top_k')
}

function encodeOutputConfig(
  output: OutputFormat | undefined,
  effort: string | undefined,
  target: EncodeTarget,
): JsonRecord {
  const schema = output?.type === 'json_schema' && target.quirks.json_schema !== false ? output.schema : undefined
  if (schema === undefined && effort === undefined) return {}
  const dropped = target.quirks.drop_schema_keywords ?? []
  return {
    output_config: {
      ...(effort !== undefined && { effort }),
      ...(schema !== undefined && { format: { type: 'json_schema', schema: toOutputSchema(schema, dropped) } }),
    },
  }
}

/** The API refuses long ids, and ids that look like a mail address. */
function encodeUser(user: string | undefined, notes: Set<string>): JsonRecord {
  if (user === undefined || user === '') return {}
  if (user.length <= MAX_USER && !user.includes('@')) return { metadata: { user_id: user } }
  notes.add('user')
  return {}
}
