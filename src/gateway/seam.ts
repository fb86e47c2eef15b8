/** What the next target is told of a text that broke off. */
export interface Begun {
  /** The text as far as it is asked to go on with: without white space and half a character at its end. */
  prefill: string
  /** The rest of the text: the client has it, and the next target will most likely say it again. */
  overhang: string
}

/**
 * Parts a text at the place where another model can go on. Anthropic refuses a last assistant turn that ends in white
 * space, other models continue badly behind it, and half a surrogate pair is no text.
 */
export function begin(text: string): Begun {
  const whole = text.replace(/[\ud800-\udbff]$/, '')
  const prefill = whole.trimEnd()
  return { prefill, overhang: text.slice(prefill.length) }
}

/**
 * Joins a continuation to what the client has: what it has already is left out. `isEchoing`: the target may repeat the
 * whole prefill first.
 */
export class Seam {
  /** What may come again before anything new. */
  #expected: string
  /** Characters of it that have come again. */
  #at = 0
  /** So many of its characters are the prefill. */
  #echoed: number
  readonly #overhang: string
  #isDone = false

  constructor({ prefill, overhang }: Begun, isEchoing: boolean) {
    this.#echoed = isEchoing ? prefill.length : 0
    this.#overhang = overhang
    this.#expected = isEchoing ? prefill + overhang : overhang
  }

  /** What of the next piece is new to the client; '' while that is open. */
  push(text: string): string {
    if (this.#isDone) return text
    let same = 0
    while (this.#at < this.#expected.length && same < text.length && text[same] === this.#expected[this.#at]) {
      same++
      this.#at++
    }
    if (same === text.length && this.#at < this.#expected.length) return ''
    if (this.#at < this.#echoed) return this.push(this.#withoutEcho(this.#at - same) + text)
    this.#isDone = true
    return text.slice(same)
  }

  /** The continuation is over: what was held back and is new after all. */
  end(): string {
    const rest = !this.#isDone && this.#at < this.#echoed ? this.push(this.#withoutEcho(this.#at)) : ''
    this.#isDone = true
    return rest
  }

  /** The prefill does not come again: its first characters were new. Returns them. */
  #withoutEcho(length: number): string {
    const taken = this.#expected.slice(0, length)
    this.#expected = this.#overhang
    this.#at = 0
    this.#echoed = 0
    return taken
  }
}
