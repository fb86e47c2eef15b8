// Reads the outline of a JSON object from its bytes, without building the values.
// Agent requests weigh 100-200 KB and are mostly passed on; parsing them whole costs more than all the rest of a request.

/** A value's place in the bytes: [start, end). */
export interface Span {
  start: number
  end: number
}

/** The bytes are not JSON, or not an object. `offset` is in bytes. */
export class JsonSyntaxError extends Error {
  override name = 'JsonSyntaxError'
  readonly offset: number
  constructor(message: string, offset: number) {
    super(`${message} at byte ${offset}`)
    this.offset = offset
  }
}

/** Deeper nesting than any real request has; refused so that no later walk can overflow the stack. */
const MAX_DEPTH = 256
/** Below this size a body is also parsed, which checks the inside of every string. In bytes. */
const PARSE_BELOW = 16_384
/** String bytes looked at one by one before searching for the closing quote natively. */
const SHORT_STRING = 48

const QUOTE = 0x22
const BACKSLASH = 0x5c

/** One top-level member: its name, and the places of its quoted key and of its value. */
export interface Member {
  name: string
  key: Span
  value: Span
}

export class JsonOutline {
  readonly bytes: Buffer
  /** Top-level members in the order of the bytes; a repeated key is there more than once. */
  readonly members: readonly Member[]
  /** Elements of the arrays among the members, by the array's first byte: noted while passing, not looked for again. */
  readonly #elements = new Map<number, Span[]>()

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.members = scanObject(bytes, this.#elements)
    if (bytes.length < PARSE_BELOW) parseText(bytes, { start: 0, end: bytes.length })
  }

  /** Place of a top-level member's value; of the last one when the key is repeated, as `JSON.parse` has it. */
  span(key: string): Span | undefined {
    return this.members.findLast(({ name }) => name === key)?.value
  }

  /** Parses one value. Throws `JsonSyntaxError` when its strings are not valid. */
  parse(span: Span): unknown {
    return parseText(this.bytes, span)
  }

  /** Parses a top-level member; undefined when it is absent. */
  value(key: string): unknown {
    const span = this.span(key)
    return span === undefined ? undefined : this.parse(span)
  }

  /** Places of an array's elements; undefined when the value is not an array. */
  elements(span: Span): Span[] | undefined {
    return (
      this.#elements.get(span.start) ??
      (this.bytes[span.start] === 0x5b ? scanArray(this.bytes, span.start) : undefined)
    )
  }

  /** True when the ASCII text occurs in the span; a cheap test before parsing it. */
  includes(span: Span, ascii: string): boolean {
    return this.bytes.subarray(span.start, span.end).includes(ascii, 0, 'latin1')
  }
}

/** Parses bytes whose structure is known to be sound, so only the inside of a string can be wrong. */
function parseText(bytes: Buffer, span: Span): unknown {
  try {
    return JSON.parse(bytes.toString('utf8', span.start, span.end))
  } catch {
    throw findStringError(bytes, span)
  }
}

/** The first mistake inside a string. JSON.parse has it too, but without its offset in bytes. */
function findStringError(bytes: Buffer, span: Span): JsonSyntaxError {
  let inString = false
  for (let at = span.start; at < span.end; at++) {
    const byte = bytes[at] ?? 0
    if (byte === QUOTE) inString = !inString
    else if (!inString) continue
    else if (byte < 0x20) return new JsonSyntaxError('control character in a string', at)
    else if (byte === BACKSLASH) {
      const length = escapeLength(bytes, at)
      if (length === 0) return new JsonSyntaxError('bad escape in a string', at)
      at += length - 1
    }
  }
  return new JsonSyntaxError('invalid JSON', span.start)
}

const ESCAPE = /^\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/

/** Length of the escape sequence at `at`; 0 when it is not one. */
function escapeLength(bytes: Buffer, at: number): number {
  return ESCAPE.exec(bytes.toString('latin1', at, at + 6))?.[0].length ?? 0
}

function scanObject(bytes: Buffer, elements: Map<number, Span[]>): Member[] {
  const members: Member[] = []
  let at = skipSpace(bytes, 0)
  if (bytes[at] !== 0x7b) {
    if (at >= bytes.length) throw new JsonSyntaxError('empty body, expected a JSON object', at)
    throw new JsonSyntaxError('expected a JSON object', at)
  }
  const end = walkObject(bytes, at, 1, { members, elements })
  at = skipSpace(bytes, end)
  if (at < bytes.length) throw new JsonSyntaxError('unexpected data after the JSON object', at)
  return members
}

function scanArray(bytes: Buffer, start: number): Span[] {
  const spans: Span[] = []
  walkArray(bytes, start, 1, spans)
  return spans
}

/** What the walk of the top level notes. */
interface Notes {
  members: Member[]
  elements: Map<number, Span[]>
}

