import type { StopReason, StreamEvent, Usage } from '../../chat/events.ts'
import type { ToolCallPart } from '../../chat/request.ts'
import { openCall } from '../../chat/response.ts'
import { createJsonProgress, type JsonProgress } from '../shared/json-progress.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { AnswerMeta, ClientError, StreamEncoder } from '../types.ts'
import { askedThinking } from '../shared/asked-thinking.ts'
import { encodeCall } from './encode-answer-part.ts'
import { encodeStreamError } from './encode-error.ts'
import { encodeChunk } from './encode-response.ts'
import { encodeFrame } from './frame.ts'
import { encodeUsage } from './usage.ts'

/**
 * Encodes one answer as chunks. A call must go out whole, so it waits until its arguments are complete and something
 * else follows.
 */
export function createStreamEncoder(meta: AnswerMeta): StreamEncoder {
  return new ChunkEncoder(meta)
}

interface PendingCall {
  part: ToolCallPart
  progress: JsonProgress
}

class ChunkEncoder implements StreamEncoder {
  readonly #meta: AnswerMeta
  readonly #shown: boolean
  /** Calls not written yet, by index, in order of appearance. */
  readonly #pending = new Map<number, PendingCall>()
  readonly #seen = new Set<number>()
  #written = 0
  /** The last thing said was a thought, so a signature belongs to it. */
  #inThought = false
  #usage: Usage = {}
  #finish: StopReason | undefined

  constructor(meta: AnswerMeta) {
    this.#meta = meta
    this.#shown = askedThinking(meta)
  }

  push(event: StreamEvent): string {
    switch (event.type) {
      case 'text':
        return event.text === '' ? '' : this.#say(false, { text: event.text })
      case 'thinking':
        return event.text === '' ? '' : this.#say(true, { text: event.text, thought: true })
      case 'thinking_signature':
        return this.#sign(event.signature)
      case 'tool_call_start':
        return this.#startCall(event)
      case 'tool_call_delta':
        this.#addArguments(event.index, event.arguments)
        return ''
      case 'usage':
        this.#usage = { ...this.#usage, ...event.usage }
        return ''
      case 'finish':
        this.#finish = event.reason
        return ''
      case 'start':
      case 'thinking_encrypted':
      case 'error':
        return ''
    }
  }

  end(): string {
    const parts = this.#takeCalls(true)
    const finish = this.#finish ?? (this.#written > 0 ? 'tool_calls' : 'stop')
    return encodeFrame({ ...encodeChunk(parts, this.#meta, finish), usageMetadata: encodeUsage(this.#usage) })
  }

  fail(error: ClientError): string {
    return encodeStreamError(error)
  }

  #say(thought: boolean, part: JsonRecord): string {
    this.#inThought = thought
    const calls = this.#takeCalls(false)
    return this.#chunk(thought && !this.#shown ? calls : [...calls, part])
  }

  #sign(signature: string): string {
    const thought = this.#inThought
    this.#inThought = false
    if (thought && !this.#shown) return ''
    const part = { text: '', ...(thought && { thought: true }), thoughtSignature: signature }
    return this.#chunk([...this.#takeCalls(false), part])
  }

  /** A call that is announced twice stays one call. */
  #startCall(event: Extract<StreamEvent, { type: 'tool_call_start' }>): string {
    const { index } = event
    if (this.#seen.has(index)) return ''
    this.#seen.add(index)
    this.#inThought = false
    const written = this.#takeCalls(false)
    this.#pending.set(index, { part: openCall(event), progress: createJsonProgress() })
    return this.#chunk(written)
  }

  #addArguments(index: number, text: string): void {
    const call = this.#pending.get(index)
    if (call === undefined || call.progress.complete()) return
    call.part.arguments += text
    call.progress.push(text)
  }

  /** Takes the calls that are complete, up to the first that is not; or all of them. */
  #takeCalls(all: boolean): JsonRecord[] {
    const parts: JsonRecord[] = []
    for (const [index, { part, progress }] of this.#pending) {
      if (!all && !progress.complete()) break
      this.#pending.delete(index)
      parts.push(encodeCall(part, this.#written++ === 0))
    }
    return parts
  }

  #chunk(parts: JsonRecord[]): string {
    return parts.length === 0 ? '' : encodeFrame(encodeChunk(parts, this.#meta))
  }
}
