import type { StopReason } from '../../chat/events.ts'
import type { ChatResponse } from '../../chat/response.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta } from '../types.ts'
import { askedThinking } from '../shared/asked-thinking.ts'
import { encodeCall, encodeThought } from './encode-answer-part.ts'
import { encodeFinish } from './finish-reason.ts'
import { encodeUsage } from './usage.ts'

/** Encodes a whole GenerateContentResponse. Encrypted reasoning has no place in it and is left out. */
export function encodeResponse(response: ChatResponse, meta: AnswerMeta): JsonRecord {
  // The API gives none unasked, and simple clients take the first part for the answer.
  const shown = askedThinking(meta)
  const parts: JsonRecord[] = []
  let calls = 0
  for (const part of response.content) {
    if (part.type === 'tool_call') parts.push(encodeCall(part, calls++ === 0))
    else if (part.type === 'thinking') parts.push(...encodeThought(part, shown))
    else if (part.text !== '') parts.push({ text: part.text })
  }
  return { ...encodeChunk(parts, meta, response.finish), usageMetadata: encodeUsage(response.usage) }
}

/** One GenerateContentResponse with these parts; readers expect at least one. */
export function encodeChunk(parts: JsonRecord[], meta: AnswerMeta, finish?: StopReason): JsonRecord {
  const candidate = {
    content: { parts: parts.length === 0 ? [{ text: '' }] : parts, role: 'model' },
    ...(finish !== undefined && { finishReason: encodeFinish(finish) }),
    index: 0,
  }
  return { candidates: [candidate], modelVersion: meta.model, responseId: meta.id }
}
