import type { ProviderDialect } from '../types.ts'
import { decodeResponse } from './decode-response.ts'
import { encodeRequest } from './encode-request.ts'
import { decodeError } from './errors.ts'
import { createStreamDecoder } from './stream-decoder.ts'

/**
 * Ollama's own chat API as a provider: POST /api/chat, streams as one JSON document a line.
 * Preferred to Ollama's `/v1` because only this one takes `num_ctx` and `truncate`.
 */
export const ollamaProvider: ProviderDialect = {
  id: 'ollama-chat',
  framing: 'ndjson',
  encodeRequest,
  decodeResponse,
  createStreamDecoder,
  decodeError,
}
