// Ollama gives a model a context of 4,096 tokens unless told otherwise (more with much graphics memory) and silently cuts
// the front off longer prompts: an agent would lose its system prompt and tools. So each request says how much it needs.
// Another size makes Ollama reload the model, hence few, coarse steps.

/** Ollama's own default, in tokens: the smallest context asked for. */
const DEFAULT_CONTEXT = 4096
/** Room for the answer when the request sets no limit, in tokens. */
const ANSWER = 4096
/** Most room kept for an answer, in tokens: agents ask for 32,000 and use few, and every token of context costs memory. */
const MOST_ANSWER = 8192
/** Room for the template around the messages, in tokens. */
const TEMPLATE = 512
/** Estimates from bytes are low for code and tool schemas. */
const MARGIN = 1.25

/** Room without which an answer is not worth having, in tokens. */
const SHORT_ANSWER = 1024

export interface ContextNeed {
  /** Estimated tokens of the prompt. */
  inputTokens: number
  /** Output limit of the request, in tokens. */
  maxTokens: number | undefined
  /** The model's context window in tokens, when known. */
  context: number | undefined
}

/** `num_ctx` for a request, in tokens: a power of two that holds it, never above the model's window. */
export function contextSize(need: ContextNeed): number {
  const tokens = need.inputTokens * MARGIN + Math.min(need.maxTokens ?? ANSWER, MOST_ANSWER) + TEMPLATE
  let size = DEFAULT_CONTEXT
  while (size < tokens) size *= 2
  return need.context === undefined ? size : Math.min(size, need.context)
}

/** Whether a request has room in the context that a server gives unasked. */
export function fitsDefault({ inputTokens, maxTokens }: ContextNeed): boolean {
  return inputTokens * MARGIN + TEMPLATE + Math.min(maxTokens ?? SHORT_ANSWER, MOST_ANSWER) <= DEFAULT_CONTEXT
}
