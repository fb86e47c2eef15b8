// Which models go on with an assistant turn that ends the conversation, as of 2026-11-22. What no row covers is unknown.

/** Models at one preset or kind: pattern over the lower-case name without vendor prefix, up to a boundary. */
export interface PrefillRow {
  where: string
  model: string
  continues: boolean
  /** The fact holds only for models that are known not to reason: before an answer of its own, reasoning would come first. */
  plainOnly?: true
  /** The fact is one of the provider's own library: a name with somebody's prefix is another model. */
  ownNames?: true
}

/** The first match counts. */
export const PREFILL: readonly PrefillRow[] = [
  // "Prefilling assistant messages returns a 400 error on Claude 4.6 models", and on all newer ones
  // (https://platform.claude.com/docs/en/about-claude/models/migration-guide); older ones take it, without thinking
  // (https://platform.claude.com/docs/en/build-with-claude/prompt-engineering/prefill-claudes-response).
  { where: 'anthropic', model: 'claude-[a-z]+-4[-.][6-9]', continues: false },
  { where: 'anthropic', model: 'claude-[a-z]+-[5-9](?:[-.]\\d{1,2})?', continues: false },
  {
    where: 'anthropic',
    model: 'claude-(?:haiku|sonnet|opus)-4(?:[-.][0-5])?(?=$|[:@_]|-\\d{8}|-latest)',
    continues: true,
  },
  { where: 'anthropic', model: 'claude-3(?:[-.][57])?-(?:haiku|sonnet|opus)', continues: true },
  // `prefix: true` in the message (https://docs.mistral.ai/api/).
  {
    where: 'mistral',
    model: '(?:mistral|ministral|codestral|devstral|pixtral|open-mistral).*',
    continues: true,
    plainOnly: true,
  },
  // "any text-to-text model powered by Groq" (https://console.groq.com/docs/prefilling).
  { where: 'groq', model: '.*', continues: true, plainOnly: true },
  // The server's default; with reasoning it answers 400 (https://github.com/ggml-org/llama.cpp/pull/13608,
  // https://github.com/ggml-org/llama.cpp/pull/15404).
  { where: 'llamacpp', model: '.*', continues: true, plainOnly: true },
  // `continue_final_message` (https://docs.vllm.ai/en/latest/serving/openai_compatible_server/).
  { where: 'vllm', model: '.*', continues: true, plainOnly: true },
  // Whether the last assistant turn stays open is a matter of the model's template (https://github.com/ollama/ollama/issues/6778);
  // these templates end it only where another turn follows (https://ollama.com/library/llama3.1, …/llama3.2, …/llama3.3,
  // …/qwen2.5, …/qwen2.5-coder, …/gemma3, as of 2026-11). What the cloud uses is not shown.
  {
    where: 'ollama',
    model: '(?:llama3\\.[123]|qwen2\\.5(?:-coder)?|gemma3)(?=$|:)(?!.*cloud)',
    continues: true,
    plainOnly: true,
    ownNames: true,
  },
]
