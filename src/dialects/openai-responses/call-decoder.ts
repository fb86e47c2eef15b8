import type { StreamEvent } from '../../chat/events.ts'
import { argumentsText, asText, type JsonRecord } from '../shared/values.ts'
import { flatName } from './tool-origin.ts'

const OPENING = '{"input":"'
const CLOSING = '"}'

/**
 * Decodes one streamed call. Free text becomes JSON arguments with that text. Servers may leave out deltas and give
 * the arguments in an event that ends them only.
 */
export class CallDecoder {
  readonly index: number
  readonly #isCustom: boolean
  /** Arguments, or free text, so far. */
  #said = ''
  #closed = false

  constructor(index: number, isCustom: boolean) {
    this.index = index
    this.#isCustom = isCustom
  }

  push(delta: string): StreamEvent[] {
    if (this.#closed || delta === '') return []
    const opening = this.#isCustom && this.#said === '' ? OPENING : ''
    this.#said += delta
    return this.#delta(this.#isCustom ? opening + escape(delta) : delta)
  }

  /** Ends the call; `full` is all of its arguments, or undefined when the event does not say. */
  settle(full: string | undefined): StreamEvent[] {
    if (this.#closed) return []
    const rest = full?.startsWith(this.#said) === true ? full.slice(this.#said.length) : ''
    const events = this.push(rest)
    this.#closed = true
    if (!this.#isCustom) return events
    return [...events, ...this.#delta(this.#said === '' ? OPENING + CLOSING : CLOSING)]
  }

  #delta(text: string): StreamEvent[] {
    return [{ type: 'tool_call_delta', index: this.index, arguments: text }]
  }
}

function escape(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** True for the items that are calls. */
export function isCall(item: JsonRecord): boolean {
  return item['type'] === 'function_call' || item['type'] === 'custom_tool_call'
}

/** Name of a call item, its namespace included; undefined while it has none. */
export function callName(item: JsonRecord): string | undefined {
  const name = asText(item['name'])
  return name === undefined ? undefined : flatName(asText(item['namespace']), name)
}

/** All that a call item holds of the arguments. */
export function callArguments(item: JsonRecord): string {
  return item['type'] === 'custom_tool_call' ? (asText(item['input']) ?? '') : argumentsText(item['arguments'])
}
