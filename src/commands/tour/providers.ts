import { createServer } from 'node:http'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createDemoSend } from '../../providers/demo/send.ts'

/** Three simulated providers on loopback, each a real HTTP server. */
export interface TourProviders {
  urls: { busy: string; broken: string; steady: string }
  close(): void
}

export async function startTourProviders(): Promise<TourProviders> {
  const servers = await Promise.all([start(refuse), start(dieSilently), start(answer)])
  const [busy = '', broken = '', steady = ''] = servers.map((server) => {
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  })
  return {
    urls: { busy, broken, steady },
    close: () => {
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}

function start(listener: RequestListener): Promise<Server> {
  const server = createServer(listener)
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

/** A provider whose rate limit is used up. */
function refuse(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '30' })
  response.end(
    JSON.stringify({ error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' } }),
  )
}

/** A provider that breaks the connection before its first byte. */
function dieSilently(request: IncomingMessage): void {
  request.socket.destroy()
}

/** A provider that works: the simulated models. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    relay(Buffer.concat(chunks), response).catch(() => response.destroy())
  })
}

async function relay(body: Buffer, response: ServerResponse): Promise<void> {
  const call = { origin: '', path: '', method: 'POST' as const, headers: {}, body, connectMs: 0 }
  const upstream = await createDemoSend()(call).answer
  response.writeHead(upstream.status, { ...upstream.headers })
  for (let chunk = await upstream.body.next(); chunk !== undefined; chunk = await upstream.body.next()) {
    response.write(chunk)
  }
  response.end()
}
