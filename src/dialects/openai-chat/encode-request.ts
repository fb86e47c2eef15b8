import type { ChatRequest, Effort, OutputFormat } from '../../chat/request.ts'
import { fitEffort, fitOutput, openaiRules, refusedFields } from '../shared/openai-models.ts'
import { encodeEffort } from '../shared/openai-thinking.ts'
import { schemaInstruction } from '../shared/schema-instruction.ts'
import type { JsonRecord } from '../shared/values.ts'
import { OPENAI_NAMES, renameTools } from '../shared/tool-names.ts'
import type { Quirks } from '../quirks.ts'
import type { EncodedRequest, EncodeTarget } from '../types.ts'
import { encodeMessages } from './encode-messages.ts'
import { encodeOutput, putTools } from './encode-tools.ts'

/** Fields that no quirk may remove: without them it is no request. */
const NEEDED: ReadonlySet<string> = new Set(['model', 'messages', 'stream'])

/** Encodes a request for an OpenAI-compatible provider, with the departures that the target's quirks name. */
export function encodeRequest(given: ChatRequest, target: EncodeTarget): EncodedRequest {
  const { request, renamed } = renameTools(given, OPENAI_NAMES)
  const { quirks } = target
  const rules = openaiRules(target.model)
  const dropped = new Set<string>()
  const body: JsonRecord = {
    model: target.model,
    messages: encodeMessages(request.messages, quirks, dropped),
    stream: request.stream,
  }
  if (request.stream && quirks.stream_usage !== false) body['stream_options'] = { include_usage: true }
  putTools(body, request, quirks, dropped)
  if (request.maxTokens !== undefined) {
    body[quirks.max_tokens_field ?? 'max_completion_tokens'] = fitOutput(
      Math.min(request.maxTokens, target.output ?? Infinity),
      rules,
    )
  }
  put(body, 'temperature', request.temperature)
  put(body, 'top_p', request.topP)
  // Not a field of this dialect: OpenAI and NVIDIA NIM refuse what they do not know.
  if (request.topK !== undefined) dropped.add('top_k')
  put(body, 'stop', request.stop)
  put(body, 'seed', request.seed)
  put(body, 'presence_penalty', request.presencePenalty)
  put(body, 'frequency_penalty', request.frequencyPenalty)
  put(body, 'user', request.user)
  if (request.output !== undefined) {
    body['response_format'] = encodeOutput(request.output, quirks, dropped)
    if (dropped.has('json_schema')) body['messages'] = instruct(body['messages'] as JsonRecord[], request.output)
  }
  if (request.isBegun === true) markBegun(body, quirks)
  const effort = putEffort(body, request, target, dropped)
  for (const name of [...refusedFields(rules, effort), ...(quirks.drop_parameters ?? [])]) {
    if (!(name in body) || NEEDED.has(name)) continue
    delete body[name]
    dropped.add(name)
  }
  return { body, dropped: [...dropped], ...(renamed !== undefined && { renamed }) }
}

/** Says that the last message is to be gone on with, where the provider wants that said. */
function markBegun(body: JsonRecord, { prefill }: Quirks): void {
  const messages = body['messages'] as JsonRecord[]
  if (prefill === 'prefix') body['messages'] = [...messages.slice(0, -1), { ...messages.at(-1), prefix: true }]
  if (prefill === 'continue_final_message') Object.assign(body, { add_generation_prompt: false, [prefill]: true })
}

/** Writes the effort that the model takes, and gives it back; undefined leaves it to the model. */
function putEffort(
  body: JsonRecord,
  { thinking }: ChatRequest,
  target: EncodeTarget,
  dropped: Set<string>,
): Effort | undefined {
  if (thinking === undefined) return undefined
  const wanted = encodeEffort(thinking, target.thinking)
  const effort = wanted && fitEffort(wanted, openaiRules(target.model))
  if (effort !== undefined && target.quirks.reasoning_effort !== false) {
    body['reasoning_effort'] = effort
    return effort
  }
  if (thinking.mode === 'on' || effort !== undefined) dropped.add('reasoning_effort')
  return undefined
}

/** Adds the schema in words behind the leading system messages. */
function instruct(messages: readonly JsonRecord[], output: OutputFormat): JsonRecord[] {
  const found = messages.findIndex((message) => message['role'] !== 'system')
  const at = found === -1 ? messages.length : found
  return [...messages.slice(0, at), { role: 'system', content: schemaInstruction(output) }, ...messages.slice(at)]
}

function put(body: JsonRecord, name: string, value: unknown): void {
  if (value !== undefined) body[name] = value
}
