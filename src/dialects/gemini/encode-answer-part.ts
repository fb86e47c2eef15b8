import type { ThinkingPart, ToolCallPart } from '../../chat/request.ts'
import { toToolInput } from '../shared/tool-input.ts'
import type { JsonRecord } from '../shared/values.ts'
import { NO_SIGNATURE } from './thought-signature.ts'

/** Parts for a piece of reasoning. A signature without words may belong to the text before it: it is no thought. */
export function encodeThought({ text, signature }: ThinkingPart, shown: boolean): JsonRecord[] {
  const proof = signature === undefined ? {} : { thoughtSignature: signature }
  if (text !== '') return shown ? [{ text, thought: true, ...proof }] : []
  return signature === undefined ? [] : [{ text: '', ...proof }]
}

/**
 * A whole call. The first of an answer gets a stand-in when it has no signature of its own: the client will send the
 * call back, and then it may be for a Gemini 3 model, which refuses it without.
 */
export function encodeCall(call: ToolCallPart, isFirst: boolean): JsonRecord {
  const signature = call.signature ?? (isFirst ? NO_SIGNATURE : undefined)
  const functionCall = { ...(call.id !== '' && { id: call.id }), name: call.name, args: toToolInput(call.arguments) }
  return { functionCall, ...(signature !== undefined && { thoughtSignature: signature }) }
}
