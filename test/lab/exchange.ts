// One request of a client, told whether its answer came whole or torn.
import { request as httpRequest } from 'node:http'
import { performance } from 'node:perf_hooks'

export interface Exchange {
  status: number
  headers: Record<string, string>
  body: string
  bytes: Buffer
  /** `whole`: HTTP says that the answer is complete; `torn`: the connection broke first; `none`: not even a status. */
  ending: 'whole' | 'torn' | 'none'
  /** Error code of the connection, where it broke. */
  code?: string
  ms: number
}

export interface Sent {
  path: string
  headers: Record<string, string>
  body: unknown
  /** Leaves once this is so. */
  leave?: Promise<unknown>
}

/** Sends a request on a connection of its own. Never throws: a broken connection is what it tells of. */
export function exchange(url: string, { path, headers, body, leave }: Sent): Promise<Exchange> {
  const started = performance.now()
  const bytes =
    typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.from(body) : Buffer.from(JSON.stringify(body))
  return new Promise((resolve) => {
    const parts: Buffer[] = []
    let seen: Omit<Exchange, 'body' | 'bytes' | 'ms' | 'ending'> = { status: 0, headers: {} }
    const end = (ending: Exchange['ending'], code?: string): void => {
      const all = Buffer.concat(parts)
      const ms = performance.now() - started
      resolve({ ...seen, ending, body: all.toString('utf8'), bytes: all, ms, ...(code !== undefined && { code }) })
    }
    const outgoing = httpRequest(
      url + path,
      {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', 'content-length': bytes.length, ...headers },
      },
      (response) => {
        seen = { status: response.statusCode ?? 0, headers: flat(response.headers) }
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('error', (error) => end('torn', codeOf(error)))
        response.on('end', () => end(response.complete ? 'whole' : 'torn'))
      },
    )
    outgoing.on('error', (error) => end(seen.status === 0 ? 'none' : 'torn', codeOf(error)))
    outgoing.end(bytes)
    void leave?.then(() => outgoing.destroy())
  })
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name
}
