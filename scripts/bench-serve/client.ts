import { connect } from 'node:net'
import type { Socket } from 'node:net'

const END_OF_CHUNKS = '0\r\n\r\n'

/** A client on one kept connection that sends the same bytes and reads the answer's end, at the least cost. */
export class RawClient {
  readonly #socket: Socket
  readonly #request: Buffer
  #text = ''
  #need = -1
  #done: (() => void) | undefined

  constructor(url: string, request: Buffer) {
    const { hostname, port } = new URL(url)
    this.#request = request
    this.#socket = connect(Number(port), hostname).setNoDelay(true)
    this.#socket.on('data', (part) => this.#read(part))
    this.#socket.on('error', (error) => {
      throw error
    })
  }

  /** Resolves when the whole answer is there. */
  ask(): Promise<void> {
    return new Promise((resolve) => {
      this.#done = resolve
      this.#socket.write(this.#request)
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(part: Buffer): void {
    this.#text += part.toString('latin1')
    if (this.#need < 0) {
      const end = this.#text.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = this.#text.slice(0, end)
      if (!head.startsWith('HTTP/1.1 200')) throw new Error(this.#text)
      const length = /content-length: (\d+)/i.exec(head)?.[1]
      this.#need = length === undefined ? 0 : end + 4 + Number(length)
    }
    if (this.#need > 0 ? this.#text.length < this.#need : !this.#text.endsWith(END_OF_CHUNKS)) {
      if (this.#need === 0) this.#text = this.#text.slice(-16)
      return
    }
    this.#text = ''
    this.#need = -1
    this.#done?.()
  }
}
