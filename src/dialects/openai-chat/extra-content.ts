import { asRecord, asText, type JsonRecord } from '../shared/values.ts'

// Google's OpenAI-compatible endpoint puts a call's thought signature beside its function, and takes it back there
// (ai.google.dev/gemini-api/docs/thought-signatures, "OpenAI compatibility").

/** The signature of a call's `extra_content.google.thought_signature`. */
export function readCallSignature(call: JsonRecord): string | undefined {
  return asText(asRecord(asRecord(call['extra_content'])?.['google'])?.['thought_signature'])
}

/** Fields of a call that carry its signature; none without one. */
export function writeCallSignature(signature: string | undefined): JsonRecord {
  return signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }
}
