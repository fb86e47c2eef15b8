// A plain HTTP client for tests: one connection a request, nothing hidden.
import { once } from 'node:events'
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'

export interface RequestOptions {
  /** Default: POST with a body, GET without. */
  method?: string
  headers?: Record<string, string | string[]>
  /** Anything that is neither string nor bytes is sent as JSON. */
  body?: unknown
}

export interface Answered {
  status: number
  headers: IncomingHttpHeaders
  /** Names and values in turn, as received. */
  rawHeaders: string[]
  body: Buffer
  text: string
  /** The body parsed as JSON. Throws when it is not. */
  json(): unknown
}

export interface OpenStream {
  status: number
  headers: IncomingHttpHeaders
  rawHeaders: string[]
  /** Throws when the connection breaks before the answer is complete. */
  chunks: AsyncIterableIterator<Buffer>
  /** All that is still to come. */
  rest(): Promise<Buffer>
  /** Leaves: destroys the connection. */
  abort(): void
}

/** Sends a request and reads the whole answer. Rejects when the connection breaks. */
export async function request(url: string | URL, options: RequestOptions = {}): Promise<Answered> {
  const stream = await openStream(url, options)
  const body = await stream.rest()
  const { status, headers, rawHeaders } = stream
  const text = body.toString('utf8')
  return { status, headers, rawHeaders, body, text, json: () => JSON.parse(text) as unknown }
}

/** Sends a request and returns as soon as the headers of the answer are there. */
export async function openStream(url: string | URL, options: RequestOptions = {}): Promise<OpenStream> {
  const { bytes, type } = encode(options.body)
  const headers: Record<string, string | string[]> = { ...options.headers }
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()))
  if (type !== undefined && !given.has('content-type')) headers['content-type'] = type
  if (bytes !== undefined && !given.has('content-length')) headers['content-length'] = String(bytes.length)
  const method = options.method ?? (bytes === undefined ? 'GET' : 'POST')
  const outgoing = httpRequest(url, { method, headers, agent: false })
  outgoing.end(bytes)
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage]
  // The socket's own error arrives through the response once there is one.
  outgoing.on('error', () => undefined)
  const chunks = response[Symbol.asyncIterator]() as AsyncIterableIterator<Buffer>
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    rawHeaders: response.rawHeaders,
    chunks,
    rest: async () => {
      const parts: Buffer[] = []
      for await (const part of chunks) parts.push(part)
      return Buffer.concat(parts)
    },
    abort: () => {
      response.on('error', () => undefined)
      outgoing.destroy()
    },
  }
}

function encode(body: unknown): { bytes: Buffer | undefined; type?: string } {
  if (body === undefined) return { bytes: undefined }
  if (Buffer.isBuffer(body)) return { bytes: body }
  if (typeof body === 'string') return { bytes: Buffer.from(body), type: 'application/json' }
  return { bytes: Buffer.from(JSON.stringify(body)), type: 'application/json' }
}
