import type { ChatRequest, Effort, Message } from '../../chat/request.ts'
import { fitEffort, MIN_OUTPUT, openaiRules, refusedFields } from '../shared/openai-models.ts'
import { encodeEffort } from '../shared/openai-thinking.ts'
import { schemaInstruction } from '../shared/schema-instruction.ts'
import { joinTexts } from '../shared/texts.ts'
import type { JsonRecord } from '../shared/values.ts'
import { OPENAI_NAMES, renameTools } from '../shared/tool-names.ts'
import type { EncodedRequest, EncodeTarget } from '../types.ts'
import { encodeItems } from './encode-input.ts'
import { encodeFormat, putTools } from './encode-tools.ts'
import { originsOf } from './tool-origin.ts'

/** Fields that no quirk may remove: without them it is no request, or one that leaves traces at the provider. */
const NEEDED: ReadonlySet<string> = new Set(['model', 'input', 'stream', 'store'])
/** Longest `user`, in characters, that OpenAI takes. */
const MAX_USER = 64

/** Encodes a request for a provider of this dialect. Nothing is stored there: the conversation travels whole. */
export function encodeRequest(given: ChatRequest, target: EncodeTarget): EncodedRequest {
  const { request, renamed } = renameTools(given, OPENAI_NAMES)
  const dropped = new Set<string>()
  const { instructions, rest } = splitInstructions(request.messages)
  const body: JsonRecord = {
    model: target.model,
    ...(instructions !== '' && { instructions }),
    input: encodeItems(rest, originsOf(request.tools), dropped),
    stream: request.stream,
    store: false,
  }
  putTools(body, request, target.quirks, dropped)
  if (request.maxTokens !== undefined) {
    body['max_output_tokens'] = Math.max(MIN_OUTPUT, Math.min(request.maxTokens, target.output ?? Infinity))
  }
  putSampling(body, request, dropped)
  if (request.user !== undefined && request.user.length <= MAX_USER) body['user'] = request.user
  else if (request.user !== undefined) dropped.add('user')
  putOutput(body, request, target, dropped)
  putReasoning(body, request, target, dropped)
  const effort = encodeReasoning(request, target)?.effort
  for (const name of [...refusedFields(openaiRules(target.model), effort), ...(target.quirks.drop_parameters ?? [])]) {
    if (!(name in body) || NEEDED.has(name)) continue
    delete body[name]
    dropped.add(name)
  }
  return { body, dropped: [...dropped], ...(renamed !== undefined && { renamed }) }
}

/** The first message, when it is a system message, becomes the instructions; later ones stay in their place. */
function splitInstructions(messages: readonly Message[]): { instructions: string; rest: readonly Message[] } {
  const [first, ...rest] = messages
  if (first?.role !== 'system') return { instructions: '', rest: messages }
  return { instructions: joinTexts(first.content.map(({ text }) => text)), rest }
}

function putSampling(body: JsonRecord, request: ChatRequest, dropped: Set<string>): void {
  if (request.temperature !== undefined) body['temperature'] = request.temperature
  if (request.topP !== undefined) body['top_p'] = request.topP
  if (request.topK !== undefined) dropped.add('top_k')
  if (request.stop !== undefined) dropped.add('stop')
  if (request.seed !== undefined) dropped.add('seed')
  if (request.presencePenalty !== undefined) dropped.add('presence_penalty')
  if (request.frequencyPenalty !== undefined) dropped.add('frequency_penalty')
}

function putOutput(body: JsonRecord, request: ChatRequest, target: EncodeTarget, dropped: Set<string>): void {
  if (request.output === undefined) return
  body['text'] = { format: encodeFormat(request.output, target.quirks, dropped) }
  if (!dropped.has('json_schema')) return
  // What JSON mode cannot say: the schema, in words.
  const instruction = schemaInstruction(request.output)
  const given = body['instructions']
  body['instructions'] = typeof given === 'string' ? `${given}\n\n${instruction}` : instruction
}

/**
 * Asks for reasoning, for its summary, and for the payload that lets the model go on with it later. Models that do not
 * reason refuse all three, so nothing is asked of them.
 */
function putReasoning(body: JsonRecord, request: ChatRequest, target: EncodeTarget, dropped: Set<string>): void {
  const reasoning = encodeReasoning(request, target)
  const isOn = request.thinking !== undefined && request.thinking.mode !== 'off'
  if (reasoning !== undefined) body['reasoning'] = reasoning
  else if (request.thinking?.mode === 'on') dropped.add('reasoning')
  const asked = isOn && reasoning !== undefined
  if (asked || (target.thinking !== false && hasPayload(request.messages))) {
    body['include'] = ['reasoning.encrypted_content']
  }
}

interface Reasoning {
  effort?: Effort
  summary?: 'auto'
}

/** Value of `reasoning`; undefined where it would be refused or says nothing. */
function encodeReasoning({ thinking }: ChatRequest, target: EncodeTarget): Reasoning | undefined {
  if (thinking === undefined || target.thinking === false || target.quirks.reasoning_effort === false) return undefined
  const rules = openaiRules(target.model)
  if (rules?.efforts.length === 0) return undefined
  const wanted = encodeEffort(thinking, target.thinking)
  const effort = wanted && fitEffort(wanted, rules)
  if (thinking.mode === 'off') return effort === undefined ? undefined : { effort }
  // An adaptive request without an effort: only a model that is known to reason is asked for its summary.
  if (effort === undefined) return target.thinking === true ? { summary: 'auto' } : undefined
  return { effort, summary: 'auto' }
}

function hasPayload(messages: readonly Message[]): boolean {
  return messages.some(
    (message) =>
      message.role === 'assistant' &&
      message.content.some((part) => part.type === 'thinking' && part.encrypted !== undefined),
  )
}
