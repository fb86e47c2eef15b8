// Clients of the load scenarios: one request each, whose bytes are handed on as they come.
import { Agent, request } from 'node:http'
import type { ClientRequest, IncomingHttpHeaders } from 'node:http'
import type { GridClient } from '../helpers/grid-types.ts'

export interface Call {
  url: string
  client: GridClient
  /** Goes into the question, so that the provider knows which one it is. */
  n: number
  /** A connection of its own without. */
  agent?: Agent
  onBytes?(bytes: Buffer): void
  /** Gets the request before it is sent. */
  onRequest?(outgoing: ClientRequest): void
}

export interface Called {
  status: number
  headers: Record<string, string | undefined>
  /** `whole`: HTTP says that the answer is complete; `torn`: the connection broke. */
  ending: 'whole' | 'torn'
  /** Bytes of the body. */
  bytes: number
}

/** Keeps connections for later requests. */
export function keptConnections(): Agent {
  return new Agent({ keepAlive: true, maxSockets: Infinity })
}

/** Asks question `n` and reads the answer. Never rejects: a broken connection is what it tells of. */
export function call({ url, client, n, agent, onBytes, onRequest }: Call): Promise<Called> {
  const body = Buffer.from(JSON.stringify(client.body({ text: `#${n}; how are you?` })))
  return new Promise((resolve) => {
    const seen: Called = { status: 0, headers: {}, ending: 'torn', bytes: 0 }
    const outgoing = request(
      url + client.path,
      {
        method: 'POST',
        agent: agent ?? false,
        headers: { 'content-type': 'application/json', 'content-length': body.length, ...client.headers },
      },
      (response) => {
        seen.status = response.statusCode ?? 0
        seen.headers = textHeaders(response.headers)
        response.on('data', (bytes: Buffer) => {
          seen.bytes += bytes.length
          onBytes?.(bytes)
        })
        response.on('error', () => undefined)
        response.on('close', () => resolve({ ...seen, ending: response.complete ? 'whole' : 'torn' }))
      },
    )
    outgoing.on('error', () => resolve(seen))
    onRequest?.(outgoing)
    outgoing.end(body)
  })
}

function textHeaders(headers: IncomingHttpHeaders): Called['headers'] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]))
}

/** Reads the numbers that a provider puts into its events as `#7;`, however the bytes are cut. */
export class NumberReader {
  readonly numbers: number[] = []
  #rest = ''

  read(bytes: Buffer): void {
    const text = this.#rest + bytes.toString('latin1')
    let end = 0
    for (const match of text.matchAll(/#(\d+);/g)) {
      this.numbers.push(Number(match[1]))
      end = match.index + match[0].length
    }
    this.#rest = text.slice(Math.max(end, text.length - 16))
  }

  /** What differs from 0, 1, 2 … count-1: how many are missing, double or out of order. */
  mistakes(count: number): { lost: number; doubled: number; disordered: number } {
    const distinct = new Set(this.numbers)
    const disordered = this.numbers.filter((value, at) => at > 0 && value < (this.numbers[at - 1] ?? 0)).length
    return { lost: count - distinct.size, doubled: this.numbers.length - distinct.size, disordered }
  }
}
