import type { JsonRecord } from '../shared/values.ts'
import type { EventWriter } from './event-writer.ts'
import type { StreamedItem } from './message-stream.ts'
import { reasoningItem, summaryPart } from './output-items.ts'

/** Streams a reasoning item: its words as one part of the summary, its proof when it is done. */
export class ReasoningStream implements StreamedItem {
  isOpen = true
  readonly #writer: EventWriter
  readonly #id: string
  readonly #index: number
  #text = ''
  #proof: string | undefined

  constructor(writer: EventWriter, id: string, index: number) {
    this.#writer = writer
    this.#id = id
    this.#index = index
    writer.write('response.output_item.added', { output_index: index, item: reasoningItem(id, '', undefined) })
  }

  push(text: string): void {
    const place = this.#place()
    if (this.#text === '')
      this.#writer.write('response.reasoning_summary_part.added', { ...place, part: summaryPart('') })
    this.#text += text
    this.#writer.write('response.reasoning_summary_text.delta', { ...place, delta: text })
  }

  /** Ends the item with what only the model can read. */
  prove(proof: string): void {
    this.#proof = proof
    this.close()
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    if (this.#text !== '') {
      const place = this.#place()
      this.#writer.write('response.reasoning_summary_text.done', { ...place, text: this.#text })
      this.#writer.write('response.reasoning_summary_part.done', { ...place, part: summaryPart(this.#text) })
    }
    this.#writer.write('response.output_item.done', { output_index: this.#index, item: this.item() })
  }

  item(): JsonRecord {
    return reasoningItem(this.#id, this.#text, this.#proof)
  }

  #place(): JsonRecord {
    return { item_id: this.#id, output_index: this.#index, summary_index: 0 }
  }
}
