import { isRecord } from '../../lib/is-record.ts'

/**
 * Takes thought signatures out of a Gemini body that are not to be kept; a thought part goes whole, a call keeps all but
 * its signature. Changes the body; true when it did.
 */
export function stripProofs(body: Record<string, unknown>, isKept: (proof: string) => boolean): boolean {
  const { contents } = body
  if (!Array.isArray(contents)) return false
  let isChanged = false
  for (const content of contents) {
    if (!isRecord(content) || !Array.isArray(content['parts'])) continue
    const parts: unknown[] = content['parts']
    content['parts'] = parts.filter((part) => {
      if (!isRecord(part)) return true
      const proof = part['thoughtSignature'] ?? part['thought_signature']
      if (typeof proof !== 'string' || isKept(proof)) return true
      isChanged = true
      delete part['thoughtSignature']
      delete part['thought_signature']
      return part['thought'] !== true
    })
  }
  return isChanged
}
