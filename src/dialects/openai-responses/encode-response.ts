import type { ChatResponse } from '../../chat/response.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta } from '../types.ts'
import { askedThinking } from '../shared/asked-thinking.ts'
import { callItem, callText, itemId, messageItem, reasoningItem, textPart } from './output-items.ts'
import { encodeProof } from './reasoning.ts'
import { responseBody } from './response-body.ts'
import { encodeStatus } from './status.ts'
import { originsOf } from './tool-origin.ts'
import { encodeUsage } from './usage.ts'

/** Encodes a whole response. A part of the content is an item of the output. */
export function encodeResponse(response: ChatResponse, meta: AnswerMeta): JsonRecord {
  const origins = originsOf(meta.request.tools)
  const { status, reason } = encodeStatus(response.finish)
  const proves = askedThinking(meta)
  const content = response.content.flatMap((part): ChatResponse['content'] => {
    if (part.type === 'text' && part.text === '') return []
    if (part.type !== 'tool_call' || part.signature === undefined || !proves) return [part]
    // The proof of a call goes before it as reasoning without words, which the client sends back.
    return [{ type: 'thinking', text: '', signature: part.signature }, part]
  })
  const output = content.map((part, index) => {
    const isCut = response.finish === 'length' && index === content.length - 1
    const itemStatus = isCut ? 'incomplete' : 'completed'
    if (part.type === 'text') return messageItem(itemId('msg', meta.id, index), [textPart(part.text)], itemStatus)
    if (part.type === 'thinking') return reasoningItem(itemId('rs', meta.id, index), part.text, encodeProof(part))
    const call = { callId: part.id, name: part.name, origin: origins.get(part.name) }
    const id = itemId(call.origin?.type === 'custom' ? 'ctc' : 'fc', meta.id, index)
    return callItem(id, call, callText(call, part.arguments), itemStatus)
  })
  return {
    ...responseBody(meta),
    status,
    incomplete_details: reason === undefined ? null : { reason },
    output,
    usage: encodeUsage(response.usage),
  }
}
