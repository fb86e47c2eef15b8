import type { Catalog, Model } from '../catalog/types.ts'
import type { ChatRequest } from '../chat/request.ts'
import { BadRequest } from '../dialects/types.ts'
import { mayBeRescued } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { RequestBody } from './read-request.ts'
import { Splice } from './splice.ts'

// `rescue: prose`. A text that broke off is handed to the next target that is known to go on with a begun answer.

/** The answer that several targets may have a part in; undefined when the request's policies or the request rule that out. */
export function openSplice(inputs: DecisionInputs, request: RequestBody): Splice | undefined {
  const { facts, decision, world } = inputs
  if (!facts.stream || facts.json !== 'none' || facts.toolForced || !mayBeRescued(inputs)) return undefined
  if (!decision.chain.some((target) => continuesPrefill(world.catalog, target))) return undefined
  return asksOne(request) && endsOpen(request) ? new Splice() : undefined
}

/** Whether a target behind this one is known to go on with a begun answer. */
export function hasRescuer({ decision, world }: DecisionInputs, model: Model): boolean {
  const at = decision.chain.findIndex((target) => target.provider === model.provider && target.model === model.id)
  return decision.chain.slice(at + 1).some((target) => continuesPrefill(world.catalog, target))
}

function continuesPrefill(catalog: Catalog, { provider, model }: { provider: string; model: string }): boolean {
  return catalog.byTarget.get(`${provider}/${model}`)?.continuesPrefill === true
}

/** More than one answer at a time has no text to go on with. */
function asksOne({ outline }: RequestBody): boolean {
  const { candidateCount } = (outline.value('generationConfig') ?? {}) as Record<string, unknown>
  return [outline.value('n'), candidateCount].every((count) => typeof count !== 'number' || count <= 1)
}

/** False for a body that only its own dialect can read, and for an answer that the client itself has begun. */
function endsOpen(request: RequestBody): boolean {
  try {
    const { messages, output } = request.canonical()
    return output === undefined && messages.at(-1)?.role !== 'assistant'
  } catch (error) {
    if (error instanceof BadRequest) return false
    throw error
  }
}

/** Members of a body whose answers have parts that no other dialect knows. */
const NATIVE = ['logprobs', 'top_logprobs', 'modalities', 'audio', 'previous_response_id', 'conversation', 'background']

/**
 * Whether an answer in the client's own dialect loses nothing that matters when it is read and written anew: no stored
 * answer, no server tools, no citations, no probabilities.
 */
export function isPlain(request: RequestBody): boolean {
  const { outline, dialect, facts } = request
  const isOn = (name: string): boolean => ![undefined, null, false].includes(outline.value(name) as null)
  const isStored = dialect.id === 'openai-responses' && outline.value('store') !== false
  const hasNative = request.canonical().tools.some(({ type }) => type === 'native')
  return !isStored && !hasNative && !facts.documents && !NATIVE.some(isOn)
}

/** Tokens of a text, estimated as those of a request are: bytes / 4. */
export function tokensOf(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4)
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
