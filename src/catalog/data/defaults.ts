// Good chat models to start with when only a key is known, as of 2026-11-21.
// Source: npm @earendil-works/pi-ai 1.5.2 (2026-11-10); Ollama's own recommendations in cmd/launch/models.go of
// https://github.com/ollama/ollama. Each of them takes function tools at its provider.

/** `best` answers best, `fast` answers fastest and cheapest, `good` lies between. */
export type Tier = 'best' | 'good' | 'fast'

/** By preset, by kind for providers without presets, `ollama-cloud` for ollama.com. The everyday model stands first. */
export const DEFAULT_MODELS: Readonly<Record<string, Readonly<Record<string, Tier>>>> = {
  openai: { 'gpt-5.4': 'best', 'gpt-5.4-mini': 'good', 'gpt-5.4-nano': 'fast' },
  anthropic: { 'claude-sonnet-5-5': 'good', 'claude-opus-5-5': 'best', 'claude-haiku-5-5': 'fast' },
  gemini: { 'gemini-flash-latest': 'good', 'gemini-pro-latest': 'best', 'gemini-flash-lite-latest': 'fast' },
  openrouter: {
    'anthropic/claude-sonnet-5.5': 'best',
    'openai/gpt-6.1-terra': 'good',
    'z-ai/glm-5.1': 'good',
    'google/gemini-3.5-flash-lite': 'fast',
  },
  groq: { 'openai/gpt-oss-120b': 'good', 'qwen/qwen3.8-27b': 'good', 'openai/gpt-oss-20b': 'fast' },
  mistral: { 'mistral-medium-latest': 'best', 'devstral-latest': 'good', 'mistral-small-latest': 'fast' },
  deepseek: { 'deepseek-v4-pro': 'best', 'deepseek-flash': 'fast' },
  xai: { 'grok-4.7': 'best', 'grok-4.3': 'good' },
  nvidia: {
    'deepseek-ai/deepseek-v4.1-flash': 'good',
    'nvidia/nemotron-3-ultra-550b-a55b': 'best',
    'openai/gpt-oss-20b': 'fast',
  },
  'ollama-cloud': { 'kimi-k2.6': 'best', 'glm-5.1': 'good', 'qwen3.5': 'good', 'minimax-m2.7': 'fast' },
  demo: { writer: 'good', coder: 'good', vision: 'good', small: 'fast' },
}
