import type { ClientDialect, ProviderDialect } from '../types.ts'
import { adaptBody } from './adapt-body.ts'
import { inArray } from './array-client.ts'
import { decodeError } from './decode-error.ts'
import { decodeRequest } from './decode-request.ts'
import { decodeResponse } from './decode-response.ts'
import { encodeError, encodeStreamError } from './encode-error.ts'
import { encodeRequest } from './encode-request.ts'
import { encodeResponse } from './encode-response.ts'
import { countTokensBody } from './models.ts'
import { readFacts } from './read-facts.ts'
import { createStreamDecoder } from './stream-decoder.ts'
import { createStreamEncoder } from './stream-encoder.ts'
import { stripProofs } from './strip-proofs.ts'

export { countTokensBody, geminiModel, geminiModels } from './models.ts'

/** Clients that speak Gemini's generateContent. */
export const geminiClient: ClientDialect = {
  id: 'gemini',
  framing: 'sse',
  encodeCount: countTokensBody,
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  encodeStreamError,
}

/** As `geminiClient`, for a stream that was asked for without `alt=sse`: one JSON array. One instance per request. */
export function geminiArrayClient(): ClientDialect {
  return inArray(geminiClient)
}

/** Providers that speak Gemini's generateContent. */
export const geminiProvider: ProviderDialect = {
  id: 'gemini',
  framing: 'sse',
  modelInPath: true,
  adaptBody,
  stripProofs,
  encodeRequest,
  decodeResponse,
  createStreamDecoder,
  decodeError,
}
