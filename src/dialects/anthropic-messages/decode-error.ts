import type { ErrorKind, UpstreamError } from '../../chat/error.ts'
import { isRecord } from '../../lib/is-record.ts'
import { parseJson, toRecord, toText } from '../shared/values.ts'

// Maps what a Messages upstream says went wrong to the canonical kinds.

/** Longest message kept, in characters; gateways answer with whole HTML pages. */
const MAX_MESSAGE = 1_000

/** Documented error types (platform.claude.com/docs/en/api/errors). `invalid_request_error` is told by its text. */
const BY_TYPE: Readonly<Record<string, ErrorKind>> = {
  authentication_error: 'auth',
  permission_error: 'auth',
  billing_error: 'quota',
  not_found_error: 'not_found',
  request_too_large: 'context_length',
  rate_limit_error: 'rate_limit',
  timeout_error: 'timeout',
  overloaded_error: 'overloaded',
  api_error: 'server',
}

/** Money problems come under several types and statuses, so their texts and codes are looked at first. */
const QUOTA =
  /credit balance|spend(?:ing)?[ _-]limit|insufficient[ _](?:credit|quota|balance|funds)|purchase (?:more )?credits|billing details|extra usage is required|usage limits?\b/i
const CONTEXT =
  /prompt is too long|context (?:window|length|limit)|exceeds? (?:the )?(?:maximum|max) (?:allowed )?(?:number of )?(?:input )?tokens|too many (?:input )?tokens|input is too long/i
const REFUSED = /content filter|content policy|usage polic/i
const UNSUPPORTED =
  /not supported|does ?n[o']t support|unsupported|not compatible with|not available (?:for|on) this model/i

/**
 * Maps a failed answer, or an error body inside a 200, to an `UpstreamError`. `body` may be anything: JSON of this or
 * another dialect, an HTML page, or nothing.
 */
export function decodeError(status: number, body: string): UpstreamError {
  const { type, detail, message } = readError(parseJson(body))
  const text = message === '' ? plainText(body) : message
  const code = detail === '' ? type : detail
  return {
    kind: toKind(status, type, `${detail} ${text}`),
    status,
    message: text === '' ? `HTTP ${status}` : text.slice(0, MAX_MESSAGE),
    ...(code !== '' && { code }),
  }
}

/** The error that a parsed 200 body or stream event carries; undefined when it carries none. */
export function decodeErrorBody(body: unknown): UpstreamError | undefined {
  if (!isRecord(body)) return undefined
  const failed = body['type'] === 'error' || isRecord(body['error']) || typeof body['error'] === 'string'
  return failed ? decodeError(200, JSON.stringify(body)) : undefined
}

interface WireError {
  type: string
  /** Finer code, e.g. `enforced_spend_limit_reached`. */
  detail: string
  message: string
}

/** Reads `{error: {type, message, details}}`, and the `{error: text}` and `{message}` of compatible servers. */
function readError(body: unknown): WireError {
  const outer = toRecord(body)
  const error = toRecord(outer['error'])
  const message = [error['message'], outer['error'], outer['message'], outer['detail']].map(toText)
  return {
    type: toText(error['type']),
    detail: toText(toRecord(error['details'] ?? outer['details'])['error_code']),
    message: message.find((text) => text !== '') ?? '',
  }
}

function toKind(status: number, type: string, text: string): ErrorKind {
  const money = status === 402 || type === 'billing_error' || QUOTA.test(text)
  if (money && type !== 'overloaded_error') return 'quota'
  const known = Object.hasOwn(BY_TYPE, type) ? BY_TYPE[type] : undefined
  return (
    known ??
    byText(status, text) ??
    (status < 400 && type === 'invalid_request_error' ? 'bad_request' : byStatus(status))
  )
}

/** Texts count for the client's mistakes only; a broken server may say anything. */
function byText(status: number, text: string): ErrorKind | undefined {
  if (status >= 500 || status === 429 || status === 401 || status === 403) return undefined
  if (CONTEXT.test(text)) return 'context_length'
  if (REFUSED.test(text)) return 'refusal'
  return UNSUPPORTED.test(text) ? 'unsupported' : undefined
}

function byStatus(status: number): ErrorKind {
  switch (status) {
    case 401:
    case 403:
      return 'auth'
    case 404:
    case 410:
      return 'not_found'
    case 408:
    case 504:
      return 'timeout'
    case 413:
      return 'context_length'
    case 429:
      return 'rate_limit'
    case 503:
    case 529:
      return 'overloaded'
    default:
      return status >= 400 && status < 500 ? 'bad_request' : 'server'
  }
}

/** Words of a body that is not JSON: the title of an HTML page, or the text itself. */
function plainText(body: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(body)?.[1]
  const text = title ?? (/^\s*[<{[]/.test(body) ? '' : body)
  return text.replace(/\s+/g, ' ').trim()
}
