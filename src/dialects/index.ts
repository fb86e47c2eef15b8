import { anthropicClient, anthropicProvider } from './anthropic-messages/index.ts'
import { ollamaProvider } from './ollama-chat/index.ts'
import { openaiChatClient, openaiChatProvider } from './openai-chat/index.ts'
import type { ClientDialect, ProviderDialect, ProviderDialectId } from './types.ts'

/** What providers speak. */
export const PROVIDER_DIALECTS: Readonly<Record<ProviderDialectId, ProviderDialect>> = {
  'openai-chat': openaiChatProvider,
  'anthropic-messages': anthropicProvider,
  'ollama-chat': ollamaProvider,
}

/** What clients may speak. */
export const CLIENT_DIALECTS: Readonly<Record<'openai-chat' | 'anthropic-messages', ClientDialect>> = {
  'openai-chat': openaiChatClient,
  'anthropic-messages': anthropicClient,
}
