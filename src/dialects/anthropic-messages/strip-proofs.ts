import { isRecord } from '../../lib/is-record.ts'

/**
 * Takes thinking blocks out of a Messages body whose proof (`signature`, or `data` when redacted) is not to be kept: they
 * are bound to the model that made them. An open tool loop that began without thinking may not go on with it, so budgeted
 * thinking is switched off when blocks go. Changes the body; true when it did.
 */
export function stripProofs(body: Record<string, unknown>, isKept: (proof: string) => boolean): boolean {
  const { messages, thinking } = body
  if (!Array.isArray(messages)) return false
  let isChanged = false
  for (const message of messages) {
    if (!isRecord(message) || !Array.isArray(message['content'])) continue
    const blocks: unknown[] = message['content']
    const kept = blocks.filter((block) => {
      const proof = proofOf(block)
      return proof === undefined || isKept(proof)
    })
    if (kept.length === blocks.length) continue
    message['content'] = kept
    isChanged = true
  }
  body['messages'] = messages.filter((message) => !isRecord(message) || !isEmptyList(message['content']))
  if (isChanged && isRecord(thinking) && thinking['type'] === 'enabled') body['thinking'] = { type: 'disabled' }
  return isChanged
}

function isEmptyList(content: unknown): boolean {
  return Array.isArray(content) && content.length === 0
}

function proofOf(block: unknown): string | undefined {
  if (!isRecord(block)) return undefined
  const proof = block['type'] === 'thinking' ? block['signature'] : undefined
  const payload = block['type'] === 'redacted_thinking' ? block['data'] : proof
  return typeof payload === 'string' ? payload : undefined
}
