import type { UpstreamError } from '../chat/error.ts'
import { isOutput } from '../chat/events.ts'
import type { StopReason, StreamEvent, Usage } from '../chat/events.ts'
import type { ToolCallPart } from '../chat/request.ts'
import { openCall } from '../chat/response.ts'
import { renameCall } from '../chat/rename-calls.ts'
import type { Framing } from '../dialects/types.ts'
import { createFramer } from '../lib/framing.ts'
import type { RawFrame } from '../lib/framing.ts'
import type { ByteSource } from '../providers/transport/types.ts'
import type { Attempt } from './attempt-input.ts'
import { SHUTTING_DOWN } from './own-trouble.ts'
import type { Stopwatch } from './stopwatch.ts'
import type { AttemptResult } from './types.ts'
import { toUpstreamError } from './upstream-error.ts'

type Piece = Buffer | string

/**
 * Relays a stream. Until the first output everything is held back, so a failure can still move to another target;
 * from then on a failure is an error event in the client's dialect and a torn connection.
 * Rejects only with errors of the transport or framing that come before the first output.
 */
export async function relayStream(input: Attempt, body: ByteSource, stopwatch: Stopwatch): Promise<AttemptResult> {
  const relay = new StreamRelay(input, stopwatch)
  try {
    for (;;) {
      const ready = body.ready?.()
      if (ready !== undefined) await ready
      // No variable keeps what has been relayed until the next bytes come: it would grow old, and cost a full collection.
      const ending = relay.receive(await body.next())
      if (ending !== undefined) return await ending
      stopwatch.refresh()
      const drained = relay.flush()
      if (drained !== undefined) await drained
    }
  } catch (error) {
    if (!relay.committed) throw error
    if (input.isGone()) return { type: 'client_gone' }
    if (input.isOver()) return relay.stop()
    return relay.fail(stopwatch.expired ? idleError(input) : toUpstreamError(error))
  }
}

function idleError(input: Attempt): UpstreamError {
  return { kind: 'timeout', status: 200, message: `the stream went silent for ${input.provider.timeouts.idle_ms} ms` }
}

class StreamRelay {
  committed = false
  readonly #input: Attempt
  readonly #stopwatch: Stopwatch
  readonly #framer
  readonly #decoder
  readonly #encoder
  /** Wire pieces made but not written yet. Emptied, not replaced: an array that has grown old takes along what it held last. */
  readonly #pieces: Piece[] = []
  #hasOutput = false
  #latencyMs = 0
  #finish: StopReason | undefined
  #usage: Usage | undefined
  /** Tool calls with a proof, by their index. */
  #signed: Map<number, ToolCallPart> | undefined
  /** Frames that went through as they came. */
  #first = ''
  #last = ''

  constructor(input: Attempt, stopwatch: Stopwatch) {
    this.#input = input
    this.#stopwatch = stopwatch
    this.#framer = createFramer(input.upstream.framing)
    this.#decoder = input.upstream.createStreamDecoder()
    const { part, prepared, client } = input
    this.#encoder = part?.encoder ?? (prepared.passThrough ? undefined : client.createStreamEncoder(input.meta()))
  }

  /**
   * Takes what the upstream sent, or its end. Returns how the attempt went, once it is over: by the last event of the
   * answer, for some providers keep the connection open behind it.
   */
  receive(chunk: Buffer | undefined): Promise<AttemptResult> | undefined {
    const failure = chunk === undefined ? this.#takeLast(this.#framer.end()) : this.#take(this.#framer.push(chunk))
    if (failure !== undefined) return this.fail(failure)
    return chunk === undefined || this.#decoder.ended === true ? this.finish() : undefined
  }

