import type { DocumentPart, ImagePart, TextPart } from '../../chat/request.ts'
import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { BadRequest } from '../types.ts'
import { toRecord, type JsonRecord } from './values.ts'

/** Who speaks in a turn; `none` for what is no part of the conversation. */
export type TurnRole = 'system' | 'user' | 'assistant' | 'tool' | 'none'

/** How a dialect writes the turns of a conversation. */
export interface TurnFormat {
  /** Member of the body that holds them, for errors. */
  member: string
  /**
   * Ends of the quoted names of fields or types that come with media. They begin with a rare letter and are short: Node
   * looks for the first byte of a needle of up to six bytes natively, and that is ten times as fast as for a longer one or
   * one that begins with an e. In a JSON string the closing quote is escaped, so quoted code is no match.
   */
  mediaMarks: readonly string[]
  /** Role by the bytes at either end of a turn, so that it need not be parsed; undefined when they do not tell. */
  peekRole(bytes: Buffer, span: Span): TurnRole | undefined
  /** Role of a parsed turn. May throw `BadRequest`; `param` is the place of the turn. */
  readRole(turn: JsonRecord, param: string): TurnRole
  /** False when a turn has no text for certain. Absent: any may have. */
  mayHaveText?(outline: JsonOutline, span: Span): boolean
  readTexts(turn: JsonRecord): string[]
  /** Pictures and files, those inside tool results included. */
  readMedia(turn: JsonRecord): Medium[]
  /** Whether a user turn brings the result of a tool, in dialects without a role for that. */
  hasResult?(turn: JsonRecord): boolean
  /** Tool results hold no pictures: clients send those in a user turn behind them, which is no turn of the person. */
  resultsLackMedia?: boolean
}

/** A picture or a file. */
export interface Medium {
  type: 'image' | 'document'
  /** Characters of base64 data, with what introduces it. */
  size: number
}

/** The media among some parts; `asDataUrl`: base64 data stands in data URLs. */
export function mediaAmong(
  parts: readonly (TextPart | ImagePart | DocumentPart)[],
  asDataUrl: boolean = false,
): Medium[] {
  return parts.flatMap((part) => {
    if (part.type === 'text') return []
    if (part.source.type !== 'base64') return [{ type: part.type, size: 0 }]
    const { mediaType, data } = part.source
    return [{ type: part.type, size: data.length + (asDataUrl ? `data:${mediaType};base64,`.length : 0) }]
  })
}

export interface TurnMedia {
  image: boolean
  document: boolean
  any: boolean
  /** Characters of base64 data. */
  base64: number
}

const NO_MEDIA: TurnMedia = { image: false, document: false, any: false, base64: 0 }
const OPEN_BRACE = 0x7b

/** Looks at one turn; it is parsed when its bytes alone do not tell enough, and at most once. */
export class LazyTurn {
  readonly #outline: JsonOutline
  readonly #span: Span
  readonly #param: string
  readonly #format: TurnFormat
  readonly #mayHaveMedia: boolean
  #role: TurnRole | undefined
  #parsed: JsonRecord | undefined
  #human: string | undefined
  #media: TurnMedia | undefined

  constructor(outline: JsonOutline, span: Span, at: number, format: TurnFormat, mayHaveMedia: boolean) {
    this.#param = `${format.member}.${at}`
    if (outline.bytes[span.start] !== OPEN_BRACE) {
      throw new BadRequest(`${this.#param} must be an object`, this.#param)
    }
    this.#outline = outline
    this.#span = span
    this.#format = format
    this.#mayHaveMedia = mayHaveMedia
  }

  get role(): TurnRole {
    this.#role ??=
      this.#format.peekRole(this.#outline.bytes, this.#span) ?? this.#format.readRole(this.#parse(), this.#param)
    return this.#role
  }

  texts(): string[] {
    return this.#format.readTexts(this.#parse())
  }

  /** Text that a person typed; '' for every other turn. Results of tools do not count. */
  get human(): string {
    this.#human ??= this.#mayBeHuman() ? humanText(this.texts()) : ''
    return this.#human
  }

  get hasResult(): boolean {
    return this.role === 'tool' || (this.role === 'user' && this.#format.hasResult?.(this.#parse()) === true)
  }

  /** Media that reach the model: the user's or a tool's. Those of other turns count by their weight only. */
  get media(): TurnMedia {
    this.#media ??= this.#mayHaveMedia ? this.#readMedia() : NO_MEDIA
    return this.#media
  }

  #mayBeHuman(): boolean {
    return this.role === 'user' && this.#format.mayHaveText?.(this.#outline, this.#span) !== false
  }

  #readMedia(): TurnMedia {
    const media = this.#format.readMedia(this.#parse())
    const isSeen = this.role === 'user' || this.role === 'tool'
    const image = isSeen && media.some(({ type }) => type === 'image')
    const document = isSeen && media.some(({ type }) => type === 'document')
    return { image, document, any: image || document, base64: media.reduce((sum, { size }) => sum + size, 0) }
  }

  #parse(): JsonRecord {
    this.#parsed ??= toRecord(this.#outline.parse(this.#span))
    return this.#parsed
  }
}
