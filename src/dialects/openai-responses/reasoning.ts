import type { ThinkingPart } from '../../chat/request.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'

// `encrypted_content` is the one place where a client keeps what only a model can read. Signatures of other dialects
// travel in it, too: marked, so that they come back as signatures and never reach a provider of this dialect.

/** Opens a signature. The colon is in no base64 text, so no provider's own payload starts like this. */
const SIGNATURE_MARK = 'signature:'

/** Between the parts of a summary: each is a paragraph with a heading of its own. */
export const SUMMARY_BREAK = '\n\n'

/** Value of `encrypted_content`; undefined when a part has nothing opaque. */
export function encodeProof({ encrypted = '', signature = '' }: ProofFields): string | undefined {
  if (encrypted !== '') return encrypted
  return signature === '' ? undefined : SIGNATURE_MARK + signature
}

type ProofFields = Pick<ThinkingPart, 'signature' | 'encrypted'>

/** Decodes a reasoning item; undefined when nothing is in it. Open models give their words in `content`. */
export function decodeReasoning(item: JsonRecord): ThinkingPart | undefined {
  const summary = textsIn(item['summary']).join(SUMMARY_BREAK)
  const text = summary === '' ? textsIn(item['content']).join('') : summary
  const payload = asText(item['encrypted_content'])
  if (payload === undefined) return text === '' ? undefined : { type: 'thinking', text }
  return payload.startsWith(SIGNATURE_MARK)
    ? { type: 'thinking', text, signature: payload.slice(SIGNATURE_MARK.length) }
    : { type: 'thinking', text, encrypted: payload }
}

function textsIn(parts: unknown): string[] {
  return (asArray(parts) ?? []).flatMap((part) => asText(asRecord(part)?.['text']) ?? [])
}

const PAYLOAD = /"encrypted_content"\s*:\s*"(?!signature:)[^"]/

/** True when the JSON text of a reasoning item has a payload of this dialect: without one no provider can use it. */
export function hasOwnPayload(json: string): boolean {
  return PAYLOAD.test(json)
}
