// Shapes of the keys that providers give out, by their published prefixes. They find a key that stands where none belongs.
// Every expression here stays linear on any text: what is repeated without limit is followed by nothing.

const SHAPES: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek, Moonshot
  /\bsk-[A-Za-z0-9_-]{16,}/,
  // Stripe-like and Langfuse
  /\b[sp]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  // Google
  /\bAIza[A-Za-z0-9_-]{30,}/,
  // Groq, xAI, NVIDIA, Perplexity, Cerebras, Hugging Face, Replicate, Fireworks
  /\b(?:gsk_|xai-|nvapi-|pplx-|csk-|hf_|r8_|fw_)[A-Za-z0-9_-]{16,}/,
  // GitHub, GitLab, Slack
  /\b(?:gh[opsur]_|github_pat_|glpat-|xox[abprs]-)[A-Za-z0-9_-]{16,}/,
  // AWS
  /\bAKIA[A-Z0-9]{16}\b/,
  // JSON web token
  /\beyJ[A-Za-z0-9_-]{8,512}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?/,
  // Authorization header values
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{8,}/i,
]

/** Whether the text has something in it that looks like a key. */
export function looksLikeSecret(text: string): boolean {
  return SHAPES.some((shape) => shape.test(text))
}

const EVERYWHERE = SHAPES.map((shape) => new RegExp(shape, `${shape.flags}g`))

/** Replaces what looks like a key by stars, one for one, so that columns stay. */
export function maskShapes(text: string): string {
  return EVERYWHERE.reduce((masked, shape) => masked.replace(shape, (found) => '*'.repeat(found.length)), text)
}
