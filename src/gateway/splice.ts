import type { UpstreamError } from '../chat/error.ts'
import type { StreamEvent, Usage } from '../chat/events.ts'
import type { StreamEncoder } from '../dialects/types.ts'
import { begin, Seam } from './seam.ts'
import type { Begun } from './seam.ts'

/**
 * One streamed answer that several targets may have a part in: a text that breaks off is gone on with by the next one, in
 * the same stream of the client. Keeps the text that the client has.
 */
export class Splice {
  #encoder: StreamEncoder | undefined
  #text = ''
  #usage: Usage | undefined

  /** The client has a part of the answer, whose target is gone. */
  get isOpen(): boolean {
    return this.#encoder !== undefined
  }

  /** What the next target is asked to go on with. */
  get begun(): Begun {
    return begin(this.#text)
  }

  /** The part of the target that is asked now. `isEchoing`: it may repeat the text first. */
  next(create: () => StreamEncoder, isEchoing: boolean): Part {
    const seam = this.isOpen ? new Seam(this.begun, isEchoing) : undefined
    return new Part(this.#encoder ?? create(), seam, this.#text, this.#usage, (part) => {
      this.#encoder = part.encoder
      this.#text = part.text
      this.#usage = part.usage
    })
  }

  /** Wire text that tells the client that nobody goes on. */
  fail(message: string): string {
    return this.#encoder?.fail({ status: 502, code: 'upstream_stream_failed', message }) ?? ''
  }
}

/** What one target says of such an answer, on its way to the client's stream. */
export class Part {
  readonly encoder: StreamEncoder
  readonly #seam: Seam | undefined
  readonly #before: Usage | undefined
  readonly #keep: (part: Part) => void
  #own: Usage | undefined
  /** Events that say nothing yet: nothing of a target that fails before its first word may be seen. */
  #held: StreamEvent[] = []
  #hasBegun = false
  #isProse = true
  #text: string

  constructor(
    encoder: StreamEncoder,
    seam: Seam | undefined,
    text: string,
    before: Usage | undefined,
    keep: (part: Part) => void,
  ) {
    this.encoder = encoder
    this.#seam = seam
    this.#text = text
    this.#before = before
    this.#keep = keep
  }

  /** Another target began the answer. */
  get isRest(): boolean {
    return this.#seam !== undefined
  }

  /** All text of the answer so far. */
  get text(): string {
    return this.#text
  }

  /** Token counts of the answer so far, as far as they are known. */
  get usage(): Usage | undefined {
    return this.#own === undefined ? this.#before : addUsage(this.#before, this.#own)
  }

  /** What the client gets of an event. */
  take(event: StreamEvent): StreamEvent[] {
    if (event.type === 'error') return [event]
    if (event.type === 'usage') {
      this.#own = { ...this.#own, ...event.usage }
      return this.#hold({ type: 'usage', usage: this.usage ?? {} })
    }
    const isEmpty = (event.type === 'text' || event.type === 'thinking') && event.text === ''
    if (isEmpty) return []
    if (this.#seam === undefined) return this.#note(event)
    switch (event.type) {
      case 'start':
        return []
      case 'text': {
        const text = this.#seam.push(event.text)
        return text === '' ? [] : this.#begin({ type: 'text', text })
      }
      case 'thinking':
      case 'thinking_signature':
      case 'thinking_encrypted':
        return this.#hasBegun ? this.#note(event) : [{ type: 'error', error: REASONED }]
      default: {
        const text = this.#seam.end()
        return this.#begin(...(text === '' ? [] : [{ type: 'text' as const, text }]), event)
      }
    }
  }

  /**
   * The target broke off. True when another one may go on: the client has text and nothing that only the same model could
   * go on with, such as a call or reasoning that is signed or still open.
   */
  leave(): boolean {
    if (!this.#isProse || begin(this.#text).prefill === '') return false
    this.#keep(this)
    return true
  }

  #hold(event: StreamEvent): StreamEvent[] {
    if (this.#seam === undefined || this.#hasBegun) return [event]
    this.#held.push(event)
    return []
  }

  #begin(...events: StreamEvent[]): StreamEvent[] {
    const all = [...this.#held, ...events]
    this.#held = []
    this.#hasBegun = true
    return all.flatMap((event) => this.#note(event))
  }

  #note(event: StreamEvent): StreamEvent[] {
    if (event.type === 'text') this.#text += event.text
    // Reasoning in the open may come before the text, not behind it.
    else if (event.type === 'thinking') this.#isProse &&= this.#text === ''
    else if (event.type !== 'start' && event.type !== 'usage') this.#isProse = false
    return [event]
  }
}

const REASONED: UpstreamError = {
  kind: 'bad_answer',
  status: 200,
  message: 'the model reasoned anew and did not go on with the text',
}

/**
 * Counts of an answer of two parts: output is what both wrote, as far as they said it. Input counts once, as the first
 * target told it; else as the second did, for which the first part is input too.
 */
function addUsage(before: Usage | undefined, own: Usage): Usage {
  if (before === undefined) return own
  const { output, reasoning } = before
  const input = before.input === undefined ? own : before
  return {
    ...pick(input),
    ...sum('output', output, own.output),
    ...sum('reasoning', reasoning, own.reasoning),
  }
}

function pick({ input, cacheRead, cacheWrite }: Usage): Usage {
  return {
    ...(input !== undefined && { input }),
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  }
}

function sum(name: 'output' | 'reasoning', a: number | undefined, b: number | undefined): Usage {
  return a === undefined && b === undefined ? {} : { [name]: (a ?? 0) + (b ?? 0) }
}
