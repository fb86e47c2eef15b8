import type { ChatResponse } from '../../chat/response.ts'
import type { AnswerMeta, StreamEncoder } from '../types.ts'
import { createAnswerEncoder, encodeAnswer, type AnswerShape } from './answer-encoder.ts'

/** Where /api/chat puts what was said. Without reasoning or calls there is no such member. */
export const chatShape: AnswerShape = ({ text, thinking, calls }) => ({
  message: {
    role: 'assistant',
    content: text,
    ...(thinking !== '' && { thinking }),
    ...(calls.length > 0 && { tool_calls: calls }),
  },
})

/** Encodes the answer of POST /api/chat with `stream: false`. Signatures and encrypted reasoning are left out. */
export function encodeResponse(response: ChatResponse, meta: AnswerMeta): Record<string, unknown> {
  return encodeAnswer(chatShape, response, meta)
}

/** Encodes a streamed answer of POST /api/chat: one JSON document a line. */
export function createStreamEncoder(meta: AnswerMeta): StreamEncoder {
  return createAnswerEncoder(chatShape, meta)
}
