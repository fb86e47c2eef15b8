import type { JsonRecord } from '../shared/values.ts'

/** Writes the events of one stream and numbers them. */
export class EventWriter {
  #next = 0
  #pending = ''

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
export function encodeEvent(type: string, sequenceNumber: number, fields: JsonRecord): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequenceNumber, ...fields })}\n\n`
}