/** Walks `{…}` at `at`, noting its members if asked to; returns the offset behind it. */
function walkObject(bytes: Buffer, at: number, depth: number, notes: Notes | undefined): number {
  if (depth > MAX_DEPTH) throw new JsonSyntaxError(`nested deeper than ${MAX_DEPTH} levels`, at)
  at = skipSpace(bytes, at + 1)
  if (bytes[at] === 0x7d) return at + 1
  for (;;) {
    if (bytes[at] !== QUOTE) throw new JsonSyntaxError('expected a string key', at)
    const keyEnd = skipString(bytes, at)
    const colon = skipSpace(bytes, keyEnd)
    if (bytes[colon] !== 0x3a) throw new JsonSyntaxError('expected ":"', colon)
    const start = skipSpace(bytes, colon + 1)
    const end = notes === undefined ? skipValue(bytes, start, depth) : walkMember(bytes, start, depth, notes.elements)
    notes?.members.push({ name: readKey(bytes, at, keyEnd), key: { start: at, end: keyEnd }, value: { start, end } })
    at = skipSpace(bytes, end)
    if (bytes[at] === 0x7d) return at + 1
    if (bytes[at] !== 0x2c) throw new JsonSyntaxError('expected "," or "}"', at)
    at = skipSpace(bytes, at + 1)
  }
}

/** Skips a top-level value, noting its elements when it is an array. */
function walkMember(bytes: Buffer, start: number, depth: number, elements: Map<number, Span[]>): number {
  if (bytes[start] !== 0x5b) return skipValue(bytes, start, depth)
  const spans: Span[] = []
  elements.set(start, spans)
  return walkArray(bytes, start, depth + 1, spans)
}

/** Walks `[…]` at `at`, noting its elements if asked to; returns the offset behind it. */
function walkArray(bytes: Buffer, at: number, depth: number, spans: Span[] | undefined): number {
  if (depth > MAX_DEPTH) throw new JsonSyntaxError(`nested deeper than ${MAX_DEPTH} levels`, at)
  at = skipSpace(bytes, at + 1)
  if (bytes[at] === 0x5d) return at + 1
  for (;;) {
    const end = skipValue(bytes, at, depth)
    spans?.push({ start: at, end })
    at = skipSpace(bytes, end)
    if (bytes[at] === 0x5d) return at + 1
    if (bytes[at] !== 0x2c) throw new JsonSyntaxError('expected "," or "]"', at)
    at = skipSpace(bytes, at + 1)
  }
}

function skipValue(bytes: Buffer, at: number, depth: number): number {
  const byte = bytes[at]
  switch (byte) {
    case QUOTE:
      return skipString(bytes, at)
    case 0x7b:
      return walkObject(bytes, at, depth + 1, undefined)
    case 0x5b:
      return walkArray(bytes, at, depth + 1, undefined)
    case 0x74:
      return skipLiteral(bytes, at, 'true')
    case 0x66:
      return skipLiteral(bytes, at, 'false')
    case 0x6e:
      return skipLiteral(bytes, at, 'null')
    default:
      return skipNumber(bytes, at)
  }
}

function readKey(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString('utf8', start + 1, end - 1)
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(`"${raw}"`) as string
  } catch {
    throw new JsonSyntaxError('invalid string', start)
  }
}

function skipString(bytes: Buffer, start: number): number {
  const near = Math.min(start + SHORT_STRING, bytes.length)
  let at = start + 1
  while (at < near) {
    const byte = bytes[at]
    if (byte === QUOTE) return at + 1
    if (byte === BACKSLASH) at += 2
    else if (byte !== undefined && byte < 0x20) throw new JsonSyntaxError('control character in a string', at)
    else at++
  }
  for (;;) {
    const quote = bytes.indexOf(QUOTE, at)
    if (quote === -1) throw new JsonSyntaxError('string without an end', start)
    let before = quote - 1
    while (before >= at && bytes[before] === BACKSLASH) before--
    if ((quote - before) % 2 === 1) return quote + 1
    at = quote + 1
  }
}

function skipSpace(bytes: Buffer, at: number): number {
  for (;;) {
    const byte = bytes[at]
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return at
    at++
  }
}

function skipLiteral(bytes: Buffer, at: number, literal: string): number {
  for (let i = 0; i < literal.length; i++) {
    if (bytes[at + i] !== literal.charCodeAt(i)) throw new JsonSyntaxError('unexpected token', at)
  }
  return at + literal.length
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y

function skipNumber(bytes: Buffer, start: number): number {
  let end = start
  for (;;) {
    const byte = bytes[end] ?? 0
    const digit = byte >= 0x30 && byte <= 0x39
    if (!digit && byte !== 0x2d && byte !== 0x2b && byte !== 0x2e && byte !== 0x45 && byte !== 0x65) break
    end++
  }
  const text = bytes.toString('latin1', start, end)
  NUMBER.lastIndex = 0
  if (end === start || !NUMBER.test(text) || NUMBER.lastIndex !== text.length) {
    throw new JsonSyntaxError(start >= bytes.length ? 'unexpected end' : 'unexpected token', start)
  }
  return end
}
