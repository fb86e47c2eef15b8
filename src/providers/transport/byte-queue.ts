import type { ByteSource } from './types.ts'

/** Bytes held before the sender is asked to pause. */
const HIGH_WATER = 256 * 1024

/** Whose bytes they are. `resume` is called when a reader has emptied a full queue. */
export interface Sender {
  resume(): void
}

/** A one-reader queue between a pushing socket and a pulling reader. */
export class ByteQueue implements ByteSource {
  #chunks: Buffer[] = []
  #bytes = 0
  #ended = false
  #error: Error | undefined
  #waiting: { resolve: (chunk: Buffer | undefined) => void; reject: (error: Error) => void } | undefined
  readonly #sender: Sender

  constructor(sender: Sender) {
    this.#sender = sender
  }

  /** Returns false when the sender should pause. */
  push(chunk: Buffer): boolean {
    const waiting = this.#waiting
    if (waiting !== undefined) {
      this.#waiting = undefined
      waiting.resolve(chunk)
      return true
    }
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    return this.#bytes < HIGH_WATER
  }

  end(): void {
    this.#ended = true
    this.#waiting?.resolve(undefined)
    this.#waiting = undefined
  }

  /** What was received before the failure is still delivered first. */
  fail(error: Error): void {
    this.#error ??= error
    this.#waiting?.reject(this.#error)
    this.#waiting = undefined
  }

  next(): Promise<Buffer | undefined> {
    if (this.#bytes > 0) {
      const chunk = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#bytes)
      const wasFull = this.#bytes >= HIGH_WATER
      this.#chunks = []
      this.#bytes = 0
      if (wasFull) this.#sender.resume()
      return Promise.resolve(chunk)
    }
    if (this.#error !== undefined) return Promise.reject(this.#error)
    if (this.#ended) return Promise.resolve(undefined)
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }
}
