import { decodeError } from '../shared/decode-openai-error.ts'
import { encodeError } from '../shared/encode-openai-error.ts'
import type { ClientDialect, ProviderDialect } from '../types.ts'
import { adaptBody } from './adapt-body.ts'
import { decodeRequest } from './decode-request.ts'
import { decodeResponse } from './decode-response.ts'
import { encodeStreamError } from './encode-error.ts'
import { encodeRequest } from './encode-request.ts'
import { encodeResponse } from './encode-response.ts'
import { readFacts } from './read-facts.ts'
import { createStreamDecoder } from './stream-decoder.ts'
import { createStreamEncoder } from './stream-encoder.ts'
import { stripProofs } from './strip-proofs.ts'
import { warmUpReply } from './warm-up.ts'

/** Clients that speak OpenAI Responses (`POST /v1/responses`). Error bodies have the shape of Chat Completions. */
export const openaiResponsesClient: ClientDialect = {
  id: 'openai-responses',
  framing: 'sse',
  readyAnswer: warmUpReply,
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  goesOn: true,
  encodeStreamError,
}

/** Providers that speak OpenAI Responses. */
export const openaiResponsesProvider: ProviderDialect = {
  id: 'openai-responses',
  framing: 'sse',
  adaptBody,
  stripProofs,
  encodeRequest,
  decodeResponse,
  createStreamDecoder,
  decodeError,
}
