import type { JsonRecord } from '../shared/values.ts'

/** Writes the events of one stream and numbers them. */
export class EventWriter {
  #next: number
  #pending = ''

  /** `next`: number of the first event. */
  constructor(next: number = 0) {
    this.#next = next
  }

  write(type: string, fields: JsonRecord): void {
    this.#pending += encodeEvent(type, this.#next++, fields)
  }

  /** Wire text of the events since the last call. */
  flush(): string {
    const text = this.#pending
    this.#pending = ''
    return text
  }
}

/** One server-sent event, named by its type. */
function encodeEvent(type: string, sequenceNumber: number, fields: JsonRecord): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequenceNumber, ...fields })}\n\n`
}
