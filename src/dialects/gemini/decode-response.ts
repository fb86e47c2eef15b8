import type { StreamEvent } from '../../chat/events.ts'
import type { ChatResponse } from '../../chat/response.ts'
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
  if (failure !== undefined) throw new MalformedAnswer(`the answer is an error: ${failure.error.message}`)
  const response = collect(events)
  if (response.content.length === 0 && !events.some((event) => event.type === 'finish')) {
    throw new MalformedAnswer('the answer holds no content')
  }
  return response
}

/** The answer that a list of events makes. */
function collect(events: readonly StreamEvent[]): ChatResponse {
  const content: ChatResponse['content'] = []
  const response: ChatResponse = { content, finish: 'stop', usage: {} }
  let hasFinish = false
  for (const event of events) {
    const last = content.at(-1)
    switch (event.type) {
      case 'start':
        if (event.id !== undefined) response.id = event.id
        if (event.model !== undefined) response.model = event.model
        break
      case 'text':
        if (last?.type === 'text') last.text += event.text
        else content.push({ type: 'text', text: event.text })
        break
      case 'thinking':
        if (last?.type === 'thinking' && last.signature === undefined) last.text += event.text
        else content.push({ type: 'thinking', text: event.text })
        break
      case 'thinking_signature':
        if (last?.type === 'thinking' && last.signature === undefined) last.signature = event.signature
        else content.push({ type: 'thinking', text: '', signature: event.signature })
        break
      case 'tool_call_start':
        content.push({ type: 'tool_call', id: event.id, name: event.name, arguments: '' })
        break
      // A call comes whole, so both belong to the part before.
      case 'tool_call_delta':
        if (last?.type === 'tool_call') last.arguments += event.arguments
        break
      case 'tool_call_signature':
        if (last?.type === 'tool_call') last.signature = event.signature
        break
      case 'usage':
        response.usage = { ...response.usage, ...event.usage }
        break
      case 'finish':
        hasFinish = true
        response.finish = event.reason
        break
      case 'thinking_encrypted':
      case 'error':
        break
    }
  }
  if (!hasFinish && content.some((part) => part.type === 'tool_call')) response.finish = 'tool_calls'
  return response
}
