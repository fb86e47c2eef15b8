import type { ChatResponse } from '../../chat/response.ts'
import { isRecord } from '../../lib/is-record.ts'
import { MalformedAnswer } from '../types.ts'
import { readAnswer, readStop } from './answer.ts'
import { decodeErrorBody } from './errors.ts'

/** Decodes the answer of POST /api/chat with `stream: false`. Throws `MalformedAnswer`. */
export function decodeResponse(body: unknown): ChatResponse {
  if (!isRecord(body)) throw new MalformedAnswer('the answer is not a JSON object')
  const error = decodeErrorBody(body)
  if (error !== undefined) throw new MalformedAnswer(error.message, error)
  const answer = readAnswer(body, 0)
  if (answer === undefined) throw new MalformedAnswer('the answer has no message')
  if (body['done'] === false) throw new MalformedAnswer('the answer was cut short')
  const content: ChatResponse['content'] = []
  if (answer.thinking !== '') content.push({ type: 'thinking', text: answer.thinking })
  if (answer.text !== '') content.push({ type: 'text', text: answer.text })
  content.push(...answer.calls)
  const finish = readStop(answer.reason, { output: content.length > 0, calls: answer.calls.length })
  if (finish === undefined) throw new MalformedAnswer('the answer is empty')
  return { ...(answer.model !== undefined && { model: answer.model }), content, finish, usage: answer.usage }
}
