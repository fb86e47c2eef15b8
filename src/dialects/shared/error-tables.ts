import type { ErrorKind } from '../../chat/error.ts'

/** Vendor codes and types, in lower case, by what they mean. Codes count before texts, texts before the status. */
const CODES: Readonly<Record<string, ErrorKind>> = {
  insufficient_quota: 'quota',
  billing_hard_limit_reached: 'quota',
  billing_not_active: 'quota',
  access_terminated: 'quota',
  insufficient_balance: 'quota',
  credit_balance_exhausted: 'quota',
  exceeded_current_quota_error: 'quota', // Moonshot
  enforced_spend_limit_reached: 'quota',
  payment_required: 'quota',
  1113: 'quota', // GLM: account in arrears
  arrearage: 'quota', // Qwen

  rate_limit_exceeded: 'rate_limit',
  rate_limit_error: 'rate_limit',
  rate_limit_reached_error: 'rate_limit', // Moonshot
  too_many_requests: 'rate_limit',
  resource_exhausted: 'rate_limit', // Gemini
  request_quota_exceeded: 'rate_limit', // Cerebras: requests a minute
  token_quota_exceeded: 'rate_limit', // Cerebras: tokens a minute
  throttling: 'rate_limit', // Qwen

  invalid_api_key: 'auth',
  incorrect_api_key: 'auth',
  invalid_authentication_error: 'auth',
  authentication_error: 'auth',
  unauthenticated: 'auth',
  unauthorized: 'auth',
  account_deactivated: 'auth',
  permission_denied: 'auth',
  permission_error: 'auth',
  api_key_invalid: 'auth', // Gemini

  model_not_found: 'not_found',
  model_not_available: 'not_found', // Together
  model_decommissioned: 'not_found', // Groq
  model_terms_required: 'auth', // Groq
  invalid_model: 'not_found', // Mistral
  not_found_error: 'not_found',
  notfounderror: 'not_found', // vLLM
  deploymentnotfound: 'not_found', // Azure
  resource_not_found_error: 'not_found', // Moonshot

  context_length_exceeded: 'context_length',
  exceed_context_size_error: 'context_length', // llama.cpp
  model_context_window_exceeded: 'context_length', // GLM
  string_above_max_length: 'context_length',
  request_too_large: 'context_length',
  1261: 'context_length', // GLM: prompt exceeds the limit

  content_policy_violation: 'refusal',
  content_filter: 'refusal',
  responsibleaipolicyviolation: 'refusal', // Azure
  data_inspection_failed: 'refusal', // Qwen
  datainspectionfailed: 'refusal',
  invalid_prompt: 'refusal', // OpenAI: prompt flagged
  cyber_policy_violation: 'refusal',
  1301: 'refusal', // GLM: unsafe content

  unsupported_parameter: 'unsupported',
  unsupported_value: 'unsupported',
  unsupported_model: 'unsupported',
  unsupported_country_region_territory: 'auth',

  overloaded_error: 'overloaded',
  server_is_overloaded: 'overloaded',
  slow_down: 'overloaded',
  capacity_exceeded: 'overloaded', // Groq
  engine_overloaded_error: 'overloaded', // Moonshot
  unavailable: 'overloaded', // Gemini
}

/** Meaning of a vendor's code or type, whatever its case; undefined for unknown and for general ones. */
export function kindOfCode(code: string): ErrorKind | undefined {
  const key = code.toLowerCase()
  return Object.hasOwn(CODES, key) ? CODES[key] : undefined
}

/** Requests or tokens per time: no matter of the context window, though "too many tokens" are spoken of. */
const RATE = /\b(?:tokens?|requests?) per (?:second|minute|hour|day|min)\b|\brate limit|\b(?:TPM|RPM)\b/i

