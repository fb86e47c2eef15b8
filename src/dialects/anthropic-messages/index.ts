import type { ClientDialect, ProviderDialect } from '../types.ts'
import { adaptBody } from './adapt-body.ts'
import { decodeError } from './decode-error.ts'
import { decodeRequest } from './decode-request.ts'
import { decodeResponse } from './decode-response.ts'
import { encodeError, encodeStreamError } from './encode-error.ts'
import { encodeRequest } from './encode-request.ts'
import { encodeResponse } from './encode-response.ts'
import { probeReply } from './probe.ts'
import { readFacts } from './read-facts.ts'
import { createStreamDecoder } from './stream-decoder.ts'
import { createStreamEncoder } from './stream-encoder.ts'
import { stripProofs } from './strip-proofs.ts'

/** Anthropic Messages as clients speak it (`POST /v1/messages`). */
export const anthropicClient: ClientDialect = {
  id: 'anthropic-messages',
  framing: 'sse',
  readyAnswer: probeReply,
  encodeCount: countTokensBody,
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  encodeStreamError,
}

/** Anthropic Messages as providers speak it. */
export const anthropicProvider: ProviderDialect = {
  id: 'anthropic-messages',
  framing: 'sse',
  adaptBody,
  stripProofs,
  encodeRequest,
  decodeResponse,
  createStreamDecoder,
  decodeError,
}

/** Answer of `POST /v1/messages/count_tokens`. `inputTokens` may be an estimate. */
export function countTokensBody(inputTokens: number): Record<string, unknown> {
  return { input_tokens: inputTokens }
}
