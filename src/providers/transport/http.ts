import { subscribe } from 'node:diagnostics_channel'
import type { IncomingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { Dispatcher } from 'undici'
import { isCertificateFault } from '../../lib/certificate-fault.ts'
import { ByteQueue } from './byte-queue.ts'
import { forbidden, FORBIDDEN_ADDRESS, isForbiddenAddress, lookupAllowed } from './forbidden-address.ts'
import type { Proxied } from './proxy.ts'
import { TransportError } from './types.ts'
import type { Send, UpstreamAnswer, UpstreamCall, UpstreamExchange } from './types.ts'

/**
 * A transport over keep-alive connection pools, one per origin. It never follows a redirect, never decodes a body and
 * never connects to a link-local address or a metadata service.
 */
export interface HttpTransport {
  send: Send
  /** Closes all connections at once. */
  close(): Promise<void>
}

/** A connection that is older than this takes no further request, so that a changed DNS answer is noticed. In ms. */
const MAX_SOCKET_AGE_MS = 300_000

/** `proxied` gives the way to origins behind a proxy. */
export function createHttpTransport(proxied?: Proxied): HttpTransport {
  const pools = new Map<string, Dispatcher>()
  const createPool = ({ origin, connectMs }: UpstreamCall): Dispatcher =>
    proxied?.(origin, connectMs) ??
    // Our own timers watch answers; undici's would cut long generations.
    new Pool(origin, {
      connect: { timeout: connectMs, autoSelectFamily: true, lookup: lookupAllowed },
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
      clientTtl: MAX_SOCKET_AGE_MS,
    })
  return {
    send: (call) => {
      const key = `${call.connectMs} ${call.origin}`
      let pool = pools.get(key)
      if (pool === undefined) {
        const { hostname } = new URL(call.origin)
        // No name is looked up for an address.
        if (isForbiddenAddress(hostname)) return refuse(forbidden(hostname, hostname))
        pool = createPool(call)
        pools.set(key, pool)
      }
      return new Exchange(pool, call)
    },
    close: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()))
    },
  }
}

function refuse(error: Error): UpstreamExchange {
  const answer = Promise.reject<UpstreamAnswer>(toTransportError(error))
  // Whoever asked may look at the answer later.
  answer.catch(() => undefined)
  return { answer, cancel: () => {} }
}

/** One call, and its answer as undici tells it. Thousands may be open at a time: one object each, and no closures. */
class Exchange implements UpstreamExchange, Dispatcher.DispatchHandler {
  readonly answer: Promise<UpstreamAnswer>
  readonly #pool: Dispatcher
  readonly #call: UpstreamCall
  readonly #sent: Sent = { isReused: false }
  #resolve: (answer: UpstreamAnswer) => void = () => {}
  #reject: (error: Error) => void = () => {}
  #controller: Dispatcher.DispatchController | undefined
  #body: ByteQueue | undefined
  #isRetry = false
  #isCancelled = false

  constructor(pool: Dispatcher, call: UpstreamCall) {
    this.#pool = pool
    this.#call = call
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
    this.#dispatch()
  }

  cancel(): void {
    this.#isCancelled = true
    if (this.#controller === undefined) this.#reject(CANCELLED)
    else this.#controller.abort(CANCELLED)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    starting = this.#sent
    if (this.#isCancelled) controller.abort(CANCELLED)
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    if (status < 200) return
    // Kept for as long as the answer, and nobody reads it.
    controller.rawHeaders = null
    this.#body = new ByteQueue(controller)
    this.#resolve({ status, headers: flatten(headers), body: this.#body })
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#body?.push(chunk) === false) controller.pause()
  }

  onResponseEnd(): void {
    this.#body?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#body !== undefined) this.#body.fail(toTransportError(error))
    // The server closed an idle connection just as we reused it: it never saw the request.
    else if (!this.#isRetry && !this.#isCancelled && this.#sent.isReused && isClosed(error)) this.#dispatchAgain()
    else this.#reject(toTransportError(error))
  }

  #dispatchAgain(): void {
    this.#isRetry = true
    this.#sent.isReused = false
    this.#dispatch()
  }

  #dispatch(): void {
    const { origin, path, method, headers, body = null } = this.#call
    this.#pool.dispatch({ origin, path, method, headers, body }, this)
  }
}

const CANCELLED: Error = new TransportError('cancelled', 'CANCELLED', false)

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = Object.create(null) as Record<string, string>
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}

/** Failures of the connection itself: nothing was sent. Node's and undici's codes. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  FORBIDDEN_ADDRESS,
])

function toTransportError(error: Error): TransportError {
  if (error instanceof TransportError) return error
  const code = codeOf(error)
  const neverSent =
    NEVER_SENT.has(code) || isCertificateFault(code) || code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL')
  return new TransportError(error.message === '' ? code : error.message, code, neverSent)
}

function codeOf(error: Error): string {
  // With several addresses tried, Node throws an AggregateError whose parts have the codes.
  if (error instanceof AggregateError) {
    const first: unknown = error.errors[0]
    if (first instanceof Error) return codeOf(first)
  }
  return 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN'
}

/** True when the connection closed before any byte of this answer. */
function isClosed(error: Error): boolean {
  const code = codeOf(error)
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE'
}

/** What is known of the connection that a request went out on. */
interface Sent {
  /** It had carried an answer before. */
  isReused: boolean
}

/** undici starts a request and writes its head in one go, so the head announced next is that of the request started last. */
let starting: Sent | undefined
subscribe('undici:client:sendHeaders', (message) => {
  if (starting === undefined) return
  starting.isReused = (message as { socket: Socket }).socket.bytesRead > 0
  starting = undefined
})
