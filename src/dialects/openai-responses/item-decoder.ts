import type { StreamEvent } from '../../chat/events.ts'
import { asArray, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { callArguments, callName, isCall, type CallDecoder } from './call-decoder.ts'
import { isRefusal } from './decode-response.ts'
import { decodeReasoning, SUMMARY_BREAK } from './reasoning.ts'

type Speech = 'text' | 'thinking'

/** Announces a call by its item and name. */
export type StartCall = (item: JsonRecord, name: string) => { call: CallDecoder; start: StreamEvent }

/**
 * Decodes the events of one output item. What only an event at the end says, of a text or of the whole item, is made
 * up for, and nothing is said twice.
 */
export class ItemDecoder {
  refused = false
  readonly #startCall: StartCall
  /** What has been said, by the part of the item that says it. */
  readonly #said = new Map<string, string>()
  #call: CallDecoder | undefined
  /** Which words of the reasoning are passed on: its summary or the reasoning itself, whichever comes first. */
  #thinks: 'summary' | 'content' | undefined
  #proved = false

  constructor(startCall: StartCall) {
    this.#startCall = startCall
  }

  add(item: JsonRecord): StreamEvent[] {
    const name = isCall(item) && this.#call === undefined ? callName(item) : undefined
    if (name === undefined) return []
    const { call, start } = this.#startCall(item, name)
    this.#call = call
    return [start]
  }

  text(part: unknown, delta: string, full?: string): StreamEvent[] {
    return this.#say('text', `text ${String(part)}`, delta, full)
  }

  refusal(part: unknown, delta: string, full?: string): StreamEvent[] {
    this.refused = true
    return this.text(part, delta, full)
  }

  thinking(source: 'summary' | 'content', part: unknown, delta: string, full?: string): StreamEvent[] {
    if (delta === '' && (full ?? '') === '') return []
    this.#thinks ??= source
    return this.#thinks === source ? this.#say('thinking', `${source} ${String(part)}`, delta, full) : []
  }

  arguments(delta: string): StreamEvent[] {
    return this.#call?.push(delta) ?? []
  }

  /** The arguments are done; a name may come with them. */
  settleArguments(event: JsonRecord): StreamEvent[] {
    return this.#call?.settle(asText(event['arguments']) ?? asText(event['input'])) ?? []
  }

  /** The whole item. */
  settle(item: JsonRecord): StreamEvent[] {
    if (isCall(item)) return [...this.add(item), ...(this.#call?.settle(callArguments(item)) ?? [])]
    if (item['type'] === 'reasoning') return this.#settleReasoning(item)
    if (item['type'] !== 'message') return []
    this.refused ||= isRefusal(item)
    return (asArray(item['content']) ?? []).flatMap((value, index) => {
      const part = asRecord(value)
      return this.text(index, '', asText(part?.['text']) ?? asText(part?.['refusal']))
    })
  }

  /** The answer is done: nothing more comes. */
  end(): StreamEvent[] {
    return this.#call?.settle(undefined) ?? []
  }

  #settleReasoning(item: JsonRecord): StreamEvent[] {
    const events: StreamEvent[] = []
    for (const source of ['summary', 'content'] as const) {
      for (const [index, part] of (asArray(item[source]) ?? []).entries()) {
        events.push(...this.thinking(source, index, '', asText(asRecord(part)?.['text'])))
      }
    }
    const proof = decodeReasoning(item)
    if (this.#proved) return events
    this.#proved = true
    if (proof?.signature !== undefined) events.push({ type: 'thinking_signature', signature: proof.signature })
    if (proof?.encrypted !== undefined) events.push({ type: 'thinking_encrypted', data: proof.encrypted })
    return events
  }

  /** Says a delta, or what `full` has beyond what was said. */
  #say(type: Speech, part: string, delta: string, full: string | undefined): StreamEvent[] {
    const said = this.#said.get(part) ?? ''
    const text = full === undefined ? delta : full.startsWith(said) ? full.slice(said.length) : ''
    if (text === '') return []
    // Parts of a summary are paragraphs.
    const isNext = part.startsWith('summary') && said === '' && this.#said.size > 0
    this.#said.set(part, said + text)
    return [{ type, text: isNext ? SUMMARY_BREAK + text : text }]
  }
}
