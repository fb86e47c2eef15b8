import type { ServerResponse } from 'node:http'
import type { ClientReply } from '../gateway/types.ts'

/** The client's end of an exchange over node:http. */
export function createReply(response: ServerResponse): ClientReply {
  return new Reply(response)
}

class Reply implements ClientReply {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  onGone(callback: () => void): void {
    const response = this.#response
    response.on('close', () => {
      if (!response.writableFinished) callback()
    })
  }

  head(status: number, headers: Record<string, string>): void {
    const response = this.#response
    if (!response.headersSent && !response.destroyed) response.writeHead(status, headers)
  }

  write(chunk: Buffer | string): Promise<void> | undefined {
    if (this.#response.destroyed || this.#response.write(chunk)) return undefined
    return drained(this.#response)
  }

  end(chunk?: Buffer | string): void {
    this.#response.end(chunk)
  }

  tear(chunk: string): void {
    const response = this.#response
    // Without the terminating chunk the client's HTTP parser reports a cut answer.
    if (response.destroyed) return
    response.write(chunk, () => response.destroy())
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
