import { STATUS_CODES } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { codeOf } from '../lib/error-code.ts'
import { guessDialect } from './client-dialect.ts'
import type { ServerEvent } from './events.ts'

interface Refusal {
  status: number
  code: string
  message: string
}

const BAD_HTTP: Refusal = { status: 400, code: 'bad_http', message: 'the request is no HTTP that this server can read' }

/** By Node's codes. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { status: 431, code: 'headers_too_large', message: 'the headers of the request are too large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, code: 'bad_http', message: 'the chunk extensions are too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, code: 'request_timeout', message: 'the head of the request took too long' },
}

/** How long a client may take to read that, in ms. */
const READ_MS = 1000

/**
 * Answers what Node cannot parse: an error in JSON where Node's own has no body, and nothing of what came. Call it before the
 * server takes requests: it has to know the answers under way.
 */
export function refuseUnreadable(server: Server, log: (event: ServerEvent) => void): void {
  const underWay = new WeakMap<Duplex, Set<ServerResponse>>()
  const refused = new WeakSet<Duplex>()
  const track = ({ socket }: IncomingMessage, response: ServerResponse): void => {
    const responses = underWay.get(socket) ?? new Set()
    underWay.set(socket, responses.add(response))
    response.on('close', () => responses.delete(response))
  }
  for (const event of ['request', 'checkContinue', 'checkExpectation']) server.prependListener(event, track)
  server.on('clientError', (error: Error, socket: Socket) => {
    // Whatever else comes is no better.
    if (refused.has(socket)) return
    const responses = [...(underWay.get(socket) ?? [])]
    const hasBegun = responses.some(({ headersSent }) => headersSent)
    if (!socket.writable || hasBegun || codeOf(error) === 'ECONNRESET') return void socket.destroy()
    refused.add(socket)
    const refusal = REFUSALS[codeOf(error)] ?? BAD_HTTP
    // Many clients open connections before they need them, and requests under way have a line of their own.
    if (socket.bytesRead > 0 && responses.length === 0) log({ type: 'rejected', method: '', path: '', ...refusal })
    socket.end(answerTo(refusal))
    setTimeout(() => socket.destroy(), READ_MS).unref()
  })
}

function answerTo(refusal: Refusal): string {
  const body = JSON.stringify(guessDialect({}, '').encodeError(refusal))
  return [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}
