import type { Effort } from '../../chat/request.ts'

/** What one of OpenAI's models takes in a request. */
export interface OpenAiRules {
  /** Efforts of reasoning, weakest first; none for a model that does not reason. */
  efforts: readonly Effort[]
  /** When it takes `temperature` and its like: always, never, or at these efforts; undefined is its default effort. */
  sampling: boolean | readonly (Effort | undefined)[]
  /** Takes stop sequences. */
  stop: boolean
}

const NO_REASONING: OpenAiRules = { efforts: [], sampling: true, stop: true }
const ALWAYS: Omit<OpenAiRules, 'efforts'> = { sampling: false, stop: false }
const ORDER: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']

/** By name without the vendor's prefix; the first match counts. */
const RULES: readonly (readonly [pattern: RegExp, rules: OpenAiRules])[] = [
  [/^(?:gpt-3|gpt-4|chatgpt-)|^gpt-\d.*-chat/, NO_REASONING],
  [/^o[134](?:-|$)/, { efforts: ['low', 'medium', 'high'], ...ALWAYS }],
  [/^gpt-5-pro/, { efforts: ['high'], ...ALWAYS }],
  [/^gpt-5(?:-|$)/, { efforts: ['minimal', 'low', 'medium', 'high'], ...ALWAYS }],
  // These do not reason unless they are asked to.
  [/^gpt-5\.1(?:-|$)/, { efforts: ['none', 'low', 'medium', 'high'], sampling: [undefined, 'none'], stop: false }],
  [
    /^gpt-5\.[2-4](?:-|$)/,
    { efforts: ['none', 'low', 'medium', 'high', 'xhigh'], sampling: [undefined, 'none'], stop: false },
  ],
  [/^gpt-[5-9]/, { efforts: ['none', 'low', 'medium', 'high', 'xhigh'], sampling: ['none'], stop: false }],
]

const SAMPLING: readonly string[] = [
  'temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'logit_bias', 'logprobs', 'top_logprobs',
] // prettier-ignore

/**
 * The rules of a model by its name; undefined for models that are not OpenAI's. What they refuse gets status 400
 * ("Unsupported parameter", "Unsupported value"). Sources: https://platform.openai.com/docs/guides/latest-model (sampling
 * goes with effort `none` alone), https://platform.openai.com/docs/guides/reasoning (efforts by model).
 */
export function openaiRules(model: string): OpenAiRules | undefined {
  const name = model.toLowerCase().split('/').at(-1) ?? ''
  return RULES.find(([pattern]) => pattern.test(name))?.[1]
}

/** Smallest output limit, in tokens, that OpenAI takes in Responses. */
export const MIN_OUTPUT = 16

/**
 * An output limit, in tokens, that a model which reasons can keep: with a handful of tokens it spends them all on reasoning
 * and answers 400 ("Could not finish the message because max_tokens or model output limit was reached"). Clients that only
 * want to see an answer send 1.
 */
export function fitOutput(tokens: number, rules: OpenAiRules | undefined): number {
  return rules === undefined || rules.efforts.length === 0 ? tokens : Math.max(MIN_OUTPUT, tokens)
}

/** The nearest effort that the model takes, the stronger of two; undefined when it takes none at all. */
export function fitEffort(effort: Effort, rules: OpenAiRules | undefined): Effort | undefined {
  if (rules === undefined || rules.efforts.includes(effort)) return effort
  const wanted = ORDER.indexOf(effort)
  const distance = (other: Effort): number => Math.abs(ORDER.indexOf(other) - wanted - 0.1)
  return rules.efforts.toSorted((a, b) => distance(a) - distance(b))[0]
}

/** Top-level fields that the model refuses at this effort; undefined is its default. */
export function refusedFields(rules: OpenAiRules | undefined, effort: Effort | undefined): string[] {
  if (rules === undefined) return []
  const { sampling, stop } = rules
  const takesSampling = typeof sampling === 'boolean' ? sampling : sampling.includes(effort)
  return [...(takesSampling ? [] : SAMPLING), ...(stop ? [] : ['stop'])]
}
