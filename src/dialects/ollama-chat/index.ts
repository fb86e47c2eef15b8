import type { ClientDialect, ProviderDialect } from '../types.ts'
import { adaptBody } from './adapt-body.ts'
import { decodeRequest } from './decode-request.ts'
import { decodeResponse } from './decode-response.ts'
import { encodeError, encodeStreamError } from './encode-error.ts'
import { encodeRequest } from './encode-request.ts'
import { createStreamEncoder, encodeResponse } from './encode-response.ts'
import { decodeError } from './errors.ts'
import { loadReply } from './load.ts'
import { readFacts } from './read-facts.ts'
import { createStreamDecoder } from './stream-decoder.ts'

export { askedModel, findListed, psBody, pullSteps, showBody, tagsBody, versionBody } from './listing.ts'

/** Clients that speak Ollama's own chat API: POST /api/chat, which streams unless told otherwise. */
export const ollamaClient: ClientDialect = {
  id: 'ollama-chat',
  framing: 'ndjson',
  readyAnswer: loadReply,
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  encodeStreamError,
}

/**
 * Ollama's own chat API as a provider: POST /api/chat, streams as one JSON document a line.
 * Preferred to Ollama's `/v1` because only this one takes `num_ctx` and `truncate`.
 */
export const ollamaProvider: ProviderDialect = {
  id: 'ollama-chat',
  framing: 'ndjson',
  adaptBody,
  encodeRequest,
  decodeResponse,
  createStreamDecoder,
  decodeError,
}
