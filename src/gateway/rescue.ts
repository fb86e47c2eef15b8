import type { Model } from '../catalog/types.ts'
import type { ChatRequest } from '../chat/request.ts'
import { BadRequest } from '../dialects/types.ts'
import { mayBeRescued } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Target } from '../policy/types.ts'
import type { RequestLimits } from '../profile/types.ts'
import type { RequestBody } from './read-request.ts'
import { Splice } from './splice.ts'

// `rescue: prose`. A text that broke off is handed to the next target that is known to go on with a begun answer.

/** Whether the policies over a request and what is known of it allow that a text is gone on with. */
export function mayRescue(inputs: DecisionInputs): boolean {
  const { stream, json, toolForced } = inputs.facts
  return stream && json === 'none' && !toolForced && mayBeRescued(inputs)
}

/** Whether a target behind this one is known to go on with a begun answer. */
export function hasRescuer({ decision, world }: DecisionInputs, { provider, model }: Target): boolean {
  const at = decision.chain.findIndex((target) => target.provider === provider && target.model === model)
  return decision.chain
    .slice(at + 1)
    .some((target) => world.catalog.byTarget.get(`${target.provider}/${target.model}`)?.continuesPrefill === true)
}

/** The answer that several targets may have a part in; undefined when the request's policies or the request rule that out. */
export function openSplice(inputs: DecisionInputs, request: RequestBody): Splice | undefined {
  const [first] = inputs.decision.chain
  if (first === undefined || !mayRescue(inputs) || !hasRescuer(inputs, first)) return undefined
  return asksOne(request) && isWhole(request) ? new Splice() : undefined
}

/** More than one answer at a time has no text to go on with. */
function asksOne({ outline }: RequestBody): boolean {
  const { candidateCount } = toRecord(outline.value('generationConfig'))
  return [outline.value('n'), candidateCount].every((count) => typeof count !== 'number' || count <= 1)
}

/** Members of a body that point to a part of the conversation which the provider keeps. */
const KEPT = ['previous_response_id', 'conversation', 'cachedContent']

/** The conversation is all there, can be written for others, and is the model's to answer: the client has not begun. */
function isWhole(request: RequestBody): boolean {
  if (KEPT.some((name) => isSet(request, name))) return false
  try {
    const { messages, output } = request.canonical()
    return output === undefined && messages.at(-1)?.role !== 'assistant'
  } catch (error) {
    if (error instanceof BadRequest) return false
    throw error
  }
}

/** Members of a body whose answers have parts that no other dialect knows. */
const NATIVE = ['logprobs', 'top_logprobs', 'modalities', 'audio', 'background', 'web_search_options', 'mcp_servers']
/** The same of Gemini's `generationConfig`. */
const NATIVE_GENERATION = ['responseLogprobs', 'responseModalities', 'speechConfig']

/**
 * Whether an answer in the client's own dialect loses nothing that matters when it is read and written anew: no stored
 * answer, no server tools, no citations, no probabilities.
 */
export function isPlain(request: RequestBody): boolean {
  const { outline, dialect, facts } = request
  const store = outline.value('store')
  const isStored = dialect.id === 'openai-responses' ? store !== false : store === true
  const generation = toRecord(outline.value('generationConfig'))
  return (
    !isStored &&
    !facts.documents &&
    !NATIVE.some((name) => isSet(request, name)) &&
    !NATIVE_GENERATION.some((name) => generation[name] !== undefined && generation[name] !== false) &&
    !request.canonical().tools.some(({ type }) => type === 'native')
  )
}

function isSet({ outline }: RequestBody, name: string): boolean {
  const value = outline.value(name)
  return value !== undefined && value !== null && value !== false
}

function toRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

/** Tokens of a text, estimated as those of a request are: bytes / 4. */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
}

/** The limits of a whole answer as those of the rest behind this text. */
export function limitsOfRest(limits: RequestLimits, prefill: string): RequestLimits {
  const { max_output: most } = limits
  return most === undefined ? limits : { ...limits, max_output: Math.max(1, most - tokensOf(prefill)) }
}

/** The request that asks a target to go on with this text, without reasoning anew. */
export function restOf(request: RequestBody, prefill: string, model: Model): RequestBody {
  const asked = request.canonical()
  const written = tokensOf(prefill)
  const rest: ChatRequest = {
    ...asked,
    messages: [...asked.messages, { role: 'assistant', content: [{ type: 'text', text: prefill }] }],
    isBegun: true,
    ...(asked.maxTokens !== undefined && { maxTokens: Math.max(1, asked.maxTokens - written) }),
    ...((asked.thinking !== undefined || model.capabilities.thinking !== false) && { thinking: { mode: 'off' } }),
  }
  return {
    ...request,
    facts: { ...request.facts, thinking: 'off', inputTokens: request.facts.inputTokens + written },
    canonical: () => rest,
    isRewritten: true,
  }
}
