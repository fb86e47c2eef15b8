import { isRecord } from '../../lib/is-record.ts'

/**
 * Takes reasoning items out of a Responses body whose `encrypted_content` is not to be kept: only the model that wrote it
 * can read it. Changes the body; true when it did.
 */
export function stripProofs(body: Record<string, unknown>, isKept: (proof: string) => boolean): boolean {
  const { input } = body
  if (!Array.isArray(input)) return false
  const kept = input.filter((item) => {
    const proof: unknown = isRecord(item) && item['type'] === 'reasoning' ? item['encrypted_content'] : undefined
    return typeof proof !== 'string' || isKept(proof)
  })
  body['input'] = kept
  return kept.length < input.length
}
