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
  // The request is let go of with the commit.
  const body = encode(input, decoded, bytes)
  const latencyMs = input.clock.mono() - input.started
  input.onCommit()
  for (const part of decoded.content) {
    if (part.type === 'tool_call' && part.signature !== undefined) input.onSignedCall(part)
    const proofs = part.type === 'thinking' ? [part.signature, part.encrypted] : []
    for (const proof of proofs) if (proof !== undefined) input.onProof(proof)
  }
  const type = input.stream
    ? { 'content-type': client.streamType ?? STREAM_TYPES[client.framing] }
    : { 'content-type': 'application/json', 'content-length': String(body.length) }
  reply.head(200, { ...type, ...input.headers() })
  reply.end(body)
  return { type: 'done', usage: decoded.usage, ...(input.stream && { latencyMs }) }
}

function encode({ client, stream, prepared, meta }: Attempt, decoded: ChatResponse, bytes: Buffer): Buffer {
  if (stream) {
    const encoder = client.createStreamEncoder(meta())
    const wire = toEvents(decoded).map((event) => encoder.push(event))
    return Buffer.from(wire.join('') + encoder.end())
  }
  return prepared.passThrough ? bytes : Buffer.from(JSON.stringify(client.encodeResponse(decoded, meta())))
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
