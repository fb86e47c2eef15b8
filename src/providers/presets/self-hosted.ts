import type { Preset } from '../types.ts'

/** Nobody sends a bill for one's own server. */
const FREE = { price: { input: 0, output: 0 } }

/**
 * LM Studio's local server. It documents `max_tokens` and `response_format: json_schema`.
 * Source: https://lmstudio.ai/docs/developer/openai-compat
 */
const lmstudio: Preset = {
  title: 'LM Studio',
  baseUrl: 'http://127.0.0.1:1234/v1',
  quirks: { max_tokens_field: 'max_tokens' },
  defaults: FREE,
  docs: 'https://lmstudio.ai/docs/developer/openai-compat',
}

/**
 * llama-server of llama.cpp. It documents `max_tokens`, and takes earlier reasoning back as `reasoning_content`
 * (https://github.com/ggml-org/llama.cpp/pull/16934).
 * Source: https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md
 */
const llamacpp: Preset = {
  title: 'llama.cpp',
  baseUrl: 'http://127.0.0.1:8080/v1',
  quirks: { max_tokens_field: 'max_tokens', reasoning_field: 'reasoning_content' },
  defaults: FREE,
  docs: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
}

/**
 * vLLM. Reasoning is called `reasoning`; before 0.11.2 it was `reasoning_content`.
 * Source: https://docs.vllm.ai/en/latest/features/reasoning_outputs/
 */
const vllm: Preset = {
  title: 'vLLM',
  baseUrl: 'http://127.0.0.1:8000/v1',
  quirks: {
    max_tokens_field: 'max_completion_tokens',
    reasoning_field: 'reasoning',
    prefill: 'continue_final_message',
  },
  defaults: FREE,
  docs: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server/',
}

/** Servers one runs oneself; they need no key. */
export const SELF_HOSTED: Readonly<Record<'lmstudio' | 'llamacpp' | 'vllm', Preset>> = { lmstudio, llamacpp, vllm }
