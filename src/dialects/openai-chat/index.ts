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

/** Clients that speak OpenAI Chat Completions. */
export const openaiChatClient: ClientDialect = {
  id: 'openai-chat',
  framing: 'sse',
  readFacts,
  decodeRequest,
  encodeResponse,
  createStreamEncoder,
  encodeError,
  encodeStreamError,
}

/** Providers that speak OpenAI Chat Completions. */
export const openaiChatProvider: ProviderDialect = {
  id: 'openai-chat',
  framing: 'sse',
  adaptBody,
  stripProofs,
  encodeRequest,
  decodeResponse,
  createStreamDecoder,
  decodeError,
}
