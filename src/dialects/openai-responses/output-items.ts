import type { JsonRecord } from '../shared/values.ts'
import { inputOfArguments, type ToolOrigin } from './tool-origin.ts'

// Items of `output`, as they are when they are complete.

export type ItemStatus = 'in_progress' | 'completed' | 'incomplete'

/** Id of the nth item of an answer. Clients send it back; OpenAI checks its prefix. */
export function itemId(prefix: 'msg' | 'rs' | 'fc' | 'ctc', answerId: string, index: number): string {
  return `${prefix}_${answerId}_${index}`
}

export function textPart(text: string): JsonRecord {
  return { type: 'output_text', text, annotations: [], logprobs: [] }
}

export function messageItem(id: string, content: JsonRecord[], status: ItemStatus): JsonRecord {
  return { id, type: 'message', status, role: 'assistant', content }
}

/** A reasoning item. `proof` is what only the model can read. */
export function reasoningItem(id: string, text: string, proof: string | undefined): JsonRecord {
  return {
    id,
    type: 'reasoning',
    summary: text === '' ? [] : [summaryPart(text)],
    ...(proof !== undefined && { encrypted_content: proof }),
  }
}

export function summaryPart(text: string): JsonRecord {
  return { type: 'summary_text', text }
}

export interface Call {
  callId: string
  /** Name under which the model knows the tool. */
  name: string
  origin: ToolOrigin | undefined
}

/** A call in the client's words: of the namespace and with the kind of input that it declared. */
export function callItem(id: string, call: Call, text: string, status: ItemStatus): JsonRecord {
  const { origin } = call
  const isCustom = origin?.type === 'custom'
  return {
    id,
    type: isCustom ? 'custom_tool_call' : 'function_call',
    status,
    call_id: call.callId,
    name: origin?.name ?? call.name,
    ...(origin?.namespace !== undefined && { namespace: origin.namespace.name }),
    ...(isCustom ? { input: text } : { arguments: text }),
  }
}

/** What a call item holds of the arguments: the free text of a custom tool, else JSON, never empty. */
export function callText({ origin }: Call, args: string): string {
  if (origin?.type === 'custom') return inputOfArguments(args)
  return args === '' ? '{}' : args
}
