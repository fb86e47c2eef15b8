import { collect, type ChatResponse } from '../../chat/response.ts'
import { MalformedAnswer } from '../types.ts'
import { AnswerDecoder } from './answer-decoder.ts'

/**
 * Decodes a whole answer: one GenerateContentResponse, or the list of chunks that `streamGenerateContent` gives without
 * `alt=sse`. Throws `MalformedAnswer` when it is none, carries an error, or failed as the model's own.
 */
export function decodeResponse(body: unknown): ChatResponse {
  const decoder = new AnswerDecoder()
  const events = (Array.isArray(body) ? body : [body]).flatMap((chunk: unknown) => decoder.push(chunk))
  const failure = events.find((event) => event.type === 'error')
  if (failure !== undefined)
    throw new MalformedAnswer(`the answer is an error: ${failure.error.message}`, failure.error)
  const response = collect(events)
  if (response.content.length === 0 && !events.some((event) => event.type === 'finish')) {
    throw new MalformedAnswer('the answer holds no content')
  }
  return response
}
