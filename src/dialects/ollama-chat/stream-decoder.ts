import type { UpstreamError } from '../../chat/error.ts'
import type { StreamEvent } from '../../chat/events.ts'
import { isRecord } from '../../lib/is-record.ts'
import { badAnswer } from '../shared/bad-answer.ts'
import type { Frame, StreamDecoder } from '../types.ts'
import { readAnswer, readStop, type Answer } from './answer.ts'
import { decodeErrorBody } from './errors.ts'

/**
 * Decodes the lines of a streamed answer. The line with `done: true` ends it; a failure is a line `{"error": "…"}`.
 * A tool call comes whole in one line. Nothing is decoded behind the end or a failure.
 */
export function createStreamDecoder(): StreamDecoder {
  return new OllamaStreamDecoder()
}

class OllamaStreamDecoder implements StreamDecoder {
  #started = false
  #ended = false
  #output = false
  #calls = 0

  get ended(): boolean {
    return this.#ended
  }

  push(frame: Frame): StreamEvent[] {
    if (this.#ended || frame.data === '') return []
    try {
      return this.#read(JSON.parse(frame.data))
    } catch {
      return this.#fail(badAnswer('a line of the stream is not JSON'))
    }
  }

  #read(line: unknown): StreamEvent[] {
    if (!isRecord(line)) return this.#fail(badAnswer('a line of the stream is not a JSON object'))
    const error = decodeErrorBody(line)
    if (error !== undefined) return this.#fail(error)
    const answer = readAnswer(line, this.#calls)
    return answer === undefined ? [] : this.#decode(answer)
  }

  #decode(answer: Answer): StreamEvent[] {
    const events: StreamEvent[] = []
    if (!this.#started) events.push({ type: 'start', ...(answer.model !== undefined && { model: answer.model }) })
    this.#started = true
    if (answer.thinking !== '') events.push({ type: 'thinking', text: answer.thinking })
    if (answer.text !== '') events.push({ type: 'text', text: answer.text })
    for (const call of answer.calls) {
      const index = this.#calls++
      events.push({ type: 'tool_call_start', index, id: call.id, name: call.name })
      events.push({ type: 'tool_call_delta', index, arguments: call.arguments })
    }
    this.#output ||= answer.thinking !== '' || answer.text !== '' || answer.calls.length > 0
    if (answer.done) events.push(...this.#finish(answer))
    return events
  }

  #finish(answer: Answer): StreamEvent[] {
    // Whether an answer without a word is one is not for a decoder to say: it may be the rest of another.
    const isSilent = !this.#output && answer.reason === 'stop'
    const reason = isSilent ? 'stop' : readStop(answer.reason, { output: this.#output, calls: this.#calls })
    if (reason === undefined) return this.#fail(badAnswer('the answer is empty'))
    this.#ended = true
    const events: StreamEvent[] = []
    if (Object.keys(answer.usage).length > 0) events.push({ type: 'usage', usage: answer.usage })
    events.push({ type: 'finish', reason })
    return events
  }

  #fail(error: UpstreamError): StreamEvent[] {
    this.#ended = true
    return [{ type: 'error', error }]
  }
}
