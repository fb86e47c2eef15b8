import type { ServerResponse } from 'node:http'
import type { ClientReply } from '../gateway/types.ts'

/** The client's end of an exchange over node:http. */
export function createReply(response: ServerResponse): ClientReply {
  return {
    onGone(callback) {
      response.on('close', () => {
        if (!response.writableFinished) callback()
      })
    },
    head(status, headers) {
      if (!response.headersSent && !response.destroyed) response.writeHead(status, headers)
    },
    write(chunk) {
      if (response.destroyed || response.write(chunk)) return undefined
      return drained(response)
    },
    end(chunk) {
      response.end(chunk)
    },
    tear(chunk) {
      // Without the terminating chunk the client's HTTP parser reports a cut answer.
      if (response.destroyed) return
      response.write(chunk, () => response.destroy())
    },
  }
}

/** Resolves when the client has read enough, or has left. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.once('drain', done)
    response.once('close', done)
  })
}
