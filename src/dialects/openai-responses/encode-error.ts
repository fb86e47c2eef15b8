import { asNumber, asRecord, asText, parseJson, toRecord, type JsonRecord } from '../shared/values.ts'
import type { ClientError, PassedStream } from '../types.ts'
import { EventWriter } from './event-writer.ts'

/**
 * Writes the end of a stream that failed, as OpenAI does: an `error` event, on which the official SDKs throw, and
 * `response.failed`, which Codex reads. Its code is always `server_error`: Codex tries again then, and gives up on most
 * other codes. `response` is the response as it was when it began.
 */
export function writeFailure(writer: EventWriter, response: JsonRecord, { message, code }: ClientError): void {
  const error = { type: 'server_error', code, message, param: null }
  writer.write('error', { code, message, param: null, error })
  const failed = { ...response, status: 'failed', error: { code: 'server_error', message } }
  writer.write('response.failed', { response: failed })
}

const NOTHING: PassedStream = { first: '', last: '' }

/** Error behind a provider's own events: it goes on with their response and their numbers. */
export function encodeStreamError(error: ClientError, { first, last }: PassedStream = NOTHING): string {
  const begun = asRecord(toRecord(parseJson(first))['response'])
  const number = asNumber(toRecord(parseJson(last))['sequence_number'])
  const writer = new EventWriter((number ?? -1) + 1)
  const response = { object: 'response', output: [], incomplete_details: null, usage: null, ...begun }
  writeFailure(writer, { ...response, id: asText(begun?.['id']) ?? 'resp_failed' }, error)
  return writer.flush()
}
