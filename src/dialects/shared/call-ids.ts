/** "Invalid 'messages[1].tool_calls[0].id': string too long. Expected a string with maximum length 40". */
export const MAX_CHAT_ID = 40
/** "Invalid 'input[2].call_id': string too long. Expected a string with maximum length 64". */
export const MAX_RESPONSES_ID = 64

/**
 * Keeps tool-call ids of one conversation usable: no id is empty or too long, and a result without an id belongs to the
 * oldest call without one.
 */
export class CallIds {
  readonly #known = new Set<string>()
  readonly #short = new Map<string, string>()
  readonly #unnamed: string[] = []
  readonly #most: number
  #count = 0

  /** `most`: longest id, in characters. */
  constructor(most: number = Infinity) {
    this.#most = most
  }

  /** Id of a call: the given one, or `call_<n>` made up in order of appearance. */
  call(given: string): string {
    if (given !== '') {
      const usable = given.length <= this.#most ? given : this.#shorten(given)
      this.#known.add(usable)
      return usable
    }
    let id = `call_${this.#count++}`
    while (this.#known.has(id)) id = `call_${this.#count++}`
    this.#known.add(id)
    this.#unnamed.push(id)
    return id
  }

  /** Id for a result; undefined when an id is missing and no call waits for one. */
  result(given: string): string | undefined {
    return given === '' ? this.#unnamed.shift() : (this.#short.get(given) ?? given)
  }

  /** The end of an id tells it from others; a number does where that is taken. */
  #shorten(given: string): string {
    const known = this.#short.get(given)
    if (known !== undefined) return known
    let short = given.slice(-this.#most)
    for (let n = 2; this.#known.has(short); n++) short = `${given.slice(-this.#most + `_${n}`.length)}_${n}`
    this.#short.set(given, short)
    return short
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
