import type { ClientDialect } from '../dialects/types.ts'
import { isRecord } from '../lib/is-record.ts'
import type { ErrorAnswer } from './errors.ts'
import type { Failure } from './failover-types.ts'
import { sageHeaders } from './headers.ts'
import type { RequestBody } from './read-request.ts'
import type { ClientReply, Gateway, RawAnswer, RequestEvent } from './types.ts'

/** Answers with an error in the client's dialect. */
export function refuse(dialect: ClientDialect, reply: ClientReply, event: RequestEvent, error: ErrorAnswer): void {
  event.error = error.message
  send(reply, event, error.status, Buffer.from(JSON.stringify(dialect.encodeError(error))), error.headers)
}

/** SDKs retry by status: some servers answer a client's mistake with a 500. */
const DO_NOT_RETRY = { 'x-should-retry': 'false' }

/**
 * Hands on a provider's own words about the client's mistake, when it speaks the client's dialect: the bytes as they came,
 * unless a key is in them. False when the answer has to be written in the client's dialect instead.
 */
export function passOn(
  gateway: Gateway,
  request: RequestBody,
  reply: ClientReply,
  event: RequestEvent,
  last: Failure,
): boolean {
  if (!last.verdict.clientFault || last.raw === undefined) return false
  if (last.raw.dialect !== request.dialect.id || !isError(last.raw)) return false
  const text = last.raw.body.toString('utf8')
  const clean = gateway.redact(text)
  event.error = gateway.redact(last.error.message)
  send(reply, event, last.raw.status, clean === text ? last.raw.body : Buffer.from(clean), DO_NOT_RETRY)
  return true
}

/** Answers a request that needs no model. */
export function answerReady(reply: ClientReply, event: RequestEvent, body: Record<string, unknown>): void {
  event.ending = 'complete'
  send(reply, event, 200, Buffer.from(JSON.stringify(body)), {})
}

/**
 * A page for people is no error in any dialect, and clients read no message out of JSON of another shape: Ollama's error
 * is a text, everybody else's has a message.
 */
function isError({ dialect, body }: RawAnswer): boolean {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'))
    const error = isRecord(parsed) ? parsed['error'] : undefined
    const message = dialect === 'ollama-chat' ? error : isRecord(error) ? error['message'] : undefined
    return typeof message === 'string' && message !== ''
  } catch {
    return false
  }
}

function send(
  reply: ClientReply,
  event: RequestEvent,
  status: number,
  body: Buffer,
  headers: Record<string, string>,
): void {
  event.status = status
  const { id, attempts, decision } = event
  reply.head(status, {
    'content-type': 'application/json',
    'content-length': String(body.length),
    ...headers,
    ...sageHeaders(decision, { id, attempts: attempts.length, isFallback: false, isSimulated: false, dropped: [] }),
  })
  reply.end(body)
}
