/** Tells the contents of files that have become others from those that are still being written. Knows no time. */
export class SettledContents {
  /** Contents that were told, or that count as known; undefined before they were read first. */
  #known: string | undefined
  /** Contents at the last reading, while they have to be read again. */
  #reading: string | undefined

  /** Takes these contents for known. */
  know(contents: string): void {
    this.#known = contents
  }

  /**
   * Takes a reading of the contents. `again`: they are others than at the reading before, so they may not be whole yet, and
   * have to be read once more; `changed`: two readings in a row were alike, and others than what was known; `same`: as known.
   */
  read(contents: string): 'again' | 'changed' | 'same' {
    if (contents !== this.#reading) {
      this.#reading = contents
      return 'again'
    }
    this.#reading = undefined
    if (contents === this.#known) return 'same'
    this.#known = contents
    return 'changed'
  }
}
