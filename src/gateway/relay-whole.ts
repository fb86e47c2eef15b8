import type { UpstreamError } from '../chat/error.ts'
import { renameCalls } from '../chat/rename-calls.ts'
import { toEvents } from '../chat/response.ts'
import type { ChatResponse } from '../chat/response.ts'
import { MalformedAnswer } from '../dialects/types.ts'
import type { UpstreamAnswer } from '../providers/transport/types.ts'
import type { Attempt } from './attempt-input.ts'
import { MAX_ANSWER_BYTES, readAll } from './read-body.ts'
import type { AttemptResult } from './types.ts'

/** Relays an answer that comes in one piece, also to a client that asked for a stream. Rejects with transport errors. */
export async function relayWhole(input: Attempt, answer: UpstreamAnswer): Promise<AttemptResult> {
  const bytes = await readAll(answer.body, MAX_ANSWER_BYTES)
  const decoded = decode(input, bytes)
  if ('type' in decoded) return decoded
  if (input.part?.isRest === true) return bad('the provider answered a streaming request without a stream')
  const { reply, client } = input
  input.onCommit()
  for (const part of decoded.content) {
    if (part.type === 'tool_call' && part.signature !== undefined) input.onSignedCall(part)
    const proofs = part.type === 'thinking' ? [part.signature, part.encrypted] : []
    for (const proof of proofs) if (proof !== undefined) input.onProof(proof)
  }
  if (input.stream) {
    const encoder = client.createStreamEncoder(input.meta())
    const wire = toEvents(decoded).map((event) => encoder.push(event))
    const type = client.streamType ?? STREAM_TYPES[client.framing]
    reply.head(200, { 'content-type': type, ...input.headers() })
    reply.end(wire.join('') + encoder.end())
  } else {
    const body = input.prepared.passThrough
      ? bytes
      : Buffer.from(JSON.stringify(client.encodeResponse(decoded, input.meta())))
    reply.head(200, {
      'content-type': 'application/json',
      'content-length': String(body.length),
      ...input.headers(),
    })
    reply.end(body)
  }
  return { type: 'done', usage: decoded.usage }
}

const STREAM_TYPES = { sse: 'text/event-stream; charset=utf-8', ndjson: 'application/x-ndjson' } as const

function decode(input: Attempt, bytes: Buffer): ChatResponse | AttemptResult {
  let body: unknown
  try {
    body = JSON.parse(bytes.toString('utf8'))
  } catch {
    return bad('the provider answered with something that is not JSON')
  }
  try {
    const { renamed } = input.prepared
    const answer = input.upstream.decodeResponse(body)
    const response = renamed === undefined ? answer : renameCalls(answer, renamed)
    const isEmpty = response.content.every((part) => part.type === 'text' && part.text === '')
    // Without output only an answer that could not or would not speak is a whole one.
    if (isEmpty && (response.finish === 'stop' || response.finish === 'tool_calls')) return bad('the answer was empty')
    return response
  } catch (error) {
    if (error instanceof MalformedAnswer) return bad(error.message, error.error)
    throw error
  }
}

/** `error`: what the provider itself put in the answer's place. */
function bad(message: string, error?: UpstreamError): AttemptResult {
  return { type: 'failed', error: error ?? { kind: 'bad_answer', status: 200, message }, neverSent: false }
}
