import type { ProviderKind } from '../profile/types.ts'
import type { Endpoint, KindSpec } from './types.ts'

const CHAT: Endpoint = { dialect: 'openai-chat', path: '/chat/completions' }
const OLLAMA: Endpoint = { dialect: 'ollama-chat', path: '/api/chat' }

/** What each kind of provider is. `defaults` are assumptions: anything that was said of a model beats them. */
export const KINDS: Readonly<Record<ProviderKind, KindSpec>> = {
  // https://platform.claude.com/docs/en/api/overview
  anthropic: {
    kind: 'anthropic',
    baseUrl: 'https://api.anthropic.com',
    keyVariable: 'ANTHROPIC_API_KEY',
    endpoints: [{ dialect: 'anthropic-messages', path: '/v1/messages' }],
    auth: 'x-api-key',
    headers: { 'anthropic-version': '2023-06-01' },
    defaults: { capabilities: ['tools', 'vision', 'json', 'thinking', 'documents'], context: 200_000 },
  },
  'openai-compatible': {
    kind: 'openai-compatible',
    endpoints: [CHAT],
    auth: 'bearer',
    headers: {},
    defaults: { capabilities: ['tools', 'json'] },
  },
  // https://platform.openai.com/docs/api-reference. Responses takes tools with every model; Chat no longer does.
  openai: {
    kind: 'openai',
    preset: 'openai',
    baseUrl: 'https://api.openai.com/v1',
    keyVariable: 'OPENAI_API_KEY',
    endpoints: [{ dialect: 'openai-responses', path: '/responses' }, CHAT],
    auth: 'bearer',
    headers: {},
    // The preset leaves it out for the sake of Chat with tools; those requests go to Responses here.
    quirks: { reasoning_effort: true },
    defaults: { capabilities: ['tools', 'json'] },
  },
  nvidia: {
    kind: 'nvidia',
    preset: 'nvidia',
    endpoints: [CHAT],
    auth: 'bearer',
    headers: {},
    defaults: { capabilities: ['tools', 'json'] },
  },
  // https://ai.google.dev/api/generate-content
  gemini: {
    kind: 'gemini',
    baseUrl: 'https://generativelanguage.googleapis.com',
    keyVariable: 'GEMINI_API_KEY',
    endpoints: [
      {
        dialect: 'gemini',
        path: '/v1beta/models/{model}:generateContent',
        streamPath: '/v1beta/models/{model}:streamGenerateContent?alt=sse',
      },
    ],
    auth: 'x-goog-api-key',
    headers: {},
    defaults: { capabilities: ['tools', 'vision', 'json', 'thinking', 'documents'], context: 1_048_576 },
  },
  // https://docs.ollama.com/api; only ollama.com asks for a key.
  ollama: {
    kind: 'ollama',
    baseUrl: 'http://127.0.0.1:11434',
    keyVariable: 'OLLAMA_API_KEY',
    endpoints: [OLLAMA],
    auth: 'bearer',
    headers: {},
    defaults: {},
  },
  // https://docs.ollama.com/cloud. The hosted service sizes the context itself; names there have no `-cloud`.
  'ollama-cloud': {
    kind: 'ollama-cloud',
    baseUrl: 'https://ollama.com',
    keyVariable: 'OLLAMA_API_KEY',
    endpoints: [OLLAMA],
    auth: 'bearer',
    headers: {},
    quirks: { drop_parameters: ['num_ctx', 'truncate'] },
    defaults: {},
  },
  // Answers inside this process; the base URL is a name, nothing connects to it.
  demo: {
    kind: 'demo',
    baseUrl: 'http://demo.localhost/v1',
    endpoints: [CHAT],
    auth: 'none',
    headers: {},
    defaults: { capabilities: ['tools', 'json'], context: 128_000, price: { input: 0, output: 0 } },
  },
}
