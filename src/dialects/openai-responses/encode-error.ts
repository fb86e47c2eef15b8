import type { ClientError } from '../types.ts'
import { encodeEvent } from './event-writer.ts'

/** Sequence numbers of the last two events: the count of the stream is not known here, and must not fall. */
const ERROR_NUMBER = 2_000_000_000
const FAILED_NUMBER = ERROR_NUMBER + 1

/**
 * Error inside a stream, as OpenAI sends it: an `error` event, on which the official SDKs throw, and `response.failed`,
 * which Codex reads. Its code is always `server_error`: Codex tries again then, and gives up on most other codes.
 */
export function encodeStreamError({ message, code }: ClientError): string {
  const error = { type: 'server_error', code, message, param: null }
  const response = {
    id: 'resp_failed',
    object: 'response',
    status: 'failed',
    error: { code: 'server_error', message },
    incomplete_details: null,
    output: [],
    usage: null,
  }
  return (
    encodeEvent('error', ERROR_NUMBER, { code, message, param: null, error }) +
    encodeEvent('response.failed', FAILED_NUMBER, { response })
  )
}
