import type { ErrorKind, UpstreamError } from '../../chat/error.ts'
import { kindOfStatus } from '../shared/error-tables.ts'
import { retryHint } from '../shared/retry-hint.ts'
import { asArray, asNumber, asRecord, asText, type JsonRecord } from '../shared/values.ts'
import { recordsOf } from './fields.ts'

/** Longest message kept, in characters. */
const MAX_MESSAGE = 2_000
/** Levels of arrays and of JSON inside messages that are looked through. */
const MAX_NESTING = 6

/**
 * Maps a failed answer, or an error body inside a 200: `{error: {code, message, status, details}}`, the same in an array
 * or as JSON inside `message` (SDKs and proxies wrap it so), an HTML page, or nothing.
 */
export function decodeError(status: number, body: string): UpstreamError {
  const error = innermost(parse(body) ?? body, 0)
  if (error !== undefined) return fromWire(status, error)
  const text = body.trim()
  const message =
    text === ''
      ? `the provider answered with status ${status} and no body`
      : text.startsWith('<')
        ? `the provider answered HTML with status ${status}`
        : text.slice(0, MAX_MESSAGE)
  return { kind: status < 400 ? 'bad_answer' : kindOfStatus(status), status, message }
}

/** The error that a parsed 2xx body or stream chunk carries; undefined when it carries none. */
export function decodeErrorBody(body: unknown): UpstreamError | undefined {
  const outer = asRecord(body)
  const carried = outer?.['error']
  if (asText(carried) === undefined && asRecord(carried) === undefined) return undefined
  return decodeError(200, JSON.stringify(outer))
}

/** The deepest error object; undefined when there is none. */
function innermost(value: unknown, level: number): JsonRecord | undefined {
  if (level > MAX_NESTING) return undefined
  if (typeof value === 'string') return /^\s*[{[]/.test(value) ? innermost(parse(value), level + 1) : undefined
  const list = asArray(value)
  if (list !== undefined) return innermost(list[0], level + 1)
  const record = asRecord(value)
  const carried = record?.['error']
  const text = asText(carried)
  const inner = innermost(carried ?? record?.['message'], level + 1)
  return inner ?? (text === undefined ? record : { message: text })
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function fromWire(status: number, error: JsonRecord): UpstreamError {
  const message = (asText(error['message']) ?? '').trim().slice(0, MAX_MESSAGE)
  const code = asText(error['status'])
  const named = asNumber(error['code']) ?? 0
  const details = recordsOf(error['details'])
  const kind = kindOf(status < 400 && named >= 400 ? named : status, code ?? '', message, details)
  // The delay told beside a spent daily quota is that of a minute's window: it would only mislead.
  const retryAfterMs = kind === 'quota' ? undefined : retryHint(details, kind === 'rate_limit' ? message : '')
  return {
    kind,
    status,
    message: message === '' ? `the provider answered with status ${status} and no message` : message,
    ...(code !== undefined && { code }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  }
}

/** Canonical error codes of Google's APIs (google.rpc.Code) that mean one thing only. */
const BY_CODE: Readonly<Record<string, ErrorKind>> = {
  UNAUTHENTICATED: 'auth',
  NOT_FOUND: 'not_found',
  UNAVAILABLE: 'overloaded',
  INTERNAL: 'server',
  UNKNOWN: 'server',
  ABORTED: 'server',
  CANCELLED: 'server',
  DATA_LOSS: 'server',
  DEADLINE_EXCEEDED: 'timeout',
  UNIMPLEMENTED: 'unsupported',
}

const AUTH = /api[ _-]?key (?:not valid|not found|expired|invalid)|location is not supported/i
const CONTEXT =
  /token count\b.{0,80}\bexceeds|exceeds the maximum number of (?:input )?tokens|(?:request )?payload size exceeds|context (?:window|length)/i
/** What the next model may well do: this one lacks a feature, or wants a proof that another made. */
const UNSUPPORTED =
  /\bnot enabled for\b|(?:is|are) (?:not supported|unsupported)|does(?: not|n't) support|unsupported mime|thought[ _]signature|only works in thinking mode|thinking (?:budget|level)|unknown name .{0,200}cannot find field/is
const REFUSED = /blocked\b.{0,80}\b(?:safety|policy|content)|prohibited (?:use|content)|usage polic/i

function kindOf(status: number, code: string, message: string, details: readonly JsonRecord[]): ErrorKind {
  const reasons = details.flatMap((detail) => asText(detail['reason']) ?? [])
  if (reasons.includes('API_KEY_INVALID')) return 'auth'
  if (status === 402 || reasons.includes('BILLING_DISABLED')) return 'quota'
  if (code === 'RESOURCE_EXHAUSTED' || status === 429) return exhausted(message, details)
  const known = Object.hasOwn(BY_CODE, code) ? BY_CODE[code] : undefined
  if (known !== undefined) return known
  if (AUTH.test(message)) return 'auth'
  if (code === 'PERMISSION_DENIED') return 'auth'
  if (status >= 500) return kindOfStatus(status)
  if (/enable billing/i.test(message)) return 'quota'
  if (CONTEXT.test(message)) return 'context_length'
  if (UNSUPPORTED.test(message)) return 'unsupported'
  if (REFUSED.test(message)) return 'refusal'
  // A 200 that carries an error and names no status: the provider's own.
  return status < 400 ? (code === '' ? 'server' : 'bad_request') : kindOfStatus(status)
}

const DAILY = /per ?day/i
const MONEY = /prepa(?:y|id)|credits? (?:are|is|have been) (?:depleted|exhausted)|spend(?:ing)? (?:cap|limit)/i
/** A plan that does not have the model at all: waiting does not help. */
const NOTHING = /\blimit: 0\b/
const PLAN = /exceeded your current quota/i

/**
 * Tells a spent day, plan or purse from a busy minute. The message is the same for both ("You exceeded your current
 * quota"), so the violated limits count: `quotaId: GenerateRequestsPerDayPerProjectPerModel-FreeTier`.
 */
function exhausted(message: string, details: readonly JsonRecord[]): ErrorKind {
  const violations = details.flatMap((detail) => recordsOf(detail['violations']))
  const limits = [
    ...violations.map((violation) => asText(violation['quotaId'])),
    ...details.map((detail) => asText(asRecord(detail['metadata'])?.['quota_limit'])),
  ].filter((limit) => limit !== undefined)
  if (MONEY.test(message) || NOTHING.test(message)) return 'quota'
  if (violations.some((violation) => [0, '0'].some((zero) => violation['quotaValue'] === zero))) return 'quota'
  if (limits.some((limit) => DAILY.test(limit)) || DAILY.test(message)) return 'quota'
  if (limits.length > 0 || retryHint(details, message) !== undefined) return 'rate_limit'
  return PLAN.test(message) ? 'quota' : 'rate_limit'
}
