import { asText, type JsonRecord } from './values.ts'

interface OpenCall {
  id: string
  name: string
}

/**
 * Pairs calls with their results. Ids are optional in this dialect, and some clients drop them: calls without one get
 * `call_<n>` in order of appearance, and their results are found by name and order.
 */
export class CallMatcher {
  readonly #given: ReadonlySet<string>
  #open: OpenCall[] = []
  #count = 0

  /** `given`: all ids that the conversation itself uses. */
  constructor(given: ReadonlySet<string>) {
    this.#given = given
  }

  /** A new model turn begins: calls that nobody answered stay unanswered. */
  nextTurn(): void {
    this.#open = []
  }

  /** Id of a call. */
  call(functionCall: JsonRecord, name: string): string {
    const id = asText(functionCall['id']) ?? this.#makeUp()
    this.#open.push({ id, name })
    return id
  }

  /** Id of the call that a result answers: by id, else by name, else the oldest open one; '' when none is open. */
  result(functionResponse: JsonRecord): string {
    const given = asText(functionResponse['id'])
    const name = asText(functionResponse['name'])
    const byId = this.#open.findIndex(({ id }) => id === given)
    const byName = byId === -1 ? this.#open.findIndex((call) => call.name === name) : byId
    const [found] = this.#open.splice(Math.max(byName, 0), 1)
    return found?.id ?? given ?? ''
  }

  #makeUp(): string {
    let id = `call_${this.#count++}`
    while (this.#given.has(id)) id = `call_${this.#count++}`
    return id
  }
}
