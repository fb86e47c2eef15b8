import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { contentTexts } from '../shared/content.ts'
import { asRecord, type JsonRecord } from '../shared/values.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { readRole, type Role } from './decode-messages.ts'
import { decodeImages } from './images.ts'

/** What the conversation tells routing. */
export type TurnFacts = Pick<
  RequestFacts,
  'turn' | 'previousTurn' | 'firstTurn' | 'system' | 'inToolLoop' | 'vision' | 'liveVision'
> & {
  /** Characters of base64 data in all messages. */
  base64: number
}

/** Longest human turn handed on, in characters; of longer ones head and tail are kept. */
const MAX_TURN = 20_000
/** Longest opening of the system prompt, in characters. */
const MAX_SYSTEM = 2_000
/** Bytes of a message in which its role is looked for before the message is parsed. */
const ROLE_WINDOW = 40
const ROLE = /^\{\s*"role"\s*:\s*"([A-Za-z]+)"/
/**
 * Name of the field that carries media; in a JSON string the quote is escaped, so quoted code is no match. The opening
 * quote is not searched for: it is everywhere, which makes the search slow.
 */
const IMAGES = 'images"'

/**
 * Reads the conversation from the newest message backwards, parsing only messages that matter. No message at all is a
 * conversation, too. Throws `BadRequest` when a message is not an object.
 */
export function readTurns(outline: JsonOutline, spans: readonly Span[]): TurnFacts {
  const all = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
  const hasImages = outline.includes(all, IMAGES)
  const messages = spans.map((span, at) => new LazyMessage(outline, span, `messages.${at}`, hasImages))
  const last = messages.findLastIndex((message) => message.human() !== '')
  const previous = messages.slice(0, Math.max(0, last)).findLast((message) => message.human() !== '')
  const first = messages.find((message) => message.human() !== '')
  return {
    turn: clip(messages[last]?.human() ?? ''),
    previousTurn: clip(previous?.human() ?? ''),
    firstTurn: clip(first?.human() ?? ''),
    system: readSystem(messages),
    inToolLoop: isToolLoop(messages),
    vision: messages.some((message) => message.hasImage()),
    // What came after the human turn, a screenshot from a tool say, is as live as the turn itself.
    liveVision: messages.slice(Math.max(0, last)).some((message) => message.hasImage()),
    base64: messages.reduce((sum, message) => sum + message.base64(), 0),
  }
}

/** Human text as it is handed on. */
export function clip(text: string): string {
  return text.length <= MAX_TURN ? text : text.slice(0, MAX_TURN / 2) + text.slice(-MAX_TURN / 2)
}

/** The opening of a system prompt as it is handed on. */
export function openingOf(system: string): string {
  return system.slice(0, MAX_SYSTEM)
}

/** The system messages that lead the conversation. */
function readSystem(messages: readonly LazyMessage[]): string {
  const texts: string[] = []
  let length = 0
  for (const message of messages) {
    if (message.role() !== 'system' || length >= MAX_SYSTEM) break
    for (const text of message.texts()) {
      texts.push(text)
      length += text.length
    }
  }
  return openingOf(texts.join('\n'))
}

/** System turns, and user turns with injected text only, may follow a tool result without ending the loop. */
function isToolLoop(messages: readonly LazyMessage[]): boolean {
  const newest = messages.findLast((message) => {
    const role = message.role()
    if (role === 'user') return message.human() !== '' || message.hasImage()
    return role === 'assistant' || role === 'tool'
  })
  return newest?.role() === 'tool'
}

class LazyMessage {
  readonly #outline: JsonOutline
  readonly #span: Span
  readonly #mayHaveImages: boolean
  #parsed: JsonRecord | undefined
  #human: string | undefined
  #images: number[] | undefined

  constructor(outline: JsonOutline, span: Span, param: string, mayHaveImages: boolean) {
    if (outline.bytes[span.start] !== 0x7b) throw new BadRequest('a message must be an object', param)
    this.#outline = outline
    this.#span = span
    this.#mayHaveImages = mayHaveImages && outline.includes(span, IMAGES)
  }

  /** Mostly the first member, so that the message need not be parsed. */
  role(): Role | undefined {
    const { start, end } = this.#span
    const head = this.#outline.bytes.toString('latin1', start, Math.min(end, start + ROLE_WINDOW))
    return readRole(ROLE.exec(head)?.[1] ?? this.#parse()['role'])
  }

  texts(): string[] {
    return contentTexts(this.#parse()['content'])
  }

  /** Text that a person typed; '' for every other message. */
  human(): string {
    this.#human ??= this.role() === 'user' ? humanText(this.texts()) : ''
    return this.#human
  }

  /** An image that reaches the model: the user's or a tool's. */
  hasImage(): boolean {
    if (this.#sizes().length === 0) return false
    const role = this.role()
    return role === 'user' || role === 'tool'
  }

  /** Characters of base64 data. */
  base64(): number {
    return this.#sizes().reduce((sum, size) => sum + size, 0)
  }

  #sizes(): number[] {
    this.#images ??= this.#mayHaveImages
      ? decodeImages(this.#parse()['images']).map(({ source }) => (source.type === 'base64' ? source.data.length : 0))
      : []
    return this.#images
  }

  #parse(): JsonRecord {
    this.#parsed ??= asRecord(this.#outline.parse(this.#span)) ?? {}
    return this.#parsed
  }
}
