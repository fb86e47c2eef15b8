/** One timer for one attempt; re-armed cheaply for every chunk. */
export class Stopwatch {
  #timer: NodeJS.Timeout | undefined
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
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#expired = true
      this.#onExpire()
    }, ms)
  }

  /** Starts over with the same limit. */
  refresh(): void {
    this.#timer?.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
