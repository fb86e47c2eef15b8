import type { ClientError } from '../types.ts'
import { encodeFrame } from './frame.ts'

/** Canonical code (google.rpc.Code) by HTTP status. */
const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'UNAUTHENTICATED',
  402: 'RESOURCE_EXHAUSTED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
  529: 'UNAVAILABLE',
}

/** Body of an error answer. Our own code stands in an `ErrorInfo`, where Google's clients look for reasons. */
export function encodeError(error: ClientError): Record<string, unknown> {
  const { code, message, status } = error
  return {
    error: {
      code: status,
      message,
      status: BY_STATUS[status] ?? (status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL'),
      details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: code.toUpperCase(), domain: 'sage' }],
    },
  }
}

/** Error inside a stream. No chunk may follow: clients would take the answer for complete. */
export function encodeStreamError(error: ClientError): string {
  return encodeFrame(encodeError(error))
}
