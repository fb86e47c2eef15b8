import type { ToolCallPart } from '../../chat/request.ts'
import type { ChatResponse } from '../../chat/response.ts'
import { madeUpCallId } from '../shared/call-ids.ts'
import { decodeErrorBody } from '../shared/decode-openai-error.ts'
import { argumentsText, asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { MalformedAnswer } from '../types.ts'
import { readSpoken } from './delta.ts'
import { readCallSignature } from './extra-content.ts'
import { decodeFinish } from './finish-reason.ts'
import { decodeUsage } from './usage.ts'

/** Decodes a whole `chat.completion`. Throws `MalformedAnswer` when it holds no message, or an error in its place. */
export function decodeResponse(body: unknown): ChatResponse {
  const failure = decodeErrorBody(body)
  if (failure !== undefined) throw new MalformedAnswer(`the answer is an error: ${failure.message}`, failure)
  const answer = asRecord(body)
  if (answer === undefined) throw new MalformedAnswer('the answer is not a JSON object')
  const choice = asRecord(asArray(answer['choices'])?.[0])
  const message = asRecord(choice?.['message'])
  if (choice === undefined || message === undefined) throw new MalformedAnswer('the answer holds no message')

  const id = asText(answer['id'])
  const model = asText(answer['model'])
  const spoken = readSpoken(message)
  const calls = decodeCalls(message, id)
  const text = spoken.text + spoken.refusal
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    content: [
      ...(spoken.thinking === '' ? [] : [{ type: 'thinking' as const, text: spoken.thinking }]),
      ...(text === '' ? [] : [{ type: 'text' as const, text }]),
      ...calls,
    ],
    finish: decodeFinish(asText(choice['finish_reason']) ?? 'stop', calls.length > 0, spoken.refusal !== ''),
    usage: decodeUsage(answer['usage']) ?? {},
  }
}

function decodeCalls(message: JsonRecord, answerId: string | undefined): ToolCallPart[] {
  const single = asRecord(message['function_call'])
  const calls = asArray(message['tool_calls']) ?? (single === undefined ? [] : [{ function: single }])
  return calls.flatMap((call, index): ToolCallPart[] => {
    const record = asRecord(call)
    const definition = asRecord(record?.['function'])
    const name = asText(definition?.['name'])
    if (record === undefined || name === undefined) return []
    const text = argumentsText(definition?.['arguments'])
    const id = asText(record['id']) ?? madeUpCallId(answerId, index)
    const signature = readCallSignature(record)
    return [
      {
        type: 'tool_call',
        id,
        name,
        arguments: text === '' ? '{}' : text,
        ...(signature !== undefined && { signature }),
      },
    ]
  })
}
