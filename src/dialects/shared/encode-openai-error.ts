import type { ClientError } from '../types.ts'
import type { JsonRecord } from './values.ts'

/** Body of an error answer. The official SDKs choose their error class by status and show `message` and `code`. */
export function encodeError(error: ClientError): JsonRecord {
  return { error: { message: error.message, type: errorType(error.status), param: null, code: error.code } }
}

/** `error.type` by status. OpenAI calls an unknown model (404) an invalid request, too. */
function errorType(status: number): string {
  switch (status) {
    case 401:
      return 'authentication_error'
    case 402:
      return 'insufficient_quota'
    case 403:
      return 'permission_error'
    case 429:
      return 'rate_limit_error'
    default:
      return status >= 500 || status === 408 ? 'server_error' : 'invalid_request_error'
  }
}
