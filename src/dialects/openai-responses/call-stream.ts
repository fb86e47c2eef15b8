import { createJsonProgress } from '../shared/json-progress.ts'
import type { JsonRecord } from '../shared/values.ts'
import type { EventWriter } from './event-writer.ts'
import type { StreamedItem } from './message-stream.ts'
import { callItem, callText, type Call, type ItemStatus } from './output-items.ts'

/**
 * Streams a tool call. The free text of a custom tool is known only when its JSON arguments are whole, so it comes in
 * one piece.
 */
export class CallStream implements StreamedItem {
  isOpen = true
  readonly #writer: EventWriter
  readonly #id: string
  readonly #index: number
  readonly #call: Call
  readonly #isCustom: boolean
  readonly #progress = createJsonProgress()
  #arguments = ''
  #status: ItemStatus = 'in_progress'

  constructor(writer: EventWriter, id: string, index: number, call: Call) {
    this.#writer = writer
    this.#id = id
    this.#index = index
    this.#call = call
    this.#isCustom = call.origin?.type === 'custom'
    writer.write('response.output_item.added', { output_index: index, item: callItem(id, call, '', 'in_progress') })
  }

  /** True when the arguments are a whole JSON object: nothing more is to come. */
  get isWhole(): boolean {
    return this.#progress.complete()
  }

  push(text: string): void {
    if (!this.isOpen || text === '') return
    this.#arguments += text
    this.#progress.push(text)
    if (!this.#isCustom) this.#write('function_call_arguments.delta', { delta: text })
  }

  close(status: ItemStatus): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#status = status
    const text = callText(this.#call, this.#arguments)
    if (this.#isCustom) {
      if (text !== '') this.#write('custom_tool_call_input.delta', { delta: text })
      this.#write('custom_tool_call_input.done', { input: text })
    } else {
      // Clients add up the deltas: a call without arguments must still give JSON.
      if (this.#arguments === '') this.#write('function_call_arguments.delta', { delta: text })
      this.#write('function_call_arguments.done', { name: this.#call.origin?.name ?? this.#call.name, arguments: text })
    }
    this.#writer.write('response.output_item.done', { output_index: this.#index, item: this.item() })
  }

  item(): JsonRecord {
    return callItem(this.#id, this.#call, callText(this.#call, this.#arguments), this.#status)
  }

  #write(event: string, fields: JsonRecord): void {
    this.#writer.write(`response.${event}`, { item_id: this.#id, output_index: this.#index, ...fields })
  }
}
