import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { asRecord, type JsonRecord } from '../shared/values.ts'
import { decodeTexts } from './decode-content.ts'
import { itemKind, type ItemKind } from './item-kind.ts'

/** Longest opening of the system prompt, in characters. */
export const MAX_SYSTEM = 2_000
/** Bytes of an item in which its type and role are looked for before the item is parsed. */
const HEAD_WINDOW = 200
/** One leading member with a short plain string: `"type":"message",`, `"id":"msg_…",`, `"role":"user"`. */
const MEMBER = /\s*"([a-z_]+)"\s*:\s*"([^"\\]*)"\s*,?/y
const CONTENT = /\s*"content"\s*:/y

/** Looks at single items of `input`; each is parsed at most once, and only when its head does not say enough. */
export class ItemReader {
  readonly #outline: JsonOutline
  readonly #spans: readonly Span[]
  readonly #parsed = new Map<number, JsonRecord>()
  readonly #kinds = new Map<number, ItemKind>()
  readonly #human = new Map<number, string>()

  constructor(outline: JsonOutline, spans: readonly Span[]) {
    this.#outline = outline
    this.#spans = spans
  }

  get count(): number {
    return this.#spans.length
  }

  /** The newest human turn at or before an item; index -1 when there is none. */
  lastHuman(from: number): { index: number; text: string } {
    for (let index = from; index >= 0; index--) {
      const text = this.#humanAt(index)
      if (text !== '') return { index, text }
    }
    return { index: -1, text: '' }
  }

  firstHuman(): string {
    for (let index = 0; index < this.count; index++) {
      const text = this.#humanAt(index)
      if (text !== '') return text
    }
    return ''
  }

  /** Opening of the system prompt: the instructions, then the system messages that lead the conversation. */
  system(instructions: string): string {
    let text = instructions
    for (let index = 0; index < this.count && text.length < MAX_SYSTEM; index++) {
      const kind = this.kind(index)
      if (kind === 'tools') continue
      if (kind !== 'system') break
      const part = decodeTexts(this.parse(index)['content'])
        .map((each) => each.text)
        .join('\n')
      text += text === '' || part === '' ? part : `\n${part}`
    }
    return text.slice(0, MAX_SYSTEM)
  }

  /** True when only system items and user messages without a human word follow the newest output of a tool. */
  inToolLoop(): boolean {
    for (let index = this.count - 1; index >= 0; index--) {
      const kind = this.kind(index)
      if (kind === 'result') return true
      if (kind !== 'system' && kind !== 'tools' && (kind !== 'user' || this.#humanAt(index) !== '')) return false
    }
    return false
  }

  /** True when an image came with the last human turn: in it, after it, or in the user messages right before it. */
  isLive(images: ReadonlySet<number>, human: number): boolean {
    if (images.size === 0) return false
    let start = human === -1 ? this.count - 1 : human
    while (start > 0 && this.kind(start - 1) === 'user') start--
    for (const index of images) if (index >= start && this.kind(index) === 'user') return true
    return false
  }

  kind(index: number): ItemKind {
    const known = this.#kinds.get(index)
    if (known !== undefined) return known
    const kind = this.#headKind(index) ?? this.#parsedKind(index)
    this.#kinds.set(index, kind)
    return kind
  }

  parse(index: number): JsonRecord {
    const known = this.#parsed.get(index)
    if (known !== undefined) return known
    const span = this.#spans[index]
    const item = (span === undefined ? undefined : asRecord(this.#outline.parse(span))) ?? {}
    this.#parsed.set(index, item)
    return item
  }

  #humanAt(index: number): string {
    if (this.kind(index) !== 'user') return ''
    const known = this.#human.get(index)
    if (known !== undefined) return known
    const text = humanText(decodeTexts(this.parse(index)['content']).map((part) => part.text))
    this.#human.set(index, text)
    return text
  }

  /** Kind by the members that lead the item; undefined when they do not settle it. */
  #headKind(index: number): ItemKind | undefined {
    const { type, role, content } = readHead(this.#outline, this.#spans[index])
    if (type === undefined ? role === undefined || !content : type === 'message' && role === undefined) return undefined
    return itemKind(type, role)
  }

  #parsedKind(index: number): ItemKind {
    const item = this.parse(index)
    return itemKind(item['type'], item['role'])
  }
}

/** What the leading members of an object tell. */
export interface Head {
  type?: string
  role?: string
  /** The content follows: what is a message by then has no type. */
  content: boolean
}

export function readHead(outline: JsonOutline, span: Span | undefined): Head {
  const head: Head = { content: false }
  if (span === undefined) return head
  const end = Math.min(span.end, span.start + HEAD_WINDOW)
  const text = outline.bytes.toString('latin1', span.start, end)
  let at = 1
  for (;;) {
    MEMBER.lastIndex = at
    const match = MEMBER.exec(text)
    if (match === null) break
    at = MEMBER.lastIndex
    const name = match[1]
    if (name === 'content') head.content = true
    else if ((name === 'type' || name === 'role') && match[2] !== undefined) head[name] = match[2]
  }
  CONTENT.lastIndex = at
  head.content ||= CONTENT.test(text)
  return head
}
