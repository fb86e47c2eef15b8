import type { UpstreamError } from '../chat/error.ts'
import { MalformedAnswer } from '../dialects/types.ts'
import { FrameTooLarge } from '../lib/framing.ts'
import { TransportError } from '../providers/transport/types.ts'
import { AnswerTooLarge } from './read-body.ts'

/** What a thrown error of the transport or the framing means. Anything else is a bug here and is thrown on. */
export function toUpstreamError(error: unknown): UpstreamError {
  if (error instanceof TransportError) {
    return { kind: 'network', status: 0, message: error.message, code: error.code }
  }
  if (error instanceof FrameTooLarge || error instanceof AnswerTooLarge || error instanceof MalformedAnswer) {
    return { kind: 'bad_answer', status: 200, message: error.message }
  }
  throw error
}
