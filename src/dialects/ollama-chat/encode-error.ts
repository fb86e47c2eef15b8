import type { ClientError } from '../types.ts'

/** Body of an error answer: its text alone, the rest is said by the status (ollama/ollama, api/types.go, StatusError). */
export function encodeError(error: ClientError): Record<string, unknown> {
  return { error: error.message }
}

/** Error inside a stream: a line of its own. The official client throws on it. */
export function encodeStreamError(error: ClientError): string {
  return `${JSON.stringify(encodeError(error))}\n`
}
