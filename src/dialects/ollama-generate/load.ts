import type { JsonOutline } from '../../lib/json-outline.ts'
import { encodeLoad } from '../ollama-chat/load.ts'
import { generateShape } from './encode-response.ts'

/**
 * Answer to a request of POST /api/generate without a prompt; undefined when it has one. To be sent as it is, as one
 * JSON document with status 200, stream or not. `created` is Unix time in seconds.
 */
export function generateLoadReply(outline: JsonOutline, created: number): Record<string, unknown> | undefined {
  const prompt = outline.value('prompt') ?? ''
  return prompt === '' ? encodeLoad(generateShape, outline, created) : undefined
}
