/**
 * Stands in for a signature that a Gemini 3 model would demand: the call was made by another model, or its signature
 * was lost (ai.google.dev/gemini-api/docs/thought-signatures).
 */
export const NO_SIGNATURE = 'skip_thought_signature_validator'

/** All documented stand-ins. */
const STAND_INS: readonly unknown[] = [NO_SIGNATURE, 'context_engineering_is_the_way_to_go']

/** A part's signature; undefined when it has none, or a stand-in that proves nothing. */
export function readSignature(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && !STAND_INS.includes(value) ? value : undefined
}
