// List prices, as of 2026-11-21. Sources: npm @earendil-works/pi-ai 1.5.2 (2026-11-10) and npm @pydantic/genai-prices 0.1.8
// (2026-09-23, retired models). Prices for prompts within the normal window; caching and batches left out.

/** Name of a model, which may be followed by `-latest`, a date or `@…`: USD per million input and output tokens. */
export type PriceRow = readonly [prefix: string, input: number, output: number]

const OPENAI: readonly PriceRow[] = [
  ['gpt-4o-mini', 0.15, 0.6],
  ['gpt-4o', 2.5, 10],
  ['gpt-4o-2024-05-13', 5, 15],
  ['gpt-4.1-nano', 0.1, 0.4],
  ['gpt-4.1-mini', 0.4, 1.6],
  ['gpt-4.1', 2, 8],
  ['gpt-5-nano', 0.05, 0.4],
  ['gpt-5-mini', 0.25, 2],
  ['gpt-5', 1.25, 10],
  ['gpt-5.1', 1.25, 10],
  ['gpt-5.2', 1.75, 14],
  ['gpt-5.4-nano', 0.2, 1.25],
  ['gpt-5.4-mini', 0.75, 4.5],
  ['gpt-5.4', 2.5, 15],
  ['gpt-5.5', 5, 30],
  ['gpt-5.6-luna', 0.2, 1.2],
  ['gpt-5.6-terra', 2, 12],
  ['gpt-5.6-sol', 4, 20],
  ['gpt-6-luna', 0.1, 0.5],
  ['gpt-6-sol', 2, 10],
  ['gpt-6-astra', 10, 50],
  ['gpt-6.1-terra', 1, 5],
  ['gpt-6.1-sol', 2, 10],
  ['o3-mini', 1.1, 4.4],
  ['o4-mini', 1.1, 4.4],
  ['o3', 2, 8],
  ['o1', 15, 60],
]

const ANTHROPIC: readonly PriceRow[] = [
  ['claude-3-haiku', 0.25, 1.25],
  ['claude-3-5-haiku', 0.8, 4],
  ['claude-3-5-sonnet', 3, 15],
  ['claude-3-7-sonnet', 3, 15],
  ['claude-3-opus', 15, 75],
  ['claude-haiku-4-5', 1, 5],
  ['claude-haiku-5-5', 0.1, 0.5],
  ['claude-sonnet-4', 3, 15],
  ['claude-sonnet-4-5', 3, 15],
  ['claude-sonnet-4-6', 3, 15],
  ['claude-sonnet-5', 2, 10],
  ['claude-sonnet-5-5', 2, 10],
  ['claude-opus-4', 15, 75],
  ['claude-opus-4-1', 15, 75],
  ['claude-opus-4-5', 5, 25],
  ['claude-opus-4-6', 5, 25],
  ['claude-opus-4-7', 5, 25],
  ['claude-opus-4-8', 5, 25],
  ['claude-opus-5', 5, 25],
  ['claude-opus-5-5', 4, 20],
  ['claude-fable-5', 10, 50],
  ['claude-fable-5-1', 10, 50],
  ['claude-fable-5-2', 8, 40],
]

const GROQ: readonly PriceRow[] = [
  ['openai/gpt-oss-120b', 0.15, 0.6],
  ['openai/gpt-oss-20b', 0.075, 0.3],
  ['qwen/qwen3.6-27b', 0.6, 3],
  ['qwen/qwen3.8-27b', 0.8, 4],
  ['llama-3.3-70b-versatile', 0.59, 0.79],
  ['llama-3.1-8b-instant', 0.05, 0.08],
]

const MISTRAL: readonly PriceRow[] = [
  ['mistral-large-4', 0.7, 2.1],
  ['mistral-large-latest', 0.5, 1.5],
  ['mistral-large-2512', 0.5, 1.5],
  ['mistral-medium-latest', 1.5, 7.5],
  ['mistral-medium-2604', 1.5, 7.5],
  ['mistral-medium-2508', 0.4, 2],
  ['mistral-small-latest', 0.15, 0.6],
  ['mistral-small-2603', 0.15, 0.6],
  ['devstral-latest', 0.4, 2],
  ['devstral-2512', 0.4, 2],
  ['codestral-latest', 0.3, 0.9],
  ['codestral-2508', 0.3, 0.9],
  ['ministral-8b-latest', 0.15, 0.15],
  ['ministral-3b-latest', 0.1, 0.1],
]

const DEEPSEEK: readonly PriceRow[] = [
  ['deepseek-flash', 0.3, 1.2],
  ['deepseek-v4-pro', 1.32, 3.96],
]

const XAI: readonly PriceRow[] = [
  ['grok-4.3', 1.25, 2.5],
  ['grok-4.5', 2, 6],
  ['grok-4.6', 2, 6],
  ['grok-4.7', 2, 6],
]

const OPENROUTER: readonly PriceRow[] = [
  ['anthropic/claude-haiku-5.5', 0.1, 0.5],
  ['anthropic/claude-sonnet-5.5', 2, 10],
  ['anthropic/claude-opus-5.5', 4, 20],
  ['openai/gpt-6-luna', 0.1, 0.5],
  ['openai/gpt-6.1-terra', 1, 5],
  ['openai/gpt-6.1-sol', 2, 10],
  ['google/gemini-3.5-flash-lite', 0.3, 2.5],
  ['google/gemini-3.7-flash', 0.75, 3.75],
  ['z-ai/glm-5.1', 1.4, 4.4],
  ['moonshotai/kimi-k3.1-pro', 2, 10],
]

/** By preset, or by kind for providers without presets. */
export const PRICES: Readonly<Record<string, readonly PriceRow[]>> = {
  openai: OPENAI,
  anthropic: ANTHROPIC,
  groq: GROQ,
  mistral: MISTRAL,
  deepseek: DEEPSEEK,
  xai: XAI,
  openrouter: OPENROUTER,
}
