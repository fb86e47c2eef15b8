import type { DocumentPart, ImagePart } from '../../chat/request.ts'
import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { contentRole } from './decode-contents.ts'
import { decodeMedia } from './decode-parts.ts'
import { field, recordsOf } from './fields.ts'

/** What the conversation tells routing. */
export type ContentFacts = Pick<
  RequestFacts,
  'turn' | 'previousTurn' | 'firstTurn' | 'inToolLoop' | 'vision' | 'liveVision' | 'documents'
> & {
  /** Characters of base64 data in all contents. */
  base64: number
}

/** Longest human turn handed on, in characters; of longer ones head and tail are kept. */
const MAX_TURN = 20_000
/** Bytes at either end of a content in which its role is looked for before the content is parsed. */
const ROLE_WINDOW = 48
/** Google's own clients write the role last, others first. In a string these quotes would be escaped. */
const ROLE_LAST = /[,{]\s*"role"\s*:\s*"(user|model|function)"\s*\}$/
const ROLE_FIRST = /^\{\s*"role"\s*:\s*"(user|model|function)"\s*,\s*"parts"/

// Ends of field names, in either spelling. A search is fast when it starts with a rare letter: whole names, or their
// opening quote, take ten times as long.
/** Of `inlineData` and `fileData`. */
const MEDIA_MARKS = ['Data"', '_data"']
/** Of `text`. */
const TEXT_MARK = 'xt"'

/**
 * Reads the conversation from the newest content backwards, parsing only contents that matter.
 * Throws `BadRequest` when a content that it reads is not one.
 */
export function readContents(outline: JsonOutline, spans: readonly Span[]): ContentFacts {
  const all = { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }
  const hasMedia = mentionsMedia(outline, all)
  const contents = spans.map((span, at) => new LazyContent(outline, span, `contents.${at}`, hasMedia))
  const last = contents.findLastIndex((content) => content.human() !== '')
  const previous = contents.slice(0, Math.max(0, last)).findLast((content) => content.human() !== '')
  const first = contents.find((content) => content.human() !== '')
  const media = contents.map((content) => content.media())
  return {
    turn: clip(contents[last]?.human() ?? ''),
    previousTurn: clip(previous?.human() ?? ''),
    firstTurn: clip(first?.human() ?? ''),
    inToolLoop: isToolLoop(contents),
    vision: media.some(({ image }) => image),
    // What came after the human turn, a screenshot from a tool say, is as live as the turn itself.
    liveVision: media.slice(Math.max(0, last)).some(({ image }) => image),
    documents: media.some(({ document }) => document),
    base64: media.reduce((sum, { base64 }) => sum + base64, 0),
  }
}

/** Contents with injected text only may follow a tool result without ending the loop. */
function isToolLoop(contents: readonly LazyContent[]): boolean {
  for (const content of contents.toReversed()) {
    if (content.role() === 'system') continue
    if (content.role() !== 'user' || content.human() !== '') return false
    if (content.hasResult()) return true
    const { image, document } = content.media()
    if (image || document) return false
  }
  return false
}

interface Media {
  image: boolean
  document: boolean
  base64: number
}

class LazyContent {
  readonly #outline: JsonOutline
  readonly #span: Span
  readonly #param: string
  readonly #mayHaveMedia: boolean
  #role: ReturnType<typeof contentRole> | undefined
  #parsed: JsonRecord | undefined
  #human: string | undefined
  #media: Media | undefined

  constructor(outline: JsonOutline, span: Span, param: string, mayHaveMedia: boolean) {
    if (outline.bytes[span.start] !== 0x7b) throw new BadRequest('a content must be an object', param)
    this.#outline = outline
    this.#span = span
    this.#param = param
    this.#mayHaveMedia = mayHaveMedia && mentionsMedia(outline, span)
  }

  role(): ReturnType<typeof contentRole> {
    this.#role ??= contentRole(this.#seenRole() ?? this.#parse()['role'], `${this.#param}.role`)
    return this.#role
  }

  /** Text that a person typed; '' for every other content. Results of tools do not count. */
  human(): string {
    this.#human ??= this.#readHuman()
    return this.#human
  }

  hasResult(): boolean {
    return this.#parts().some((part) => asRecord(field(part, 'functionResponse')) !== undefined)
  }

  media(): Media {
    this.#media ??= this.#readMedia()
    return this.#media
  }

  #seenRole(): string | undefined {
    const { start, end } = this.#span
    const { bytes } = this.#outline
    const tail = ROLE_LAST.exec(bytes.toString('latin1', Math.max(start, end - ROLE_WINDOW), end))
    return (tail ?? ROLE_FIRST.exec(bytes.toString('latin1', start, Math.min(end, start + ROLE_WINDOW))))?.[1]
  }

  #readHuman(): string {
    if (this.role() !== 'user' || !this.#outline.includes(this.#span, TEXT_MARK)) return ''
    return humanText(this.#parts().flatMap((part) => asText(part['text']) ?? []))
  }

  /** Media of user contents, those inside tool results included; of other contents only the weight counts. */
  #readMedia(): Media {
    const found: Media = { image: false, document: false, base64: 0 }
    if (!this.#mayHaveMedia) return found
    const isUser = this.role() === 'user'
    for (const part of this.#parts().flatMap(mediaOf)) {
      if (isUser && part.type === 'image') found.image = true
      if (isUser && part.type === 'document') found.document = true
      if (part.source.type === 'base64') found.base64 += part.source.data.length
    }
    return found
  }

  #parts(): JsonRecord[] {
    return recordsOf(this.#parse()['parts'])
  }

  #parse(): JsonRecord {
    this.#parsed ??= asRecord(this.#outline.parse(this.#span)) ?? {}
    return this.#parsed
  }
}

function mediaOf(part: JsonRecord): (ImagePart | DocumentPart)[] {
  const response = asRecord(field(part, 'functionResponse'))
  const parts = response === undefined ? [part] : recordsOf(response['parts'])
  return parts.flatMap((each) => decodeMedia(each) ?? [])
}

function mentionsMedia(outline: JsonOutline, span: Span): boolean {
  return MEDIA_MARKS.some((mark) => outline.includes(span, mark))
}

function clip(text: string): string {
  return text.length <= MAX_TURN ? text : text.slice(0, MAX_TURN / 2) + text.slice(-MAX_TURN / 2)
}
