import { setTimeout as delay } from 'node:timers/promises'
import type { UpstreamError } from '../../chat/error.ts'
import { decodeError, decodeErrorBody } from '../../dialects/ollama-chat/errors.ts'
import { isRecord } from '../../lib/is-record.ts'
import { createFramer } from '../../lib/framing.ts'
import { callHeaders } from '../call-headers.ts'
import { TransportError } from '../transport/types.ts'
import type { ByteSource, Send, UpstreamExchange } from '../transport/types.ts'
import type { Provider } from '../types.ts'
import { PullState } from './pull-state.ts'
import type { PullProgress } from './pull-state.ts'

export interface PullOptions {
  send: Send
  signal: AbortSignal
  onProgress(progress: PullProgress): void
  /** Pause before try number `n` (from 1) after a stream that broke off, in ms. */
  pauseMs?(n: number): number
}

/** A pull that did not come to its end. */
export class PullError extends Error {
  override name = 'PullError'
  readonly error: UpstreamError
  /** Where the user can sign in, if that is what is missing. */
  readonly signInUrl: string | undefined
  constructor(error: UpstreamError, signInUrl?: string) {
    super(error.message)
    this.error = error
    this.signInUrl = signInUrl
  }
}

/** Tries in a row that bring not one byte more. */
const MAX_IDLE_TRIES = 5
/** Longest silence inside a stream, in ms: Ollama writes a line every 60 ms while it downloads. */
const SILENCE_MS = 120_000
/** Largest line of progress or error body, in bytes. */
const MAX_BYTES = 1024 * 1024

/**
 * Has an Ollama server pull a model: `POST /api/pull`, a line of JSON for each step, `{"status":"success"}` at the end.
 * A stream that breaks off is taken up again, and Ollama goes on where it was. Rejects with `PullError`, of kind
 * `timeout` and code `stopped` when the signal ended it. Source: https://docs.ollama.com/api/pull
 */
export async function pullModel(provider: Provider, model: string, options: PullOptions): Promise<void> {
  const state = new PullState()
  let best = 0
  let idle = 0
  for (;;) {
    const broken = await pullOnce(provider, model, options, state)
    if (broken === undefined) return
    if (options.signal.aborted) throw stopped()
    const { completed } = state.progress()
    idle = completed > best ? 1 : idle + 1
    best = Math.max(best, completed)
    if (idle >= MAX_IDLE_TRIES) throw new PullError({ kind: 'network', status: 0, message: broken })
    const pauseMs = (options.pauseMs ?? usualPause)(idle)
    await delay(pauseMs, undefined, { signal: options.signal }).catch(() => undefined)
    if (options.signal.aborted) throw stopped()
  }
}

function usualPause(n: number): number {
  return 1000 * 2 ** (n - 1)
}

function stopped(): PullError {
  return new PullError({ kind: 'timeout', status: 0, message: 'stopped', code: 'stopped' })
}

/** undefined at success; the reason when the stream broke off. Throws `PullError` for what another try cannot mend. */
async function pullOnce(
  provider: Provider,
  model: string,
  options: PullOptions,
  state: PullState,
): Promise<string | undefined> {
  if (options.signal.aborted) throw stopped()
  const exchange = options.send({
    origin: provider.origin,
    path: `${provider.basePath}/api/pull`,
    method: 'POST',
    headers: callHeaders(provider, provider.keys[0], 'application/x-ndjson'),
    body: JSON.stringify({ model, stream: true }),
    connectMs: provider.timeouts.connect_ms,
  })
  const cancel = (): void => exchange.cancel()
  options.signal.addEventListener('abort', cancel)
  try {
    return await follow(exchange, options, state)
  } catch (error) {
    if (options.signal.aborted) throw stopped()
    if (!(error instanceof TransportError)) throw error
    if (error.neverSent) throw new PullError({ kind: 'network', status: 0, message: error.code })
    return error.code
  } finally {
    options.signal.removeEventListener('abort', cancel)
    exchange.cancel()
  }
}

async function follow(
  exchange: UpstreamExchange,
  { onProgress }: PullOptions,
  state: PullState,
): Promise<string | undefined> {
  const { status, body } = await exchange.answer
  if (status < 200 || status >= 300) throw refusal(status, await readText(body))
  const framer = createFramer('ndjson', MAX_BYTES)
  for (;;) {
    const chunk = await withinSilence(body.next(), exchange)
    const last = chunk === undefined ? framer.end() : undefined
    const frames = chunk === undefined ? (last === undefined ? [] : [last]) : framer.push(chunk)
    for (const { data } of frames) {
      if (data !== '' && takeLine(data, state)) return undefined
    }
    onProgress(state.progress())
    if (chunk === undefined) return 'the stream ended before the pull did'
  }
}

/** Cancels an exchange that says nothing for too long; its reader then gets a `TransportError`. */
async function withinSilence<Value>(next: Promise<Value>, exchange: UpstreamExchange): Promise<Value> {
  const timer = setTimeout(() => exchange.cancel(), SILENCE_MS)
  try {
    return await next
  } finally {
    clearTimeout(timer)
  }
}

/** True when the line says that all is done. Throws `PullError` for an error line. */
function takeLine(data: string, state: PullState): boolean {
  const line = parse(data)
  const error = decodeErrorBody(line)
  if (error !== undefined) throw new PullError(error, signInUrl(line))
  return state.take(line)
}

function refusal(status: number, text: string): PullError {
  return new PullError(decodeError(status, text), signInUrl(parse(text)))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Only a web address is shown as a link. */
function signInUrl(body: unknown): string | undefined {
  const url = isRecord(body) ? body['signin_url'] : undefined
  return typeof url === 'string' && URL.canParse(url) && new URL(url).protocol === 'https:' ? url : undefined
}

async function readText(body: ByteSource): Promise<string> {
  const parts: Buffer[] = []
  for (let size = 0; size < MAX_BYTES;) {
    const part = await body.next()
    if (part === undefined) break
    size += part.length
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
