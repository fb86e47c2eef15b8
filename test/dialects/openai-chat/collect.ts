import type { StreamEvent, Usage } from '../../../src/chat/events.ts'
import type { ToolCallPart } from '../../../src/chat/request.ts'
import { openCall, type ChatResponse } from '../../../src/chat/response.ts'

/** What an answer says, free of how it was cut into parts. */
export interface Said {
  thinking: string
  text: string
  calls: { id: string; name: string; arguments: string; signature?: string }[]
  finish: string | undefined
  usage: Usage
}

export function collect(events: readonly StreamEvent[]): Said {
  const said: Said = { thinking: '', text: '', calls: [], finish: undefined, usage: {} }
  for (const event of events) {
    if (event.type === 'text') said.text += event.text
    else if (event.type === 'thinking') said.thinking += event.text
    else if (event.type === 'tool_call_start') said.calls[event.index] = callOf(openCall(event))
    else if (event.type === 'tool_call_delta') {
      const call = said.calls[event.index]
      if (call === undefined) throw new Error('a delta before its start')
      call.arguments += event.arguments
    } else if (event.type === 'usage') said.usage = { ...said.usage, ...event.usage }
    else if (event.type === 'finish') said.finish = event.reason
    else if (event.type === 'error') throw new Error(event.error.message)
  }
  return said
}

function callOf({ id, name, arguments: args, signature }: ToolCallPart): Said['calls'][number] {
  return { id, name, arguments: args, ...(signature !== undefined && { signature }) }
}

export function sayOf(response: ChatResponse): Said {
  const said: Said = { thinking: '', text: '', calls: [], finish: response.finish, usage: response.usage }
  for (const part of response.content) {
    if (part.type === 'text') said.text += part.text
    else if (part.type === 'thinking') said.thinking += part.text
    else said.calls.push(callOf(part))
  }
  return said
}
