import type { ChatResponse } from '../../chat/response.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta } from '../types.ts'
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
  const content = response.content.filter((part) => part.type !== 'text' || part.text !== '')
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
