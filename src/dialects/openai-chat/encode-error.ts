import type { ClientError } from '../types.ts'

/** Error inside a stream: the official SDKs throw on it. No `[DONE]` may follow. */
export function encodeStreamError(error: ClientError): string {
  const body = { error: { message: error.message, type: 'server_error', param: null, code: error.code } }
  return `data: ${JSON.stringify(body)}\n\n`
}
