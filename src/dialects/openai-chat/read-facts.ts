import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { contentTexts } from '../shared/content.ts'
import { readMaxTokens } from './decode-request.ts'
import { findMedia, type MediaFacts } from './media-facts.ts'
import { decodeThinking } from '../shared/openai-thinking.ts'
import { asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { decodeOutput } from './decode-output.ts'
import { decodeToolChoice } from '../shared/openai-tools.ts'
import { checkModel } from '../shared/request-fields.ts'

/** Longest turn kept, in characters: half from its head, half from its tail. */
const MAX_TURN = 20_000
/** Longest opening of the system prompt, in characters. */
const MAX_SYSTEM = 2_000
/** Bytes of a message in which its role is looked for before the message is parsed. */
const ROLE_WINDOW = 40
const ROLE = /^\{\s*"role"\s*:\s*"([a-z]+)"/

/**
 * Reads the routing facts of a Chat Completions body. Only the fields asked for and the messages that can hold them
 * are parsed. Throws `BadRequest` when `model` is not a string or `messages` is not an array of objects.
 */
export function readFacts(outline: JsonOutline): RequestFacts {
  const field = (name: string): unknown => outline.value(name)
  const model = checkModel(field('model'))
  const span = outline.span('messages')
  const spans = span === undefined ? undefined : outline.elements(span)
  if (span === undefined || spans === undefined || spans.length === 0) {
    throw new BadRequest('messages must be an array with at least one message', 'messages')
  }
  checkMessages(outline, spans)
  const messages = new Messages(outline, spans)
  const last = messages.lastHuman(spans.length - 1)
  const media = findMedia(outline, span, spans)
  const tools = readTools(outline)
  const choice = tools.count === 0 ? undefined : decodeToolChoice(field('tool_choice'), field('function_call'))
  const output = decodeOutput(field('response_format'))
  const thinking = decodeThinking(field)
  return {
    model,
    stream: field('stream') === true,
    turn: clip(last.text),
    previousTurn: clip(messages.lastHuman(last.index - 1).text),
    firstTurn: clip(messages.firstHuman()),
    system: messages.system(),
    inToolLoop: messages.inToolLoop(),
    tools: tools.count,
    toolForced: choice?.type === 'required' || choice?.type === 'tool',
    toolsBytes: tools.bytes,
    vision: media.images.size > 0,
    liveVision: messages.isLive(media, last.index),
    documents: media.documents,
    json: output === undefined ? 'none' : output.type === 'json' ? 'object' : 'schema',
    thinking: thinking === undefined ? 'unset' : thinking.mode === 'off' ? 'off' : 'on',
    inputTokens: Math.ceil((span.end - span.start + tools.bytes - media.dataBytes) / 4),
    maxOutputTokens: readMaxTokens(field) ?? 0,
    session: readSession(field),
  }
}

function checkMessages(outline: JsonOutline, spans: readonly Span[]): void {
  const wrong = spans.findIndex((span) => outline.bytes[span.start] !== 0x7b)
  if (wrong !== -1) throw new BadRequest('a message must be an object', `messages.${wrong}`)
}

/** Looks at single messages; each is parsed at most once. */
class Messages {
  readonly #outline: JsonOutline
  readonly #spans: readonly Span[]
  readonly #parsed = new Map<number, JsonRecord>()
  readonly #human = new Map<number, string>()

  constructor(outline: JsonOutline, spans: readonly Span[]) {
    this.#outline = outline
    this.#spans = spans
  }

  /** The newest human turn at or before a message; index -1 when there is none. */
  lastHuman(from: number): { index: number; text: string } {
    for (let index = from; index >= 0; index--) {
      const text = this.#humanAt(index)
      if (text !== '') return { index, text }
    }
    return { index: -1, text: '' }
  }

  firstHuman(): string {
    for (let index = 0; index < this.#spans.length; index++) {
      const text = this.#humanAt(index)
      if (text !== '') return text
    }
    return ''
  }

  /** Opening of the system messages that lead the conversation. */
  system(): string {
    let text = ''
    for (let index = 0; index < this.#spans.length && isSystem(this.#role(index)); index++) {
      const part = contentTexts(this.#parse(index)['content']).join('\n')
      text += text === '' || part === '' ? part : `\n${part}`
      if (text.length >= MAX_SYSTEM) break
    }
    return text.slice(0, MAX_SYSTEM)
  }

  /** True when only system messages and user messages without a human word follow the newest tool result. */
  inToolLoop(): boolean {
    for (let index = this.#spans.length - 1; index >= 0; index--) {
      const role = this.#role(index)
      if (role === 'tool' || role === 'function') return true
      if (!isSystem(role) && (role !== 'user' || this.#humanAt(index) !== '')) return false
    }
    return false
  }

  /** True when an image came with the last human turn: in it, after it, or in the user messages right before it. */
  isLive(media: MediaFacts, human: number): boolean {
    if (media.images.size === 0) return false
    let start = human === -1 ? this.#spans.length - 1 : human
    while (start > 0 && this.#role(start - 1) === 'user') start--
    for (const index of media.images) if (index >= start && this.#role(index) === 'user') return true
    return false
  }

  #humanAt(index: number): string {
    if (this.#role(index) !== 'user') return ''
    const known = this.#human.get(index)
    if (known !== undefined) return known
    const text = humanText(contentTexts(this.#parse(index)['content']))
    this.#human.set(index, text)
    return text
  }

  /** Role of a message: mostly its first member, so that the message need not be parsed. */
  #role(index: number): string {
    const span = this.#spans[index]
    if (span === undefined) return ''
    const end = Math.min(span.end, span.start + ROLE_WINDOW)
    const role = ROLE.exec(this.#outline.bytes.toString('latin1', span.start, end))?.[1]
    return role ?? asText(this.#parse(index)['role']) ?? ''
  }

  #parse(index: number): JsonRecord {
    const known = this.#parsed.get(index)
    if (known !== undefined) return known
    const span = this.#spans[index]
    const message = (span === undefined ? undefined : asRecord(this.#outline.parse(span))) ?? {}
    this.#parsed.set(index, message)
    return message
  }
}

function isSystem(role: string): boolean {
  return role === 'system' || role === 'developer'
}

function clip(text: string): string {
  return text.length <= MAX_TURN ? text : text.slice(0, MAX_TURN / 2) + text.slice(-MAX_TURN / 2)
}

function readTools(outline: JsonOutline): { count: number; bytes: number } {
  for (const name of ['tools', 'functions']) {
    const span = outline.span(name)
    const count = (span === undefined ? undefined : outline.elements(span))?.length ?? 0
    if (span !== undefined && count > 0) return { count, bytes: span.end - span.start }
  }
  return { count: 0, bytes: 0 }
}

function readSession(field: (name: string) => unknown): string {
  return (
    asText(field('prompt_cache_key')) ??
    asText(field('user')) ??
    asText(asRecord(field('metadata'))?.['session_id']) ??
    ''
  )
}
