// What Ollama's errors mean. Its errors are `{"error": "text"}` without a code, so texts have to be read: here only.
// Sources: ollama/ollama (server/routes.go, server/sched.go, llm/server.go) and its issues 15990, 16800;
// texts of the cloud as reported in issues of ollama/ollama and continuedev/continue.
import type { ErrorKind, UpstreamError } from '../../chat/error.ts'
import { isRecord } from '../../lib/is-record.ts'

/** Longest message kept of a body that is not JSON, in characters. */
const LONGEST = 300

/** Texts that say more than the status; the first match wins. */
const TEXTS: readonly [pattern: RegExp, kind: ErrorKind][] = [
  [/cloud is disabled/i, 'auth'],
  [/payment is past due|requires a subscription|upgrade for access|usage limit/i, 'quota'],
  [/context (length|window|size)|exceed_context_size_error|prompt is too long/i, 'context_length'],
  [/does not support (tools|images|thinking|vision|insert|chat|generate|completion)/i, 'unsupported'],
  [/think value .* is not supported|missing data required for image input/i, 'unsupported'],
  [/model .*not found|invalid model name|has been retired|was retired|file does not exist/i, 'not_found'],
  [/server busy|maximum pending requests/i, 'overloaded'],
]

/** 502 is the local server that could not reach Ollama's cloud: the provider broke, as far as routing is concerned. */
const STATUSES: Readonly<Record<number, ErrorKind>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  404: 'not_found',
  408: 'timeout',
  410: 'not_found',
  413: 'context_length',
  429: 'rate_limit',
  503: 'overloaded',
  504: 'timeout',
  529: 'overloaded',
}

/** Maps an answer that is not 2xx, or an error inside a 200. `body` is text as received. */
export function decodeError(status: number, body: string): UpstreamError {
  const text = body.trim()
  try {
    const error = decodeErrorBody(JSON.parse(text), status)
    if (error !== undefined) return error
  } catch {
    // Not JSON: a proxy, or something that is not Ollama.
  }
  const plain = text !== '' && !text.startsWith('<') ? text.slice(0, LONGEST) : `HTTP ${status}`
  return { kind: kindOf(status, plain), status, message: plain }
}

/** Reads a body that may be an error, as in a stream or a 200; undefined when it is none. */
export function decodeErrorBody(body: unknown, status: number = 200): UpstreamError | undefined {
  if (!isRecord(body)) return undefined
  const text = readMessage(body['error'])
  if (text === undefined) return undefined
  const signIn = body['signin_url']
  const message = typeof signIn === 'string' && signIn !== '' ? `${text}; sign in at ${signIn}` : text
  return { kind: status === 200 && text === 'unauthorized' ? 'auth' : kindOf(status, text), status, message }
}

/** The text of `error`: a string, an object with a message, or such an object as JSON text inside the string. */
function readMessage(error: unknown, depth: number = 0): string | undefined {
  if (depth > 3) return undefined
  if (isRecord(error)) return readMessage(error['message'], depth + 1) ?? readMessage(error['error'], depth + 1)
  if (typeof error !== 'string' || error === '') return undefined
  if (!error.startsWith('{')) return error
  try {
    return readMessage(JSON.parse(error), depth + 1) ?? error
  } catch {
    return error
  }
}

function kindOf(status: number, text: string): ErrorKind {
  // Without a valid key the rest of the text does not matter.
  if (status === 401) return 'auth'
  const known = TEXTS.find(([pattern]) => pattern.test(text))?.[1]
  if (known !== undefined) return known
  return STATUSES[status] ?? (status >= 400 && status < 500 ? 'bad_request' : 'server')
}
