import { readFacts as readAnthropicMessages } from './anthropic-messages/read-facts.ts'
import { readFacts as readGemini } from './gemini/read-facts.ts'
import { readFacts as readOllamaChat } from './ollama-chat/read-facts.ts'
import { readFacts as readOllamaGenerate } from './ollama-generate/read-facts.ts'
import { readFacts as readOpenaiChat } from './openai-chat/read-facts.ts'
import { readFacts as readOpenaiResponses } from './openai-responses/read-facts.ts'
import type { DialectId, FactReader } from './types.ts'

/** What reads the routing facts of each dialect's requests, and nothing else: `sage explain` need not load the codecs. */
export const FACT_READERS: Readonly<Record<DialectId, FactReader>> = {
  'openai-chat': { id: 'openai-chat', readFacts: readOpenaiChat },
  'openai-responses': { id: 'openai-responses', readFacts: readOpenaiResponses },
  'anthropic-messages': { id: 'anthropic-messages', readFacts: readAnthropicMessages },
  gemini: { id: 'gemini', readFacts: readGemini },
  'ollama-chat': { id: 'ollama-chat', readFacts: readOllamaChat },
  'ollama-generate': { id: 'ollama-generate', readFacts: readOllamaGenerate },
}
