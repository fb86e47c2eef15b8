import type { JsonRecord } from '../shared/values.ts'
import type { ClientError } from '../types.ts'

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/** Body of an error answer (platform.claude.com/docs/en/api/errors). */
export function encodeError(error: ClientError): JsonRecord {
  const type = BY_STATUS[error.status] ?? (error.status < 500 ? 'invalid_request_error' : 'api_error')
  return { type: 'error', error: { type, message: error.message } }
}

/** Error event of a committed stream. No `message_stop` may follow: clients would take the answer for complete. */
export function encodeStreamError(error: ClientError): string {
  const type = error.status === 529 || error.status === 503 ? 'overloaded_error' : 'api_error'
  const data = { type: 'error', error: { type, message: error.message } }
  return `event: error\ndata: ${JSON.stringify(data)}\n\n`
}
