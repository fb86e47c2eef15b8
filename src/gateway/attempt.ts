import type { UpstreamError } from '../chat/error.ts'
import { TransportError } from '../providers/transport/types.ts'
import type { ByteSource, UpstreamAnswer } from '../providers/transport/types.ts'
import type { Attempt } from './attempt-input.ts'
import { DEADLINE } from './deadline.ts'
import { decodeAnswer } from './decode-body.ts'
import { linger } from './linger.ts'
import { ownTrouble, SHUTTING_DOWN } from './own-trouble.ts'
import { peek } from './peek.ts'
import { readError } from './read-error.ts'
import { relayStream } from './relay-stream.ts'
import { relayWhole } from './relay-whole.ts'
import { retryAfterMs } from './retry-after.ts'
import { Stopwatch } from './stopwatch.ts'
import type { AttemptResult } from './types.ts'
import { toUpstreamError } from './upstream-error.ts'

/** Tries one target. Never throws: every failure is a result. */
export async function attempt(input: Attempt): Promise<AttemptResult> {
  const exchange = input.send(input.prepared.call)
  const stopwatch = new Stopwatch(() => exchange.cancel())
  input.onExchange(() => exchange.cancel())
  stopwatch.start(input.patienceMs)
  let isSilent = true
  /** Of a stream, which may be over before its HTTP message is. */
  let left: ByteSource | undefined
  try {
    const received = await exchange.answer
    isSilent = false
    if (received.status !== 200) return await refused(input, received, () => exchange.cancel())
    const answer = decodeAnswer(received)
    if (!input.stream || isJson(answer)) return await relayWhole(input, answer)
    const { body, isWhole } =
      input.upstream.framing === 'sse' ? await peek(answer.body) : { body: answer.body, isWhole: false }
    if (isWhole) return await relayWhole(input, { ...answer, body })
    const result = await relayStream(input, body, stopwatch)
    if (result.type === 'done') left = body
    return result
  } catch (error) {
    if (input.isGone()) return { type: 'client_gone' }
    const trouble = ownTrouble(error, input.isOver())
    if (trouble !== undefined) return trouble
    return {
      type: 'failed',
      error: stopwatch.expired ? timeoutError(input) : toUpstreamError(error),
      neverSent: error instanceof TransportError && error.neverSent,
      isSilent,
    }
  } finally {
    stopwatch.stop()
    if (left === undefined) exchange.cancel()
    else linger(left, () => exchange.cancel())
  }
}

function isJson(answer: UpstreamAnswer): boolean {
  return (answer.headers['content-type'] ?? '').toLowerCase().startsWith('application/json')
}

/** Any status but 200: the provider's own error, a redirect (never followed) or something else that is no answer. */
async function refused(input: Attempt, answer: UpstreamAnswer, cancel: () => void): Promise<AttemptResult> {
  const { bytes: body } = await readError(answer, cancel)
  if (input.isGone()) return { type: 'client_gone' }
  if (input.isOver()) return { type: 'unavailable', code: 'shutting_down', message: SHUTTING_DOWN }
  if (answer.status < 400) {
    const message = `the provider answered with status ${answer.status}, which is neither an answer nor an error`
    return { type: 'failed', error: { kind: 'bad_answer', status: answer.status, message }, neverSent: false }
  }
  const decoded = input.upstream.decodeError(answer.status, body.toString('utf8'))
  const asked = decoded.retryAfterMs ?? retryAfterMs(answer.headers, input.clock.wall())
  const error = asked === undefined ? decoded : { ...decoded, retryAfterMs: asked }
  return {
    type: 'failed',
    error,
    neverSent: false,
    raw: { dialect: input.upstream.id, status: answer.status, headers: answer.headers, body },
  }
}

function timeoutError({ stream, patienceMs, isDeadline }: Attempt): UpstreamError {
  const what = stream ? 'no content' : 'no answer'
  const limit = isDeadline ? "the rest of the request's time" : `${patienceMs} ms`
  const message = `${what} within ${limit}`
  return { kind: 'timeout', status: 0, message, ...(isDeadline && { code: DEADLINE }) }
}
