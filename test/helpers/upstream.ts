// A scriptable provider on loopback: real HTTP, with the faults that real providers show.
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { setImmediate as tick, setTimeout as sleep } from 'node:timers/promises'

/** A request as the upstream got it. */
export interface Received {
  method: string
  /** Path with query. */
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
  /** The body as a JSON object; empty when it is not one. */
  json: Record<string, unknown>
}

interface Head {
  /** Default 200. */
  status?: number
  headers?: Record<string, string | string[]>
}

interface Paced extends Head {
  /** Pause before each part, in ms. Default: one turn of the event loop. */
  delayMs?: number
}

type Bytes = Buffer | string

/** Answers that end as HTTP wants them to. */
export type Answer =
  | (Head & { json: unknown })
  | (Head & { text: string })
  /** Each string is one event: bare data, or whole lines when it starts with `data:`, `event:` or `:`. */
  | (Paced & { sse: readonly string[] })
  /** Each string is one line. */
  | (Paced & { ndjson: readonly string[] })
  /** Each part is one write, exactly as given. */
  | (Paced & { chunks: readonly Bytes[] })

/** Answers that go wrong; `after` ones send headers and chunks first, chunked or under the given content-length. */
export type Fault =
  /** `reset`: RST before any byte; `fin`: the connection is closed before any byte; `hang`: no byte ever. */
  | { fault: 'reset' | 'fin' | 'hang' }
  | (Head & { fault: 'hang-after-headers' })
  /** `fin-after` ends the connection without the terminator that HTTP wants. */
  | (Paced & { fault: 'reset-after' | 'fin-after' | 'stall-after'; chunks: readonly Bytes[] })
  /** These bytes on the socket instead of an HTTP answer, then the end of the connection. */
  | { raw: Bytes }

export type Reply = Answer | Fault

/** Answers request number `n`, counted from 0. */
export type Handler = (request: Received, n: number) => Reply | Promise<Reply>

export interface Upstream {
  /** Scheme, host and port, no trailing slash. */
  readonly url: string
  readonly port: number
  readonly requests: readonly Received[]
  /** Requests whose client left before the answer was complete. */
  readonly aborted: number
  /** Resolves once that many clients have left early. */
  untilAborted(count?: number): Promise<void>
  /** Resolves once that many requests were received completely. */
  untilReceived(count?: number): Promise<void>
  /** Connections that are open now. */
  connections(): Promise<number>
  /** Drops all connections and stops listening. */
  close(): Promise<void>
}

/** Starts a provider that answers with `handler`; an exception in it becomes status 599 with the message. */
export async function startUpstream(handler: Handler): Promise<Upstream> {
  const requests: Received[] = []
  const received = createCounter()
  const aborted = createCounter()
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    const script = { ours: false }
    response.on('close', () => {
      if (!script.ours && !response.writableFinished) aborted.add()
    })
    serve(incoming, response, script).catch((error: unknown) => {
      script.ours = true
      if (response.destroyed) return
      if (response.headersSent) response.destroy()
      else response.writeHead(599).end(error instanceof Error ? error.stack : String(error))
    })
  })

  async function serve(incoming: IncomingMessage, response: ServerResponse, script: { ours: boolean }): Promise<void> {
    const request = await receive(incoming)
    if (request === undefined) return
    const n = requests.push(request) - 1
    received.add()
    const reply = await handler(request, n)
    if (response.destroyed) return
    await play(reply, response, () => (script.ours = true))
  }

  async function close(): Promise<void> {
    const done = once(server, 'close')
    server.close()
    server.closeAllConnections()
    await done
  }

  const port = await listen(server)
  let closed: Promise<void> | undefined
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    get aborted() {
      return aborted.count
    },
    untilAborted: (count = 1) => aborted.reach(count),
    untilReceived: (count = 1) => received.reach(count),
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)))
      }),
    close: () => (closed ??= close()),
  }
}

/** Address on loopback where nobody listens: its port is held by an outgoing connection for the life of the process. */
export async function refusedUrl(): Promise<string> {
  const server = createTcpServer((socket) => socket.on('error', () => undefined).unref())
  const port = await listen(server)
  const holder = connect(port, '127.0.0.1')
  await once(holder, 'connect')
  holder.on('error', () => undefined).unref()
  server.unref()
  return `http://127.0.0.1:${holder.localPort}`
}

