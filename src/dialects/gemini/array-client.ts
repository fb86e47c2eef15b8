import type { ClientDialect } from '../types.ts'
import { splitFrames } from './frame.ts'

/**
 * The client's side of `streamGenerateContent` without `alt=sse`, whose answer is one JSON array that grows chunk by
 * chunk (content type `application/json`). Holds the state of one answer: make one per request.
 */
export function inArray(client: ClientDialect): ClientDialect {
  let opened = false
  const elements = (frames: string): string =>
    splitFrames(frames)
      .map((json) => {
        const lead = opened ? ',\r\n' : '['
        opened = true
        return lead + json
      })
      .join('')
  return {
    ...client,
    streamType: 'application/json',
    isReframed: true,
    createStreamEncoder(meta) {
      const encoder = client.createStreamEncoder(meta)
      return {
        push: (event) => elements(encoder.push(event)),
        end: () => `${elements(encoder.end())}]`,
        fail: (error) => `${elements(encoder.fail(error))}]`,
      }
    },
  }
}
