import type { ChatResponse } from '../../chat/response.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta } from '../types.ts'
import { writeCallSignature } from './extra-content.ts'
import { encodeFinish } from './finish-reason.ts'
import { encodeUsage } from './usage.ts'

/** Encodes a whole `chat.completion`. Proofs of reasoning have no place in it and are left out; those of calls have Google's. */
export function encodeResponse(response: ChatResponse, meta: AnswerMeta): JsonRecord {
  let text = ''
  let thinking = ''
  const calls: JsonRecord[] = []
  for (const part of response.content) {
    if (part.type === 'text') text += part.text
    else if (part.type === 'thinking') thinking += part.text
    else {
      const args = part.arguments === '' ? '{}' : part.arguments
      const proof = writeCallSignature(part.signature)
      calls.push({ id: part.id, type: 'function', function: { name: part.name, arguments: args }, ...proof })
    }
  }
  return {
    id: `chatcmpl-${meta.id}`,
    object: 'chat.completion',
    created: meta.created,
    model: meta.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: text === '' && calls.length > 0 ? null : text,
          refusal: null,
          ...(thinking !== '' && { reasoning_content: thinking }),
          ...(calls.length > 0 && { tool_calls: calls }),
        },
        logprobs: null,
        finish_reason: encodeFinish(response.finish),
      },
    ],
    usage: encodeUsage(response.usage),
  }
}
