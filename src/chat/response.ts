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
      const { id, name, signature } = part
      events.push({ type: 'tool_call_start', index, id, name, ...(signature !== undefined && { signature }) })
      events.push({ type: 'tool_call_delta', index, arguments: part.arguments })
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

/**
 * The answer that the events of a stream make: the reverse of `toEvents`. Errors are left out; without a `finish` event
 * an answer with calls stopped for them.
 */
export function collect(events: readonly StreamEvent[]): ChatResponse {
  const content: ChatResponse['content'] = []
  const calls = new Map<number, ToolCallPart>()
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
        if (isOpen(last)) last.text += event.text
        else content.push({ type: 'thinking', text: event.text })
        break
      case 'thinking_signature':
        if (isOpen(last)) last.signature = event.signature
        else content.push({ type: 'thinking', text: '', signature: event.signature })
        break
      case 'thinking_encrypted':
        if (isOpen(last)) last.encrypted = event.data
        else content.push({ type: 'thinking', text: '', encrypted: event.data })
        break
      case 'tool_call_start': {
        const call = openCall(event)
        calls.set(event.index, call)
        content.push(call)
        break
      }
      case 'tool_call_delta': {
        const call = calls.get(event.index)
        if (call !== undefined) call.arguments += event.arguments
        break
      }
      case 'usage':
        response.usage = { ...response.usage, ...event.usage }
        break
      case 'finish':
        hasFinish = true
        response.finish = event.reason
        if (event.stopSequence !== undefined) response.stopSequence = event.stopSequence
        break
      case 'error':
        break
    }
  }
  if (!hasFinish && calls.size > 0) response.finish = 'tool_calls'
  return response
}

/** A call as it is announced: without arguments. */
export function openCall({ id, name, signature }: Extract<StreamEvent, { type: 'tool_call_start' }>): ToolCallPart {
  return { type: 'tool_call', id, name, arguments: '', ...(signature !== undefined && { signature }) }
}

/** True for reasoning that is not closed by a proof. */
function isOpen(part: ChatResponse['content'][number] | undefined): part is ThinkingPart {
  return part?.type === 'thinking' && part.signature === undefined && part.encrypted === undefined
}
