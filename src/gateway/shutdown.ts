/** Tells exchanges under way that the router stops: first that nothing new should begin, then that nobody waits any longer. */
export class Shutdown {
  #phase: 'none' | 'draining' | 'over' = 'none'
  readonly #callbacks = new Set<() => void>()

  /** Answers under way may finish; connections end with them. */
  get isDraining(): boolean {
    return this.#phase !== 'none'
  }

  /** Whatever is still under way ends with an error. */
  get isOver(): boolean {
    return this.#phase === 'over'
  }

  drain(): void {
    if (this.#phase === 'none') this.#phase = 'draining'
  }

  /** Calls back everybody who waits to be told. */
  end(): void {
    this.#phase = 'over'
    const callbacks = [...this.#callbacks]
    this.#callbacks.clear()
    for (const callback of callbacks) callback()
  }

  /** Calls back once when nobody waits any longer; at once when that is so. Returns what undoes it. */
  onOver(callback: () => void): () => void {
    if (this.isOver) {
      callback()
      return () => {}
    }
    this.#callbacks.add(callback)
    return () => void this.#callbacks.delete(callback)
  }
}
