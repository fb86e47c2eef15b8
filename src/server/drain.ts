import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Shutdown } from '../gateway/shutdown.ts'

/** How often connections that have become idle are closed while others finish, in ms. */
const IDLE_MS = 50
/** Room for error events to reach clients once nobody waits any longer, in ms. */
const LAST_WORDS_MS = 1000

/** Stops a server in good order. */
export interface Drain {
  /**
   * Stops listening, lets answers under way finish for at most `graceMs`, then ends them with an error and closes what is
   * left. Every connection closes with its answer, idle ones at once.
   */
  close(graceMs: number): Promise<void>
}

/** Call it before the server takes requests: it has to know the answers under way. */
export function createDrain(server: Server, shutdown: Shutdown): Drain {
  const underWay = new Set<ServerResponse>()
  const track = (_request: IncomingMessage, response: ServerResponse): void => {
    if (shutdown.isDraining) closeAfter(response)
    underWay.add(response)
    response.on('close', () => underWay.delete(response))
  }
  server.prependListener('request', track)
  server.prependListener('checkContinue', track)
  server.prependListener('checkExpectation', track)
  return {
    close: (graceMs) => {
      shutdown.drain()
      for (const response of underWay) closeAfter(response)
      return closeServer(server, shutdown, graceMs)
    },
  }
}

/** Tells the client that its connection ends with this answer, unless the answer has begun already. */
function closeAfter(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('connection', 'close')
}

function closeServer(server: Server, shutdown: Shutdown, graceMs: number): Promise<void> {
  return new Promise<void>((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS)
    let last: NodeJS.Timeout | undefined
    const over = setTimeout(() => {
      shutdown.end()
      last = setTimeout(() => server.closeAllConnections(), Math.min(graceMs, LAST_WORDS_MS))
    }, graceMs)
    server.close(() => {
      clearInterval(idle)
      clearTimeout(over)
      clearTimeout(last)
      shutdown.end()
      resolve()
    })
    server.closeIdleConnections()
  })
}
