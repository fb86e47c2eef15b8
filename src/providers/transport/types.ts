/** One HTTP request to a provider. */
export interface UpstreamCall {
  /** Scheme, host and port. */
  origin: string
  path: string
  method: 'POST' | 'GET'
  headers: Record<string, string>
  body?: Buffer | string
  /** Connect deadline, TLS included, in ms. */
  connectMs: number
}

/** Bytes of an answer, pulled one chunk at a time; the transport pauses the socket when nobody pulls. */
export interface ByteSource {
  /** The next chunk (everything received since the last pull), or undefined at a clean end. Rejects with `TransportError`. */
  next(): Promise<Buffer | undefined>
  /**
   * Resolves once `next` has something to say at once; undefined when that is now. A promise that waits for long grows old,
   * and what it is resolved with grows old with it: this one holds no bytes. Absent: `next` waits itself.
   */
  ready?(): Promise<void> | undefined
}

export interface UpstreamAnswer {
  status: number
  /** Lower-case names; repeated headers are joined with `, `. */
  headers: Readonly<Record<string, string>>
  body: ByteSource
}

export interface UpstreamExchange {
  /** Resolves when the response headers arrive. Rejects with `TransportError`. */
  answer: Promise<UpstreamAnswer>
  /** Closes the connection at once; harmless after the end. */
  cancel(): void
}

export type Send = (call: UpstreamCall) => UpstreamExchange

/** The connection failed. */
export class TransportError extends Error {
  override name = 'TransportError'
  /** Node or undici error code, e.g. `ECONNREFUSED`, `UND_ERR_SOCKET`. */
  readonly code: string
  /** The request cannot have reached the provider (refused, DNS, TLS, connect timeout). */
  readonly neverSent: boolean
  constructor(message: string, code: string, neverSent: boolean) {
    super(message)
    this.code = code
    this.neverSent = neverSent
  }
}
