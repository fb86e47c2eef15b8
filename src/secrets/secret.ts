import { inspect } from 'node:util'

/** A key or token. Only `reveal()` gives the value; printing, logging or serialising it gives a placeholder. */
export class Secret {
  readonly #value: string
  /** The reference it came from, e.g. `env:OPENAI_API_KEY`: safe to print. */
  readonly reference: string

  constructor(value: string, reference: string) {
    this.#value = value
    this.reference = reference
    Object.defineProperty(this, inspect.custom, { value: () => `Secret(${reference})` })
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return '[redacted]'
  }

  toJSON(): string {
    return '[redacted]'
  }
}
