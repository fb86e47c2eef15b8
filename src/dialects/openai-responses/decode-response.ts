import type { ToolCallPart } from '../../chat/request.ts'
import type { ChatResponse } from '../../chat/response.ts'
import { madeUpCallId } from '../shared/call-ids.ts'
import { decodeErrorBody } from '../shared/decode-openai-error.ts'
import { argumentsText, asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { MalformedAnswer } from '../types.ts'
import { decodeTexts } from './decode-content.ts'
import { decodeReasoning } from './reasoning.ts'
import { decodeStop } from './status.ts'
import { argumentsOfInput, flatName } from './tool-origin.ts'
import { decodeUsage } from './usage.ts'

/** Decodes a whole response. Throws `MalformedAnswer` when it has no output, failed or is not finished. */
export function decodeResponse(body: unknown): ChatResponse {
  const failure = decodeErrorBody(body)
  if (failure !== undefined) throw new MalformedAnswer(`the answer is an error: ${failure.message}`, failure)
  const response = asRecord(body)
  const items = asArray(response?.['output'])?.map(asRecord)
  if (response === undefined || items === undefined) throw new MalformedAnswer('the answer holds no output')
  const status = asText(response['status']) ?? 'completed'
  if (status !== 'completed' && status !== 'incomplete') {
    throw new MalformedAnswer(`the response has the status "${status}"`)
  }
  const id = asText(response['id'])
  const model = asText(response['model'])
  const content = decodeOutputItems(items, id)
  const calls = content.some((part) => part.type === 'tool_call')
  return {
    ...(id !== undefined && { id }),
    ...(model !== undefined && { model }),
    content,
    finish: decodeStop(response, calls, items.some(isRefusal)),
    usage: decodeUsage(response['usage']) ?? {},
  }
}

/** Items of server tools (searches and the like) have no canonical form and are left out. */
function decodeOutputItems(
  items: readonly (JsonRecord | undefined)[],
  answerId: string | undefined,
): ChatResponse['content'] {
  const content: ChatResponse['content'] = []
  let calls = 0
  for (const item of items) {
    switch (item?.['type']) {
      case 'message':
        content.push(...decodeTexts(item['content']))
        break
      case 'reasoning': {
        const part = decodeReasoning(item)
        if (part !== undefined) content.push(part)
        break
      }
      case 'function_call':
      case 'custom_tool_call': {
        const call = decodeCallItem(item, madeUpCallId(answerId, calls))
        if (call === undefined) break
        content.push(call)
        calls++
        break
      }
      default:
        break
    }
  }
  return content
}

function decodeCallItem(item: JsonRecord, madeUpId: string): ToolCallPart | undefined {
  const name = asText(item['name'])
  if (name === undefined) return undefined
  const text = item['type'] === 'custom_tool_call' ? argumentsOfInput(item['input']) : argumentsText(item['arguments'])
  return {
    type: 'tool_call',
    id: asText(item['call_id']) ?? madeUpId,
    name: flatName(asText(item['namespace']), name),
    arguments: text === '' ? '{}' : text,
  }
}

/** True for a message in which the model declined. */
export function isRefusal(item: JsonRecord | undefined): boolean {
  return (asArray(item?.['content']) ?? []).some((part) => asRecord(part)?.['type'] === 'refusal')
}
