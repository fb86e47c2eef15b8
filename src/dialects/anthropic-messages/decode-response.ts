import type { ChatResponse } from '../../chat/response.ts'
import { isRecord } from '../../lib/is-record.ts'
import { toText } from '../shared/values.ts'
import { MalformedAnswer } from '../types.ts'
import { decodeAssistantContent } from './decode-content.ts'
import { decodeErrorBody } from './decode-error.ts'
import { fromWireStop } from './stop-reason.ts'
import { fromWireUsage } from './usage.ts'

/**
 * Decodes a whole Messages answer. An answer with no content is one when it says why it stopped: models do end a turn
 * after a tool result without a word. Throws `MalformedAnswer` for anything that is no message.
 */
export function decodeResponse(body: unknown): ChatResponse {
  const failed = decodeErrorBody(body)
  if (failed !== undefined) throw new MalformedAnswer(`the answer is an error: ${failed.message}`, failed)
  if (!isRecord(body) || !Array.isArray(body['content']) || !body['content'].every(isRecord)) {
    throw new MalformedAnswer('the answer is not a message: it has no list of content blocks')
  }
  const content = decodeAssistantContent(body['content'], 'content')
  if (content.length === 0 && typeof body['stop_reason'] !== 'string') {
    throw new MalformedAnswer('the answer has neither content nor a stop reason')
  }
  const id = toText(body['id'])
  const model = toText(body['model'])
  const stopSequence = toText(body['stop_sequence'])
  return {
    ...(id !== '' && { id }),
    ...(model !== '' && { model }),
    content,
    finish: fromWireStop(
      body['stop_reason'],
      content.some((part) => part.type === 'tool_call'),
    ),
    ...(stopSequence !== '' && { stopSequence }),
    usage: fromWireUsage(body['usage']),
  }
}
