import type { ChatResponse } from '../../chat/response.ts'
import { createAnswerEncoder, encodeAnswer, type AnswerShape } from '../ollama-chat/answer-encoder.ts'
import type { AnswerMeta, StreamEncoder } from '../types.ts'

/** Where /api/generate puts what was said. It has no tools. */
export const generateShape: AnswerShape = ({ text, thinking }) => ({
  response: text,
  ...(thinking !== '' && { thinking }),
})

/**
 * Encodes the answer of POST /api/generate with `stream: false`. There is no `context` in it: those are the tokens of a
 * local model, and clients only send them back.
 */
export function encodeResponse(response: ChatResponse, meta: AnswerMeta): Record<string, unknown> {
  return encodeAnswer(generateShape, response, meta)
}

/** Encodes a streamed answer of POST /api/generate: one JSON document a line. */
export function createStreamEncoder(meta: AnswerMeta): StreamEncoder {
  return createAnswerEncoder(generateShape, meta)
}
