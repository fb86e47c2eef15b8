import type { ChatResponse } from '../../chat/response.ts'
import { toToolInput } from '../shared/tool-input.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta } from '../types.ts'
import { askedThinking } from '../shared/asked-thinking.ts'
import { claim, toToolId } from './names.ts'
import { toWireStop } from './stop-reason.ts'
import { toWireUsage } from './usage.ts'

/** Encodes a whole answer as a Messages object. */
export function encodeResponse(response: ChatResponse, meta: AnswerMeta): JsonRecord {
  const ids = new Set<string>()
  const proves = askedThinking(meta)
  const hasCalls = response.content.some((part) => part.type === 'tool_call')
  return {
    ...messageHead(meta),
    content: response.content.flatMap((part) => encodePart(part, ids, proves)),
    stop_reason: toWireStop(response.finish, hasCalls),
    stop_sequence: response.stopSequence ?? null,
    usage: toWireUsage(response.usage),
  }
}

/** The fields that name an answer. */
export function messageHead(meta: AnswerMeta): JsonRecord {
  return { id: `msg_${meta.id}`, type: 'message', role: 'assistant', model: meta.model }
}

/** `proves`: a call's proof goes before it as reasoning without words, which the client sends back. */
function encodePart(part: ChatResponse['content'][number], ids: Set<string>, proves: boolean): JsonRecord[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'text', text: part.text }]
    case 'tool_call': {
      const id = claim(toToolId(part.id), ids)
      const { signature } = part
      return [
        ...(proves && signature !== undefined ? [{ type: 'thinking', thinking: '', signature }] : []),
        { type: 'tool_use', id, name: part.name, input: toToolInput(part.arguments) },
      ]
    }
    case 'thinking': {
      const blocks: JsonRecord[] = []
      if (part.text !== '' || part.signature !== undefined) {
        // Types demand a signature; '' says that there is none and is never replayed to the API.
        blocks.push({ type: 'thinking', thinking: part.text, signature: part.signature ?? '' })
      }
      if (part.encrypted !== undefined) blocks.push({ type: 'redacted_thinking', data: part.encrypted })
      return blocks
    }
  }
}
