import type { StreamEvent } from './events.ts'
import type { ChatResponse } from './response.ts'

// Tools go under other names where a provider refuses the client's; the answer's calls get the client's names back.

/** The event with the client's name of the tool. `names`: the client's names by those on the wire. */
export function renameCall(event: StreamEvent, names: ReadonlyMap<string, string>): StreamEvent {
  const name = event.type === 'tool_call_start' ? names.get(event.name) : undefined
  return event.type === 'tool_call_start' && name !== undefined ? { ...event, name } : event
}

/** As `renameCall`, for a whole answer. */
export function renameCalls(response: ChatResponse, names: ReadonlyMap<string, string>): ChatResponse {
  const content = response.content.map((part) => {
    const name = part.type === 'tool_call' ? names.get(part.name) : undefined
    return name === undefined ? part : { ...part, name }
  })
  return { ...response, content }
}