async function listen(server: ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

async function receive(incoming: IncomingMessage): Promise<Received | undefined> {
  const parts: Buffer[] = []
  try {
    for await (const part of incoming) parts.push(part as Buffer)
  } catch {
    return undefined // the client left while it was sending
  }
  const body = Buffer.concat(parts)
  const { method = '', url = '', headers } = incoming
  return { method, path: url, headers, body, json: readJson(body) }
}

function readJson(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Plays a reply; calls `ours` before it breaks the connection itself. */
async function play(reply: Reply, response: ServerResponse, ours: () => void): Promise<void> {
  if ('raw' in reply) {
    ours()
    socketOf(response).end(reply.raw)
  } else if ('fault' in reply) await playFault(reply, response, ours)
  else if ('json' in reply) sendWhole(response, reply, JSON.stringify(reply.json), 'application/json')
  else if ('text' in reply) sendWhole(response, reply, reply.text, 'text/plain; charset=utf-8')
  else if ('sse' in reply) await sendParts(response, reply, reply.sse.map(sseEvent), 'text/event-stream', true)
  else if ('ndjson' in reply) {
    await sendParts(
      response,
      reply,
      reply.ndjson.map((line) => `${line}\n`),
      'application/x-ndjson',
      true,
    )
  } else await sendParts(response, reply, reply.chunks, 'text/event-stream', true)
}

async function playFault(
  reply: Exclude<Fault, { raw: Bytes }>,
  response: ServerResponse,
  ours: () => void,
): Promise<void> {
  const socket = socketOf(response)
  switch (reply.fault) {
    case 'hang':
      return
    case 'reset':
      ours()
      socket.resetAndDestroy()
      return
    case 'fin':
      ours()
      socket.end()
      return
    case 'hang-after-headers':
      writeHead(response, reply, 'text/event-stream')
      response.flushHeaders()
      return
    case 'stall-after':
      await sendParts(response, reply, reply.chunks, 'text/event-stream', false)
      return
    case 'fin-after':
      await sendParts(response, reply, reply.chunks, 'text/event-stream', false)
      ours()
      socket.end()
      return
    case 'reset-after':
      await sendParts(response, reply, reply.chunks, 'text/event-stream', false)
      // A reset may discard bytes that the peer has not read yet: give it a moment to read them.
      await sleep(30)
      ours()
      socket.resetAndDestroy()
  }
}

function sendWhole(response: ServerResponse, head: Head, text: string, type: string): void {
  writeHead(
    response,
    { ...head, headers: { 'content-length': String(Buffer.byteLength(text)), ...head.headers } },
    type,
  )
  response.end(text)
}

async function sendParts(
  response: ServerResponse,
  head: Paced,
  parts: readonly Bytes[],
  type: string,
  finish: boolean,
): Promise<void> {
  socketOf(response).setNoDelay(true)
  writeHead(response, head, type)
  response.flushHeaders()
  for (const part of parts) {
    await (head.delayMs === undefined ? tick() : sleep(head.delayMs))
    if (response.destroyed) return
    if (part.length > 0) await write(response, part)
  }
  if (finish) response.end()
}

/** Resolves when the bytes are with the kernel, or the client is gone. */
function write(response: ServerResponse, part: Bytes): Promise<void> {
  return new Promise((resolve) => {
    response.once('close', resolve)
    response.write(part, () => {
      response.off('close', resolve)
      resolve()
    })
  })
}

function writeHead(response: ServerResponse, head: Head, type: string): void {
  response.writeHead(head.status ?? 200, { 'content-type': type, ...head.headers })
}

function socketOf(response: ServerResponse): Socket {
  if (response.socket === null) throw new Error('the client is gone')
  return response.socket
}

function sseEvent(event: string): string {
  const lines = /^(?:data|event|id|retry)?:/.test(event) ? event : `data: ${event}`
  return `${lines.replace(/\n+$/, '')}\n\n`
}

function createCounter(): { readonly count: number; add(): void; reach(count: number): Promise<void> } {
  let count = 0
  let waiting: { count: number; resolve: () => void }[] = []
  return {
    get count() {
      return count
    },
    add() {
      count++
      for (const waiter of waiting) if (waiter.count <= count) waiter.resolve()
      waiting = waiting.filter((waiter) => waiter.count > count)
    },
    reach: (wanted) =>
      new Promise((resolve) => {
        if (wanted <= count) resolve()
        else waiting.push({ count: wanted, resolve })
      }),
  }
}
