import type { ProviderKind } from '../profile/types.ts'
import type { KindSpec } from './types.ts'

/** What each kind of provider is. `defaults` are assumptions: anything that was said of a model beats them. */
export const KINDS: Readonly<Record<ProviderKind, KindSpec>> = {
  'openai-compatible': {
    kind: 'openai-compatible',
    dialect: 'openai-chat',
    chatPath: '/chat/completions',
    auth: 'bearer',
    headers: {},
    defaults: { capabilities: ['tools', 'json'] },
  },
  // https://platform.claude.com/docs/en/api/overview
  anthropic: {
    kind: 'anthropic',
    dialect: 'anthropic-messages',
    baseUrl: 'https://api.anthropic.com',
    keyVariable: 'ANTHROPIC_API_KEY',
    chatPath: '/v1/messages',
    auth: 'x-api-key',
    headers: { 'anthropic-version': '2023-06-01' },
    defaults: { capabilities: ['tools', 'vision', 'json', 'thinking', 'documents'], context: 200_000 },
  },
  // https://docs.ollama.com/api; only ollama.com asks for a key.
  ollama: {
    kind: 'ollama',
    dialect: 'ollama-chat',
    baseUrl: 'http://127.0.0.1:11434',
    keyVariable: 'OLLAMA_API_KEY',
    chatPath: '/api/chat',
    auth: 'bearer',
    headers: {},
    defaults: {},
  },
  // Answers inside this process; the base URL is a name, nothing connects to it.
  demo: {
    kind: 'demo',
    dialect: 'openai-chat',
    baseUrl: 'http://demo.localhost/v1',
    chatPath: '/chat/completions',
    auth: 'none',
    headers: {},
    defaults: { capabilities: ['tools', 'json'], context: 128_000, price: { input: 0, output: 0 } },
  },
}
