import type { JsonRecord } from '../shared/values.ts'
import type { EventWriter } from './event-writer.ts'
import { messageItem, textPart, type ItemStatus } from './output-items.ts'

/** An item of the output while it is streamed. */
export interface StreamedItem {
  readonly isOpen: boolean
  close(status: ItemStatus): void
  /** The item as it is by now; complete once it is closed. */
  item(): JsonRecord
}

/** Streams a message with one text. */
export class MessageStream implements StreamedItem {
  isOpen = true
  readonly #writer: EventWriter
  readonly #id: string
  readonly #place: { item_id: string; output_index: number; content_index: number }
  #status: ItemStatus = 'in_progress'
  #text = ''

  constructor(writer: EventWriter, id: string, index: number) {
    this.#writer = writer
    this.#id = id
    this.#place = { item_id: id, output_index: index, content_index: 0 }
    writer.write('response.output_item.added', { output_index: index, item: messageItem(id, [], 'in_progress') })
    writer.write('response.content_part.added', { ...this.#place, part: textPart('') })
  }

  push(text: string): void {
    this.#text += text
    this.#writer.write('response.output_text.delta', { ...this.#place, delta: text, logprobs: [] })
  }

  close(status: ItemStatus): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#status = status
    this.#writer.write('response.output_text.done', { ...this.#place, text: this.#text, logprobs: [] })
    this.#writer.write('response.content_part.done', { ...this.#place, part: textPart(this.#text) })
    const { output_index } = this.#place
    this.#writer.write('response.output_item.done', { output_index, item: this.item() })
  }

  item(): JsonRecord {
    return messageItem(this.#id, [textPart(this.#text)], this.#status)
  }
}
