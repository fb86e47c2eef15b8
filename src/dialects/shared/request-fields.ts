import type { ChatRequest } from '../../chat/request.ts'
import { BadRequest } from '../types.ts'
import { asArray, asText } from './values.ts'

/** Model name of a request; '' when it is absent. Throws `BadRequest` for other types. */
export function checkModel(model: unknown): string {
  if (model === undefined) return ''
  if (typeof model !== 'string') throw new BadRequest('model must be a string', 'model')
  return model
}

/** Stop sequences: one, or a list of them. */
export function decodeStop(stop: unknown): string[] | undefined {
  const sequences = (asArray(stop) ?? [stop]).flatMap((sequence) => asText(sequence) ?? [])
  return sequences.length === 0 ? undefined : sequences
}

/** Sets a field of a request, unless the value is undefined. */
export function put<K extends keyof ChatRequest>(
  request: Partial<ChatRequest>,
  key: K,
  value: ChatRequest[K] | undefined,
): void {
  if (value !== undefined) request[key] = value
}
