import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { BadRequest } from '../types.ts'
import { readMedia } from './read-media.ts'
import { isRecord } from '../../lib/is-record.ts'
import { recordsIn, toText, type JsonRecord } from '../shared/values.ts'

/** What the conversation tells routing. */
export interface TurnFacts {
  turn: string
  previousTurn: string
  firstTurn: string
  inToolLoop: boolean
  vision: boolean
  liveVision: boolean
  documents: boolean
  /** Characters of base64 data in all messages. */
  base64: number
}

/** Longest human turn handed on, in characters; of longer ones head and tail are kept. */
const MAX_TURN = 20_000

/** Role and start of the content as every known client writes them: then the message need not be parsed to skip it. */
const USUAL_START = /^\{\s*"role"\s*:\s*"(user|assistant|system)"\s*,\s*"content"\s*:\s*(.)/

/**
 * Reads the conversation from the newest message backwards, parsing only messages that matter.
 * Throws `BadRequest` when a message that it reads is not one.
 */
export function readTurns(outline: JsonOutline, spans: readonly Span[]): TurnFacts {
  const all = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
  const hasMedia = mentions(outline, all, 'image') || mentions(outline, all, 'document')
  const messages = spans.map((span, at) => new LazyMessage(outline, span, `messages.${at}`, hasMedia))
  const last = messages.findLastIndex((message) => message.human() !== '')
  const previous = messages.slice(0, Math.max(0, last)).findLast((message) => message.human() !== '')
  const first = messages.find((message) => message.human() !== '')
  const media = messages.map((message) => message.media())
  return {
    turn: cap(messages[last]?.human() ?? ''),
    previousTurn: cap(previous?.human() ?? ''),
    firstTurn: cap(first?.human() ?? ''),
    inToolLoop: isToolLoop(messages),
    vision: media.some((found) => found.image),
    // What came after the human turn, a screenshot from a tool say, is as live as the turn itself.
    liveVision: media.slice(Math.max(0, last)).some((found) => found.image),
    documents: media.some((found) => found.document),
    base64: media.reduce((sum, found) => sum + found.base64, 0),
  }
}

/** System turns, and user turns with injected text only, may follow a tool result without ending the loop. */
function isToolLoop(messages: LazyMessage[]): boolean {
  for (const message of messages.toReversed()) {
    if (message.role() === 'system') continue
    if (message.role() !== 'user' || message.human() !== '') return false
    if (message.hasToolResult()) return true
    const { image, document } = message.media()
    if (image || document) return false
  }
  return false
}

class LazyMessage {
  readonly #outline: JsonOutline
  readonly #span: Span
  readonly #param: string
  readonly #start: RegExpExecArray | null
  readonly #mayHaveMedia: boolean
  #parsed: JsonRecord | undefined
  #human: string | undefined

  constructor(outline: JsonOutline, span: Span, param: string, mayHaveMedia: boolean) {
    this.#mayHaveMedia = mayHaveMedia && (mentions(outline, span, 'image') || mentions(outline, span, 'document'))
    this.#outline = outline
    this.#span = span
    this.#param = param
    this.#start = USUAL_START.exec(outline.bytes.toString('latin1', span.start, Math.min(span.end, span.start + 64)))
  }

  role(): string {
    return this.#start?.[1] ?? toText(this.#parse()['role'])
  }

  /** Text that a person typed; '' for every other message. Results of tools do not count. */
  human(): string {
    this.#human ??= this.#readHuman()
    return this.#human
  }

  hasToolResult(): boolean {
    return this.#blocks().some((block) => block['type'] === 'tool_result')
  }

  media(): ReturnType<typeof readMedia> {
    return readMedia(this.#mayHaveMedia ? this.#parse() : undefined)
  }

  #readHuman(): string {
    if (this.role() !== 'user') return ''
    if (this.#start?.[2] === '[' && !mentions(this.#outline, this.#span, 'text')) return ''
    const content = this.#parse()['content']
    if (typeof content === 'string') return humanText([content])
    return humanText(this.#blocks().flatMap((block) => (block['type'] === 'text' ? [toText(block['text'])] : [])))
  }

  #blocks(): JsonRecord[] {
    return recordsIn(this.#parse()['content'])
  }

  #parse(): JsonRecord {
    if (this.#parsed === undefined) {
      const value = this.#outline.parse(this.#span)
      if (!isRecord(value)) throw new BadRequest(`${this.#param}: expected an object`, this.#param)
      this.#parsed = value
    }
    return this.#parsed
  }
}

/**
 * True when a JSON string ends with the word; quotes inside of text are escaped and do not count. The opening quote is
 * not searched for: it is everywhere, which makes the search three times as slow.
 */
function mentions(outline: JsonOutline, span: Span, word: string): boolean {
  return outline.includes(span, `${word}"`)
}

function cap(text: string): string {
  if (text.length <= MAX_TURN) return text
  const half = MAX_TURN / 2
  return text.slice(0, half) + text.slice(-half)
}
