import type { StopReason, StreamEvent, Usage } from './events.ts'
import type { TextPart, ThinkingPart, ToolCallPart } from './request.ts'

/** A whole answer: the same content as the events of a stream, collected. */
export interface ChatResponse {
  id?: string
  /** Model id as the provider named it. */
  model?: string
  content: (TextPart | ThinkingPart | ToolCallPart)[]
  finish: StopReason
  stopSequence?: string
  usage: Usage
}

/** Turns a whole answer into the events a stream of it would give. */
export function toEvents(response: ChatResponse): StreamEvent[] {
  const events: StreamEvent[] = [
    {
      type: 'start',
      ...(response.id !== undefined && { id: response.id }),
      ...(response.model !== undefined && { model: response.model }),
    },
  ]
  let index = 0
  for (const part of response.content) {
    if (part.type === 'text') events.push({ type: 'text', text: part.text })
    else if (part.type === 'tool_call') {
      events.push({ type: 'tool_call_start', index, id: part.id, name: part.name })
      events.push({ type: 'tool_call_delta', index, arguments: part.arguments })
      if (part.signature !== undefined) events.push({ type: 'tool_call_signature', index, signature: part.signature })
      index++
    } else {
      if (part.text !== '') events.push({ type: 'thinking', text: part.text })
      if (part.signature !== undefined) events.push({ type: 'thinking_signature', signature: part.signature })
      if (part.encrypted !== undefined) events.push({ type: 'thinking_encrypted', data: part.encrypted })
    }
  }
  events.push({ type: 'usage', usage: response.usage })
  events.push({
    type: 'finish',
    reason: response.finish,
    ...(response.stopSequence !== undefined && { stopSequence: response.stopSequence }),
  })
  return events
}
