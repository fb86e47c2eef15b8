import type { StreamEvent } from '../../chat/events.ts'
import type { Frame, StreamDecoder } from '../types.ts'
import { AnswerDecoder } from './answer-decoder.ts'

/** Decodes the events of `streamGenerateContent?alt=sse`: each is one chunk, or, from some proxies, a list of them. */
export function createStreamDecoder(): StreamDecoder {
  const answer = new AnswerDecoder()
  return {
    push(frame: Frame): StreamEvent[] {
      const data = frame.data.trim()
      if (data === '' || data === '[DONE]') return []
      const chunk = parse(data)
      return (Array.isArray(chunk) ? chunk : [chunk]).flatMap((each: unknown) => answer.push(each))
    },
  }
}

/** Parses a chunk; undefined, which is no chunk, when it is not JSON. */
function parse(data: string): unknown {
  try {
    return JSON.parse(data) as unknown
  } catch {
    return undefined
  }
}
