// What the real provider of each dialect refuses.
import type { ProviderDialectName } from '../grid-provider.ts'
import type { Received } from '../upstream.ts'
import { anthropicMessagesViolations } from './anthropic-messages.ts'
import { geminiViolations } from './gemini.ts'
import { ollamaChatViolations } from './ollama-chat.ts'
import { openaiChatViolations } from './openai-chat.ts'
import { openaiResponsesViolations } from './openai-responses.ts'

/** What the API of the dialect would answer 400 to in this request; empty when it would take it. */
export function wireViolations(dialect: ProviderDialectName, { json, headers, path }: Received): string[] {
  switch (dialect) {
    case 'chat':
      return openaiChatViolations(json)
    case 'responses':
      return openaiResponsesViolations(json)
    case 'messages':
      return anthropicMessagesViolations(json, headers)
    case 'gemini':
      return geminiViolations(json, /\/models\/([^:]+):/.exec(path)?.[1] ?? '')
    case 'ollama':
      return ollamaChatViolations(json)
  }
}
