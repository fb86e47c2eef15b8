import { lookup } from 'node:dns/promises'
import { request as httpRequest } from 'node:http'
import type { IncomingMessage } from 'node:http'
import { connect, createServer, isIP } from 'node:net'
import type { Socket } from 'node:net'
import { connect as connectTls, rootCertificates } from 'node:tls'
import { FORBIDDEN_ADDRESS, isForbiddenAddress } from '../../providers/transport/forbidden-address.ts'
import type { Connection, HttpAnswer, HttpRequest, Network } from '../effects.ts'
import { FaultError } from '../effects.ts'

/** Longest answer read, in bytes. */
const MAX_BODY_BYTES = 8 * 1024 * 1024

/** The network, one step at a time. `authority` is a certificate to trust besides Node's own, in PEM. */
export function createNetwork(authority?: string): Network {
  return {
    lookup: async (host, signal) => {
      const found = await settle(signal, () => lookup(host, { all: true, verbatim: true }))
      return found.map(({ address }) => address)
    },
    connect: async (address, port, signal) => {
      if (isForbiddenAddress(address)) throw new FaultError(FORBIDDEN_ADDRESS)
      const socket = connect({ host: address, port })
      await ready(socket, 'connect', signal)
      return openConnection(socket, authority)
    },
    tryListen: (host, port) =>
      new Promise((resolve) => {
        const server = createServer()
        server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'UNKNOWN'))
        server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
      }),
  }
}

function openConnection(plain: Socket, authority: string | undefined): Connection {
  let socket: Socket = plain
  return {
    secure: async (host, signal) => {
      const name = isIP(host) === 0 ? { servername: host } : {}
      const trust = authority === undefined ? {} : { ca: [...rootCertificates, authority] }
      const secure = connectTls({ socket: plain, host, ALPNProtocols: ['http/1.1'], ...name, ...trust })
      socket = secure
      await ready(secure, 'secureConnect', signal)
    },
    send: (request, signal) => settle(signal, () => exchange(socket, request)),
    close: () => {
      socket.on('error', () => undefined)
      socket.destroy()
      plain.destroy()
    },
  }
}

/** Waits for the socket's event. On failure or when time is up the socket is gone. */
async function ready(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
  try {
    await settle(
      signal,
      () =>
        new Promise<void>((resolve, reject) => {
          socket.once(event, resolve)
          socket.once('error', reject)
          // A peer that hangs up in the middle of the handshake.
          socket.once('close', () => reject(new FaultError('ECONNRESET')))
        }),
    )
  } catch (error) {
    socket.on('error', () => undefined)
    socket.destroy()
    throw error
  }
}

/** The result of the work, or a `FaultError` with Node's code, or with `TIMEOUT` when the signal comes first. */
function settle<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new FaultError('TIMEOUT'))
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work()
      .then(resolve, (error: unknown) => reject(toFault(error)))
      .finally(() => signal.removeEventListener('abort', onAbort))
  })
}

function exchange(socket: Socket, { method, path, headers, body }: HttpRequest): Promise<HttpAnswer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      createConnection: () => socket,
      method,
      path,
      headers: { ...headers, ...length, connection: 'close' },
    })
    outgoing.on('response', (response) => void readAnswer(response).then(resolve, reject))
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part)
    size += part.length
    if (size > MAX_BODY_BYTES) break
  }
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ')
  }
  return { status: response.statusCode ?? 0, headers, body: Buffer.concat(parts).toString('utf8') }
}

function toFault(error: unknown): FaultError {
  if (error instanceof FaultError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
  return new FaultError(code, error instanceof Error ? error.message : String(error))
}
