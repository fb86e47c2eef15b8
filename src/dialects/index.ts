import { anthropicClient, anthropicProvider } from './anthropic-messages/index.ts'
import { geminiClient, geminiProvider } from './gemini/index.ts'
import { ollamaClient, ollamaProvider } from './ollama-chat/index.ts'
import { ollamaGenerateClient } from './ollama-generate/index.ts'
import { openaiChatClient, openaiChatProvider } from './openai-chat/index.ts'
import { openaiResponsesClient, openaiResponsesProvider } from './openai-responses/index.ts'
import type { ClientDialect, DialectId, ProviderDialect, ProviderDialectId } from './types.ts'

/** What providers speak. */
export const PROVIDER_DIALECTS: Readonly<Record<ProviderDialectId, ProviderDialect>> = {
  'openai-chat': openaiChatProvider,
  'openai-responses': openaiResponsesProvider,
  'anthropic-messages': anthropicProvider,
  gemini: geminiProvider,
  'ollama-chat': ollamaProvider,
}

/** What clients may speak. */
export const CLIENT_DIALECTS: Readonly<Record<DialectId, ClientDialect>> = {
  'openai-chat': openaiChatClient,
  'openai-responses': openaiResponsesClient,
  'anthropic-messages': anthropicClient,
  gemini: geminiClient,
  'ollama-chat': ollamaClient,
  'ollama-generate': ollamaGenerateClient,
}
