// The clients of the grid: five dialects, whole and streamed.
import { chatClient } from './grid-chat.ts'
import { geminiClient } from './grid-gemini.ts'
import { messagesClient } from './grid-messages.ts'
import { ollamaClient } from './grid-ollama.ts'
import { responsesClient } from './grid-responses.ts'
import type { GridClient } from './grid-types.ts'

export const GRID_CLIENTS: readonly GridClient[] = [
  chatClient(false),
  chatClient(true),
  responsesClient(false),
  responsesClient(true),
  messagesClient(false),
  messagesClient(true),
  geminiClient('whole'),
  geminiClient('streamed'),
  geminiClient('streamed as an array'),
  ollamaClient(false),
  ollamaClient(true),
]
