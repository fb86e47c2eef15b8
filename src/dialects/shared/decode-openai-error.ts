import type { ErrorKind, UpstreamError } from '../../chat/error.ts'
import { kindOfCode, kindOfStatus, kindOfText } from './error-tables.ts'
import { retryHint } from './retry-hint.ts'
import { asArray, asNumber, asRecord, asText, type JsonRecord } from './values.ts'

/** Longest message kept, in characters. */
const MAX_MESSAGE = 2_000
/** Levels of arrays, JSON in strings and wrapped errors that are looked through. */
const MAX_NESTING = 8

/** Maps a non-2xx answer, or an error body inside a 200. The body may be JSON, HTML, plain text or nothing. */
export function decodeError(status: number, body: string): UpstreamError {
  const parsed = parse(body)
  if (parsed !== undefined && typeof parsed !== 'string') return errorFrom(status, parsed)
  const text = (parsed ?? body).trim()
  if (text === '') return plain(status, `the provider answered with status ${status} and no body`)
  if (text.startsWith('<')) return plain(status, `the provider answered HTML with status ${status}`)
  return plain(status, text)
}

/** The error that a parsed 2xx body or stream chunk carries; undefined when it carries none. */
export function decodeErrorBody(body: unknown): UpstreamError | undefined {
  const record = asRecord(asArray(body)?.[0] ?? body)
  if (record === undefined) return undefined
  const choice = asRecord(asArray(record['choices'])?.[0])
  // OpenRouter reports a failed provider inside the choice; Groq a broken stream in x_groq.
  const carried = record['error'] ?? choice?.['error'] ?? asRecord(record['x_groq'])?.['error']
  if (asText(carried) !== undefined) return errorFrom(200, { error: carried })
  const error = asRecord(carried)
  if (error !== undefined && Object.keys(error).length > 0) return errorFrom(200, { error })
  if (choice?.['finish_reason'] === 'error') {
    return { kind: 'server', status: 200, message: 'the provider ended the answer with finish_reason "error"' }
  }
  if (record['object'] === 'error' || record['type'] === 'error') return errorFrom(200, record)
  return undefined
}

/** What a vendor says about an error, gathered from all levels of its body. */
interface Said {
  messages: string[]
  codes: string[]
  /** Status named in the body, for errors inside a 200; 0 when none. */
  status: number
  details: unknown
}

/** Reads an error body of any known shape. `status` is the HTTP status it came with. */
export function errorFrom(status: number, body: unknown): UpstreamError {
  const said: Said = { messages: [], codes: [], status: 0, details: undefined }
  gather(body, said, 0)
  const message = cap([...new Set(said.messages)].join(': '))
  const effective = status < 400 && said.status >= 400 ? said.status : status
  const kind = kindOf(effective, message, said.codes)
  const code = said.codes[0]
  const retryAfterMs = retryHint(said.details, kind === 'rate_limit' || kind === 'overloaded' ? message : '')
  return {
    kind,
    status,
    message: message === '' ? `the provider answered with status ${status} and no message` : message,
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

function kindOf(status: number, message: string, codes: readonly string[]): ErrorKind {
  for (const code of codes) {
    const kind = kindOfCode(code)
    if (kind !== undefined) return kind
  }
  return kindFromText(status, message)
}

/** An error that a 200 carries without naming a status is the provider's own. */
function kindFromText(status: number, message: string): ErrorKind {
  return kindOfText(message) ?? (status < 400 ? 'server' : kindOfStatus(status))
}

function plain(status: number, text: string): UpstreamError {
  const message = cap(text)
  return { kind: status < 400 ? 'bad_answer' : kindFromText(status, message), status, message }
}

/**
 * Collects messages and codes. Known shapes: `{error:{message,type,code}}`, `{error:"text"}`, `{message,type,code}`
 * (Mistral, vLLM), `{detail}` (FastAPI), `{title,detail,status}` (NIM), `[{…}]` (Gemini), JSON inside a message, and
 * OpenRouter's `metadata.raw`.
 */
function gather(value: unknown, said: Said, level: number): void {
  if (level > MAX_NESTING) return
  if (typeof value === 'string') {
    const inner = value.startsWith('{') || value.startsWith('[') ? parse(value) : undefined
    if (typeof inner === 'object') gather(inner, said, level + 1)
    else if (value.trim() !== '') said.messages.push(value.trim())
    return
  }
  const list = asArray(value)
  if (list !== undefined) {
    gather(list[0], said, level + 1)
    return
  }
  const record = asRecord(value)
  if (record !== undefined) gatherRecord(record, said, level)
}

function gatherRecord(record: JsonRecord, said: Said, level: number): void {
  // What is wrapped comes first: the wrapper's own type is just "error".
  for (const name of ['error', 'errors']) gather(record[name], said, level + 1)
  // The code says more than the type, and both more than Gemini's status word.
  for (const name of ['code', 'type', 'status']) {
    const value = record[name]
    const text = asText(value)
    const number = asNumber(value)
    if (text !== undefined && text !== 'error') said.codes.push(text)
    else if (number !== undefined && number >= 400 && number < 600) said.status ||= number
    else if (number !== undefined) said.codes.push(String(number))
  }
  said.details ??= record['details'] ?? record['retry_after']
  for (const name of ['message', 'msg', 'title', 'detail']) gather(record[name], said, level + 1)
  gather(asRecord(record['metadata'])?.['raw'], said, level + 1)
  const inner = asText(asRecord(record['innererror'])?.['code'])
  if (inner !== undefined) said.codes.unshift(inner)
}

function parse(text: string): JsonRecord | unknown[] | string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? (parse(value) ?? value) : (asRecord(value) ?? asArray(value))
  } catch {
    return undefined
  }
}

function cap(text: string): string {
  return text.length <= MAX_MESSAGE ? text : text.slice(0, MAX_MESSAGE)
}
