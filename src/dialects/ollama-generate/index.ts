import { encodeError, encodeStreamError } from '../ollama-chat/encode-error.ts'
import type { ClientDialect } from '../types.ts'
import { decodeRequest } from './decode-request.ts'
import { createStreamEncoder, encodeResponse } from './encode-response.ts'
import { generateLoadReply } from './load.ts'
import { readFacts } from './read-facts.ts'

/**
 * Clients that speak Ollama's completion API: POST /api/generate, which streams unless told otherwise. Its id is not that
 * of /api/chat: bodies of one must never be passed on to the other.
 */
export const ollamaGenerateClient: ClientDialect = {
  id: 'ollama-generate',
  framing: 'ndjson',
  readyAnswer: generateLoadReply,
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  encodeStreamError,
}