  /** Decodes frames into wire pieces; returns the provider's error when one is among them. */
  #take(frames: readonly RawFrame[]): UpstreamError | undefined {
    for (const frame of frames) {
      if (this.#decoder.ended === true) return undefined
      const events = frame.data === '' ? [] : this.#decoder.push(frame)
      for (const said of events) {
        for (const event of this.#taken(said)) {
          if (event.type === 'error') return event.error
          this.#observe(event)
          if (this.#encoder !== undefined) this.#add(this.#encoder.push(event))
        }
      }
      if (this.#encoder === undefined) this.#pass(frame)
    }
    return undefined
  }

  /** What is left when the upstream ends: an event that lacks only its line ends. Half an event goes nowhere. */
  #takeLast(frame: RawFrame | undefined): UpstreamError | undefined {
    if (frame === undefined || frame.data === '') return undefined
    const raw = Buffer.concat([frame.raw, missingLineEnds(frame.raw, this.#input.upstream.framing)])
    return this.#take([{ ...frame, raw }])
  }

  /** Writes what has been made, once there is output. Resolves when more may be written; undefined when that is now. */
  flush(): Promise<void> | undefined {
    if (!this.#hasOutput) return undefined
    this.#commit()
    const bytes = join(this.#pieces)
    this.#pieces.length = 0
    return bytes === undefined ? undefined : this.#input.reply.write(bytes)
  }

  /** The upstream ended, with its finish or without. */
  async finish(): Promise<AttemptResult> {
    if (this.#finish === undefined) return this.fail(cutError())
    // Without output only an answer that could not or would not speak is a whole one.
    if (!this.#hasOutput && (this.#finish === 'stop' || this.#finish === 'tool_calls')) return this.fail(emptyError())
    this.#commit()
    for (const call of this.#signed?.values() ?? []) this.#input.onSignedCall(call)
    this.#add(this.#encoder?.end() ?? this.#decoder.missingEnd?.() ?? '')
    const bytes = join(this.#pieces)
    if (bytes === undefined) this.#input.reply.end()
    else this.#input.reply.end(bytes)
    return { type: 'done', usage: this.#usage, latencyMs: this.#latencyMs }
  }

  /**
   * The upstream failed: before the first output another target may try; after it the client is told. Behind the finish
   * nothing of the answer is missing, and there is nothing to tell.
   */
  async fail(error: UpstreamError): Promise<AttemptResult> {
    if (!this.#hasOutput) return { type: 'failed', error, neverSent: false }
    if (this.#finish !== undefined) return this.finish()
    await this.flush()
    const { client, reply, redact, part, isOver } = this.#input
    if (!isOver() && part?.leave() === true) return { type: 'cut', error, usage: this.#usage, isOpen: true }
    const told = { status: 502, code: 'upstream_stream_failed', message: redact(error.message) }
    const passed = { first: this.#first, last: this.#last }
    reply.tear(this.#encoder?.fail(told) ?? client.encodeStreamError(told, passed))
    return { type: 'cut', error, usage: this.#usage }
  }

  /** The router stops: the client is told, and the provider is not to blame. */
  async stop(): Promise<AttemptResult> {
    const result = await this.fail({ kind: 'network', status: 0, message: SHUTTING_DOWN })
    return result.type === 'cut' ? { ...result, isOwnFault: true } : result
  }

  #observe(event: StreamEvent): void {
    if (event.type === 'usage') this.#usage = { ...this.#usage, ...event.usage }
    else if (event.type === 'finish') {
      this.#finish = event.reason
      // A text that broke off at its very end has no rest.
      if (this.#input.part?.isRest === true && event.reason === 'stop') this.#hasOutput = true
    } else if (!this.#hasOutput && isOutput(event)) this.#hasOutput = true
    if (event.type === 'thinking_signature') this.#input.onProof(event.signature)
    else if (event.type === 'thinking_encrypted') this.#input.onProof(event.data)
    else if (event.type === 'tool_call_start' && event.signature !== undefined) {
      this.#signed ??= new Map()
      this.#signed.set(event.index, openCall(event))
    } else if (event.type === 'tool_call_delta') {
      const call = this.#signed?.get(event.index)
      if (call !== undefined) call.arguments += event.arguments
    }
  }

  #commit(): void {
    if (this.committed) return
    this.committed = true
    this.#latencyMs = this.#input.clock.mono() - this.#input.started
    this.#input.onCommit()
    this.#stopwatch.start(this.#input.provider.timeouts.idle_ms)
    const { client } = this.#input
    const type = client.streamType === undefined ? {} : { 'content-type': client.streamType }
    this.#input.reply.head(200, { ...STREAM_HEADERS[client.framing], ...type, ...this.#input.headers() })
  }

  /** What the client gets of the event, with its own name of the tool. */
  #taken(said: StreamEvent): StreamEvent[] {
    const { prepared, part } = this.#input
    const event = prepared.renamed === undefined ? said : renameCall(said, prepared.renamed)
    return part === undefined ? [event] : part.take(event)
  }

  #pass({ raw, data }: RawFrame): void {
    this.#pieces.push(raw)
    if (data === '' || this.#input.client.goesOn !== true) return
    if (this.#first === '') this.#first = data
    this.#last = data
  }

  #add(text: string): void {
    if (text !== '') this.#pieces.push(text)
  }
}

const STREAM_HEADERS = {
  sse: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  ndjson: { 'content-type': 'application/x-ndjson' },
} as const

/** What an event lacks of its blank line, or a line of its end. */
function missingLineEnds(raw: Buffer, framing: Framing): Buffer {
  const hasLineEnd = /\n\r?$/.test(raw.toString('latin1', Math.max(0, raw.length - 2)))
  return Buffer.from(framing === 'ndjson' || hasLineEnd ? '\n' : '\n\n')
}

/** One write for everything one upstream read brought. */
function join(pieces: readonly Piece[]): Piece | undefined {
  if (pieces.length <= 1) return pieces[0]
  return pieces.every((piece) => typeof piece === 'string')
    ? pieces.join('')
    : Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}

function cutError(): UpstreamError {
  return { kind: 'bad_answer', status: 200, message: 'the stream ended before the answer was complete' }
}

function emptyError(): UpstreamError {
  return { kind: 'bad_answer', status: 200, message: 'the answer was empty' }
}
