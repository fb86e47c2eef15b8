import type { StopReason } from '../../chat/events.ts'

// `finishReason` (ai.google.dev/api/generate-content#FinishReason). STOP is said after function calls, too.

/** Stops by which the model's answer is withheld or cut for what it says. */
const REFUSALS: ReadonlySet<string> = new Set([
  'SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII', 'IMAGE_SAFETY',
  'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION',
]) // prettier-ignore

/** Stops after which there is nothing to use: the model broke its own rules, or the request those of the model. */
const FAILURES: ReadonlySet<string> = new Set([
  'MALFORMED_FUNCTION_CALL', 'UNEXPECTED_TOOL_CALL', 'TOO_MANY_TOOL_CALLS', 'MISSING_THOUGHT_SIGNATURE',
  'MALFORMED_RESPONSE',
]) // prettier-ignore

/** Decodes `finishReason`; undefined when it reports a failure. Unknown reasons count as `stop`. */
export function decodeFinish(reason: string, hasCalls: boolean): StopReason | undefined {
  if (FAILURES.has(reason)) return undefined
  if (REFUSALS.has(reason)) return 'refusal'
  if (reason === 'MAX_TOKENS') return 'length'
  return hasCalls ? 'tool_calls' : 'stop'
}

export function encodeFinish(reason: StopReason): string {
  switch (reason) {
    case 'length':
      return 'MAX_TOKENS'
    case 'refusal':
      return 'SAFETY'
    case 'stop':
    case 'tool_calls':
    case 'stop_sequence':
    case 'pause':
      return 'STOP'
  }
}
