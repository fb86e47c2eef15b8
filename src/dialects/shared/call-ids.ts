/**
 * Keeps tool-call ids of one conversation usable: no id is empty, and a result without an id belongs to the oldest
 * call without one.
 */
export class CallIds {
  readonly #known = new Set<string>()
  readonly #unnamed: string[] = []
  #count = 0

  /** Id of a call: the given one, or `call_<n>` made up in order of appearance. */
  call(given: string): string {
    if (given !== '') {
      this.#known.add(given)
      return given
    }
    let id = `call_${this.#count++}`
    while (this.#known.has(id)) id = `call_${this.#count++}`
    this.#known.add(id)
    this.#unnamed.push(id)
    return id
  }

  /** Id for a result; undefined when an id is missing and no call waits for one. */
  result(given: string): string | undefined {
    return given === '' ? this.#unnamed.shift() : given
  }

  /** Whether a call with this id came before. */
  has(id: string): boolean {
    return this.#known.has(id)
  }
}

/** Made-up id of a tool call: unique in the conversation as far as the answer's id is. At most 40 characters. */
export function madeUpCallId(answerId: string | undefined, index: number): string {
  const tail = (answerId ?? '').replaceAll(/[^A-Za-z0-9]/g, '').slice(-24)
  return tail === '' ? `call_${index}` : `call_${tail}_${index}`
}
