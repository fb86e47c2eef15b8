import type { UpstreamError } from '../../chat/error.ts'

/** The error of an answer that began as one and is none. */
export function badAnswer(message: string): UpstreamError {
  return { kind: 'bad_answer', status: 200, message }
}
