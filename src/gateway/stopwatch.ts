/** A timer that fires later than this, in ms, was held up by a blocked event loop. */
const LATE_MS = 50

/**
 * One timer for one attempt; re-armed cheaply for every chunk. Time in which this process was blocked is not the
 * provider's: a timer that fires late waits as long again, and what came in meanwhile is read before it expires.
 */
export class Stopwatch {
  #timer: NodeJS.Timeout | undefined
  #last: NodeJS.Immediate | undefined
  #limit = 0
  /** Of the timer that runs: `#limit`, or what is granted beyond it. In ms. */
  #delay = 0
  #armedAt = 0
  #expired = false
  readonly #onExpire: () => void

  constructor(onExpire: () => void) {
    this.#onExpire = onExpire
  }

  get expired(): boolean {
    return this.#expired
  }

  /** Starts over with a new limit, in ms. */
  start(ms: number): void {
    this.#limit = ms
    this.#arm(ms)
  }

  /** Starts over with the same limit. */
  refresh(): void {
    if (this.#timer === undefined) return
    if (this.#delay !== this.#limit) return this.#arm(this.#limit)
    if (this.#last !== undefined) clearImmediate(this.#last)
    this.#armedAt = performance.now()
    this.#timer.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
    clearImmediate(this.#last)
    this.#timer = undefined
    this.#last = undefined
  }

  #arm(ms: number): void {
    this.stop()
    this.#delay = ms
    this.#armedAt = performance.now()
    this.#timer = setTimeout(() => this.#fire(), ms)
  }

  #fire(): void {
    const late = performance.now() - this.#armedAt - this.#delay
    if (late > LATE_MS) return this.#arm(Math.min(late, this.#limit))
    // Timers run before sockets are read: what is waiting there comes first.
    this.#last = setImmediate(() => {
      this.#expired = true
      this.#onExpire()
    })
  }
}
