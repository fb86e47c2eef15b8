import type { StreamEvent } from '../../../src/chat/events.ts'
import type { ThinkingPart, ToolCallPart } from '../../../src/chat/request.ts'
import type { ChatResponse } from '../../../src/chat/response.ts'

/** Collects the events of a stream into the answer they make. Throws on an error event. */
export function collect(events: readonly StreamEvent[]): ChatResponse {
  const answer: ChatResponse = { content: [], finish: 'stop', usage: {} }
  const calls: ToolCallPart[] = []
  let finished = false
  for (const event of events) {
    const last = answer.content.at(-1)
    switch (event.type) {
      case 'start':
        if (event.id !== undefined) answer.id = event.id
        if (event.model !== undefined) answer.model = event.model
        break
      case 'text':
        if (last?.type === 'text') last.text += event.text
        else answer.content.push({ type: 'text', text: event.text })
        break
      case 'thinking':
        openThinking(answer).text += event.text
        break
      case 'thinking_signature':
        openThinking(answer).signature = event.signature
        break
      case 'thinking_encrypted':
        openThinking(answer).encrypted = event.data
        break
      case 'tool_call_start': {
        const call: ToolCallPart = { type: 'tool_call', id: event.id, name: event.name, arguments: '' }
        calls[event.index] = call
        answer.content.push(call)
        break
      }
      case 'tool_call_delta': {
        const call = calls[event.index]
        if (call === undefined) throw new Error('a delta before its start')
        call.arguments += event.arguments
        break
      }
      case 'usage':
        answer.usage = { ...answer.usage, ...event.usage }
        break
      case 'finish':
        finished = true
        answer.finish = event.reason
        break
      case 'error':
        throw new Error(event.error.message)
    }
  }
  if (!finished) throw new Error('the stream has no finish')
  return answer
}

/** The thinking part that goes on: a signature or a payload closes one. */
function openThinking(answer: ChatResponse): ThinkingPart {
  const last = answer.content.at(-1)
  if (last?.type === 'thinking' && last.signature === undefined && last.encrypted === undefined) return last
  const part: ThinkingPart = { type: 'thinking', text: '' }
  answer.content.push(part)
  return part
}
