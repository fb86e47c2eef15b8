import type { ByteSource } from './types.ts'

/** Bytes held before the sender is asked to pause. */
const HIGH_WATER = 256 * 1024

/** Whose bytes they are. `resume` is called when a reader has emptied a full queue. */
export interface Sender {
  resume(): void
}

/** A one-reader queue between a pushing socket and a pulling reader. */
export class ByteQueue implements ByteSource {
  /** Emptied, not replaced: an array that has grown old takes along what it held last. */
  readonly #chunks: Buffer[] = []
  #bytes = 0
  #ended = false
  #error: Error | undefined
  #wake: (() => void) | undefined
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /** Returns false when the sender should pause. */
  push(chunk: Buffer): boolean {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    this.#rouse()
    return this.#bytes < HIGH_WATER
  }

  end(): void {
    this.#ended = true
    this.#rouse()
  }

  /** What was received before the failure is still delivered first. */
  fail(error: Error): void {
    this.#error ??= error
    this.#rouse()
  }

  ready(): Promise<void> | undefined {
    if (this.#bytes > 0 || this.#error !== undefined || this.#ended) return undefined
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  next(): Promise<Buffer | undefined> {
    return this.ready()?.then(() => this.#take()) ?? this.#take()
  }

  #rouse(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  #take(): Promise<Buffer | undefined> {
    if (this.#bytes > 0) {
      const chunk = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#bytes)
      const wasFull = this.#bytes >= HIGH_WATER
      this.#chunks.length = 0
      this.#bytes = 0
      if (wasFull) this.#sender.resume()
      return Promise.resolve(chunk)
    }
    return this.#error === undefined ? Promise.resolve(undefined) : Promise.reject(this.#error)
  }
}
