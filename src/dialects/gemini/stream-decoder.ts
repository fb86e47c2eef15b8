import type { StreamEvent } from '../../chat/events.ts'
import { parseJson } from '../shared/values.ts'
import type { Frame, StreamDecoder } from '../types.ts'
import { AnswerDecoder } from './answer-decoder.ts'

/** Decodes the events of `streamGenerateContent?alt=sse`: each is one chunk, or, from some proxies, a list of them. */
export function createStreamDecoder(): StreamDecoder {
  const answer = new AnswerDecoder()
  return {
    push(frame: Frame): StreamEvent[] {
      const data = frame.data.trim()
      if (data === '' || data === '[DONE]') return []
      // What is not JSON is no chunk.
      const chunk = parseJson(data)
      return (Array.isArray(chunk) ? chunk : [chunk]).flatMap((each: unknown) => answer.push(each))
    },
  }
}
