import { recordsIn } from '../shared/values.ts'
import { readCallSignature } from './extra-content.ts'

/**
 * Takes Google's signatures that are not to be kept out of the tool calls of a body: OpenAI refuses fields that it does not
 * know. Changes the body; true when it did.
 */
export function stripProofs(body: Record<string, unknown>, isKept: (proof: string) => boolean): boolean {
  let isChanged = false
  for (const message of recordsIn(body['messages'])) {
    for (const call of recordsIn(message['tool_calls'])) {
      const signature = readCallSignature(call)
      if (signature === undefined || isKept(signature)) continue
      delete call['extra_content']
      isChanged = true
    }
  }
  return isChanged
}