const CONTEXT: readonly RegExp[] = [
  /maximum context length/i, // OpenAI, vLLM, DeepSeek, OpenRouter, Mistral
  /exceed\w* (?:the |this |its )?(?:\w+'s )?(?:model'?s? )?(?:maximum |max |available )?context (?:window|length|size|limit)/i,
  /context (?:window|length|size|limit) (?:is |was |has been )?exceed/i, // MiniMax, Ollama, LM Studio
  /(?:greater|longer|larger) than the (?:model's |available )?(?:maximum )?(?:context|model) (?:length|size|window)/i,
  /context (?:the )?overflow/i, // LM Studio: "when context the overflows"
  /prompt (?:is )?too long/i, // Anthropic-like, Ollama, Fireworks
  /input (?:is|was) too long/i, // Bedrock
  /too large for model with/i, // Mistral
  /maximum prompt length is \d/i, // xAI
  /reduce the length of (?:the|your) (?:messages|prompt|input)/i, // Groq, Cerebras, OpenAI
  /exceeded model token limit/i, // Moonshot
  /input token count\b.{0,80}\bexceed/i, // Gemini
  /prompt token count\b.{0,80}\bexceed/i, // GitHub Copilot
  /(?:prompt|input)(?: sequence)? length \(?\d+\)? (?:exceeds|is longer|must be)/i, // NIM, TensorRT-LLM
  /max_(?:new_)?tokens must be at least 1, got -\d/i, // vLLM: no room left for an answer
  /tokens in request more than max tokens allowed/i,
  /too many input tokens/i,
]

const QUOTA: readonly RegExp[] = [
  /exceeded your current quota/i,
  /insufficient (?:credit|balance|fund|quota)/i,
  /(?:credit|account) balance (?:is )?(?:too low|exhausted|insufficient)/i,
  /\b(?:out of|no|more|requires) credits\b/i,
  /(?:session|weekly|monthly|hourly|daily) usage limit/i, // Ollama Cloud plans
  /requires a subscription/i, // Ollama Cloud
  /(?:spend(?:ing)?|billing)(?: hard)? limit/i,
  /payment required|past due|billing (?:details|is not active)/i,
]

const AUTH: readonly RegExp[] = [
  /(?:incorrect|invalid|wrong|expired|missing) api[ _-]?key/i, // xAI says so with a 400
  /api[ _-]?key (?:is )?(?:not valid|invalid|expired|missing)/i, // Gemini says so with a 400
]

const REFUSAL: readonly RegExp[] = [
  /content exists risk/i, // DeepSeek
  /content management policy/i, // Azure
  /(?:flagged|rejected|blocked|prohibited)\b.{0,80}\b(?:safety|policy|policies|moderation|content)/i,
  /requires moderation\b.{0,80}\bflagged/i, // OpenRouter
  /violat\w+ (?:our|the) (?:usage|content) polic/i,
]

const UNSUPPORTED: readonly RegExp[] = [
  /does(?: not|n't) support (?:\w+ ){0,3}?['"`]?(?:tool|function|image|vision|multimodal|json|structured|response[_ ]format|reasoning|thinking|parallel|file|pdf|system|developer|stream|audio|parameter)/i,
  /(?:tool|function|image|vision|file|json|structured|reasoning|thinking)\w*(?: \w+){0,3} (?:is|are) not (?:supported|enabled)/i,
  /endpoints? found that support/i, // OpenRouter: "No endpoints found that support tool use"
  /is not a multimodal model/i, // vLLM
  /requires --enable-auto-tool-choice|requires --jinja|tools? param requires/i, // vLLM, llama.cpp
  /(?:image_url|images?) (?:is|are) only supported/i,
  /unknown variant `image_url`/i, // DeepSeek
  /content must be a string/i, // Groq, for models without vision
  /cannot read ['"]?\w+\.?\w*['"]? \(this model does not support image/i,
  /['"`]?(?:reasoning_effort|response_format|tools|tool_choice|parallel_tool_calls)['"`]? (?:is )?(?:not supported|unsupported)/i,
]

const NOT_FOUND: readonly RegExp[] = [
  /model not exist/i, // DeepSeek
  /is not a valid model id/i, // OpenRouter
  /invalid model(?: name)?\b/i, // Mistral
  /\bmodel\b[^.]{0,60} is not supported/i, // GitHub Copilot
  /model\b[^.]{0,120}\b(?:does not exist|not found|is not found|has been (?:decommissioned|deprecated|retired))/i,
]

const TEXTS: readonly (readonly [ErrorKind, readonly RegExp[]])[] = [
  ['quota', QUOTA],
  ['auth', AUTH],
  ['context_length', CONTEXT],
  ['refusal', REFUSAL],
  ['unsupported', UNSUPPORTED],
  ['not_found', NOT_FOUND],
]

/** Meaning of a vendor's words; undefined when they say nothing that a status would not say. */
export function kindOfText(text: string): ErrorKind | undefined {
  const rate = RATE.test(text)
  for (const [kind, patterns] of TEXTS) {
    if (kind === 'context_length' && rate) continue
    if (patterns.some((pattern) => pattern.test(text))) return kind
  }
  return rate ? 'rate_limit' : undefined
}

/** Meaning of an HTTP status alone. */
export function kindOfStatus(status: number): ErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'auth'
    case 402:
      return 'quota'
    case 404:
    case 405: // a wrong path
    case 410:
      return 'not_found'
    case 408:
    case 504:
    case 524: // Cloudflare: no answer from the origin
      return 'timeout'
    case 413:
      return 'context_length'
    case 429:
      return 'rate_limit'
    case 409:
    case 425:
      return 'server'
    case 498: // Groq: flex capacity
    case 503:
    case 529:
      return 'overloaded'
    default:
      if (status >= 500) return 'server'
      return status >= 400 ? 'bad_request' : 'bad_answer'
  }
}
