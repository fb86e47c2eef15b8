import type { Preset } from '../types.ts'

/**
 * OpenAI, Chat Completions. From gpt-5.4 on it refuses `reasoning_effort` beside function tools with status 400
 * (https://github.com/openai/openai-openapi/issues/541), and agents always send tools: so it is never sent.
 * Source: https://platform.openai.com/docs/api-reference/chat
 */
const openai: Preset = {
  title: 'OpenAI',
  baseUrl: 'https://api.openai.com/v1',
  keyVariable: 'OPENAI_API_KEY',
  quirks: { max_tokens_field: 'max_completion_tokens', reasoning_effort: false },
  defaults: {},
  docs: 'https://platform.openai.com/docs/api-reference/chat',
}

/**
 * NVIDIA NIM, hosted. It refuses fields it does not know (status 400 or 422, https://github.com/NVIDIA/garak/issues/748),
 * `reasoning_effort` among them for most models; reasoning comes as `reasoning_content`.
 * Source: https://docs.api.nvidia.com/nim/reference/llm-apis
 */
const nvidia: Preset = {
  title: 'NVIDIA NIM',
  baseUrl: 'https://integrate.api.nvidia.com/v1',
  keyVariable: 'NVIDIA_API_KEY',
  quirks: {
    max_tokens_field: 'max_tokens',
    reasoning_effort: false,
    drop_parameters: ['store', 'metadata', 'prompt_cache_key', 'service_tier', 'verbosity'],
  },
  defaults: {},
  docs: 'https://docs.api.nvidia.com/nim/reference/llm-apis',
}

/**
 * OpenRouter. Reasoning comes and goes back in the field `reasoning`.
 * Source: https://openrouter.ai/docs/use-cases/reasoning-tokens
 */
const openrouter: Preset = {
  title: 'OpenRouter',
  baseUrl: 'https://openrouter.ai/api/v1',
  keyVariable: 'OPENROUTER_API_KEY',
  quirks: { reasoning_field: 'reasoning' },
  defaults: {},
  docs: 'https://openrouter.ai/docs/api/api-reference/chat/send-chat-completion-request',
}

/**
 * Groq. `logprobs`, `top_logprobs` and `logit_bias` get status 400.
 * Source: https://console.groq.com/docs/openai
 */
const groq: Preset = {
  title: 'Groq',
  baseUrl: 'https://api.groq.com/openai/v1',
  keyVariable: 'GROQ_API_KEY',
  quirks: { max_tokens_field: 'max_completion_tokens', drop_parameters: ['logprobs', 'top_logprobs', 'logit_bias'] },
  defaults: {},
  docs: 'https://console.groq.com/docs/openai',
}

/**
 * Mistral. Unknown fields get status 422 `extra_forbidden`: `max_completion_tokens` and `store`
 * (https://github.com/Gitlawb/openclaude/issues/739), `stream_options.include_usage`
 * (https://github.com/openai/openai-agents-python/issues/442; usage comes anyway), `reasoning_content` in the history
 * (https://github.com/charmbracelet/crush/issues/1590). Its seed is called `random_seed`.
 * A begun answer is marked with `prefix` and comes again ahead of the rest (npm @ai-sdk/mistral 3.0.52 skips it).
 * Source: https://docs.mistral.ai/api/
 */
const mistral: Preset = {
  title: 'Mistral AI',
  baseUrl: 'https://api.mistral.ai/v1',
  keyVariable: 'MISTRAL_API_KEY',
  quirks: {
    max_tokens_field: 'max_tokens',
    stream_usage: false,
    prefill: 'prefix',
    prefill_echo: true,
    drop_parameters: ['store', 'seed', 'user', 'logprobs', 'top_logprobs', 'logit_bias', 'service_tier', 'verbosity'],
  },
  defaults: {},
  docs: 'https://docs.mistral.ai/api/',
}

/**
 * DeepSeek. It knows `max_tokens` and `response_format: json_object`, returns reasoning as `reasoning_content`, and wants
 * it back with the assistant's tool calls.
 * Source: https://api-docs.deepseek.com/guides/thinking_mode and https://api-docs.deepseek.com/api/create-chat-completion
 */
const deepseek: Preset = {
  title: 'DeepSeek',
  baseUrl: 'https://api.deepseek.com/v1',
  keyVariable: 'DEEPSEEK_API_KEY',
  quirks: {
    max_tokens_field: 'max_tokens',
    reasoning_field: 'reasoning_content',
    reasoning_required: true,
    json_schema: false,
  },
  defaults: {},
  docs: 'https://api-docs.deepseek.com/api/create-chat-completion',
}

/**
 * xAI. What only some of its models refuse is in `model-quirks.ts`.
 * Source: https://docs.x.ai/docs/guides/reasoning
 */
const xai: Preset = {
  title: 'xAI',
  baseUrl: 'https://api.x.ai/v1',
  keyVariable: 'XAI_API_KEY',
  quirks: {},
  defaults: {},
  docs: 'https://docs.x.ai/docs/guides/reasoning',
}

/** Providers on the internet that need a key. */
export const HOSTED: Readonly<
  Record<'openai' | 'nvidia' | 'openrouter' | 'groq' | 'mistral' | 'deepseek' | 'xai', Preset>
> = { openai, nvidia, openrouter, groq, mistral, deepseek, xai }
