import type { IncomingMessage } from 'node:http'

/** The request's body could not be taken: the status and message for the client. */
export class BodyError extends Error {
  override name = 'BodyError'
  readonly status: 400 | 408 | 413 | 415 | 503
  readonly code: string
  constructor(status: 400 | 408 | 413 | 415 | 503, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Longest time for a whole body, in ms. */
const BODY_MS = 60_000

/** What else may keep a body from being taken. */
export interface BodyRoom {
  /** Whether a body of that size may be worked on now. */
  admits(bytes: number): boolean
  /** Whether so many bytes more may be held; they are counted then. */
  take(bytes: number): boolean
  /** Calls back when the server waits no longer. Returns what undoes it. */
  onOver(callback: () => void): () => void
}

/**
 * Reads a JSON body of at most `maxBytes`. Rejects with `BodyError`; never holds more than the limit.
 * `goOn` tells a client that waits for it to send the body (RFC 9110, 10.1.1): not before its headers have passed.
 */
export function readBody(
  request: IncomingMessage,
  maxBytes: number,
  room: BodyRoom,
  goOn: () => void,
): Promise<Buffer> {
  checkHeaders(request, maxBytes, room)
  if (request.headers.expect?.toLowerCase() === '100-continue') goOn()
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const timer = setTimeout(() => {
      fail(new BodyError(408, 'request_timeout', `the body took longer than ${BODY_MS / 1000} s`))
    }, BODY_MS)
    let undo = (): void => {}
    // The request lives as long as its answer, and with it whoever listens to it.
    const settle = (): void => {
      clearTimeout(timer)
      undo()
      request.off('data', take).off('end', end).off('error', broken).off('close', left)
    }
    const fail = (error: Error): void => {
      settle()
      request.pause()
      reject(error)
    }
    const take = (chunk: Buffer): void => {
      bytes += chunk.length
      if (bytes > maxBytes) fail(tooLarge(maxBytes))
      else if (!room.take(chunk.length)) fail(overloaded())
      else chunks.push(chunk)
    }
    const end = (): void => {
      settle()
      if (room.admits(bytes))
        resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes))
      else reject(overloaded())
    }
    const broken = (): void => fail(new BodyError(400, 'bad_request', 'the connection broke inside the body'))
    const left = (): void => fail(new BodyError(400, 'bad_request', 'the client left inside the body'))
    request.on('data', take).on('end', end).on('error', broken).on('close', left)
    undo = room.onOver(() => fail(new BodyError(503, 'shutting_down', 'the router is shutting down')))
  })
}

/** What the headers alone can refuse. Browsers can send other content types across origins without asking. */
function checkHeaders(request: IncomingMessage, maxBytes: number, room: BodyRoom): void {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !type.endsWith('+json')) {
    const got = type === '' ? 'none' : type.slice(0, 100)
    throw new BodyError(415, 'unsupported_media_type', `content-type must be application/json, got ${got}`)
  }
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity') {
    throw new BodyError(
      415,
      'unsupported_encoding',
      `content-encoding ${encoding.slice(0, 100)} is not supported: send identity`,
    )
  }
  const length = Number(request.headers['content-length'] ?? 0)
  if (length > maxBytes) throw tooLarge(maxBytes)
  if (!room.admits(length)) throw overloaded()
}

function overloaded(): BodyError {
  return new BodyError(503, 'overloaded', 'the router has no memory left for this request just now')
}

function tooLarge(maxBytes: number): BodyError {
  const mib = Math.round((maxBytes / 1_048_576) * 10) / 10
  return new BodyError(
    413,
    'request_too_large',
    `the body is larger than ${mib} MiB (serve.max_body_mb in the profile)`,
  )
}
