import { encodeError, encodeStreamError } from '../ollama-chat/encode-error.ts'
import type { ClientDialect } from '../types.ts'
import { decodeRequest } from './decode-request.ts'
import { createStreamEncoder, encodeResponse } from './encode-response.ts'
import { readFacts } from './read-facts.ts'

export { generateLoadReply } from './load.ts'

/**
 * The client's side of POST /api/generate. Its id is not that of /api/chat: bodies of one must never be passed on to
 * the other.
 */
export interface GenerateClient extends Omit<ClientDialect, 'id'> {
  id: 'ollama-generate'
}

/** Clients that speak Ollama's completion API: POST /api/generate, which streams unless told otherwise. */
export const ollamaGenerateClient: GenerateClient = {
  id: 'ollama-generate',
  framing: 'ndjson',
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  encodeStreamError,
}
