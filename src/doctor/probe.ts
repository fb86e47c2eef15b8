import type { Connection, Effects, HttpAnswer, HttpRequest } from './effects.ts'
import { FaultError } from './effects.ts'

/** Steps of a request, in order. */
export type Stage = 'dns' | 'tcp' | 'tls' | 'http'

export interface ProbeTarget {
  /** Scheme, host and port. */
  origin: string
  request: HttpRequest
  /** For all steps together, in ms; the world's by default. */
  timeoutMs?: number
}

/** How one request went, step by step. */
export interface Probe {
  /** What each step took that was done, in ms. No `dns` for an address, no `tls` over http. */
  times: Partial<Record<Stage, number>>
  /** The step that failed, and Node's code for it. */
  failure?: { stage: Stage; code: string; message: string }
  /** Addresses that did not accept a connection before one did. */
  deadAddresses: string[]
  answer?: HttpAnswer
  /** Clock of this machine when the answer came, in ms since the epoch. */
  answeredAt?: number
}

/** Looks up, connects, encrypts, asks: each on its own and timed. Never rejects, never takes longer than the limit. */
export async function probe(
  effects: Effects,
  { origin, request, timeoutMs = 5000 }: ProbeTarget & { timeoutMs?: number },
): Promise<Probe> {
  const { hostname, host, protocol, port } = new URL(origin)
  const name = hostname.replace(/^\[|\]$/g, '')
  const signal = effects.after(timeoutMs)
  const result: Probe = { times: {}, deadAddresses: [] }
  let stage: Stage = 'dns'
  let connection: Connection | undefined
  const timed = async <T>(next: Stage, work: () => Promise<T>): Promise<T> => {
    stage = next
    const started = effects.mono()
    const value = await work()
    result.times[next] = effects.mono() - started
    return value
  }
  try {
    const addresses = isAddress(name) ? [name] : await timed('dns', () => effects.network.lookup(name, signal))
    const number = Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port)
    const open = await timed('tcp', () => connectAny(effects, addresses, number, signal, result.deadAddresses))
    connection = open
    if (protocol === 'https:') await timed('tls', () => open.secure(name, signal))
    result.answer = await timed('http', () => open.send({ ...request, headers: { host, ...request.headers } }, signal))
    result.answeredAt = effects.now()
  } catch (error) {
    if (!(error instanceof FaultError)) throw error
    result.failure = { stage, code: error.code, message: error.message }
  } finally {
    connection?.close()
  }
  return result
}

/** Connects to the first address that accepts. Rejects with the fault of the first one when none does. */
async function connectAny(
  { network }: Effects,
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
  dead: string[],
): Promise<Connection> {
  let first: FaultError | undefined
  for (const address of addresses) {
    try {
      return await network.connect(address, port, signal)
    } catch (error) {
      if (!(error instanceof FaultError) || error.code === 'TIMEOUT') throw error
      first ??= error
      dead.push(address)
    }
  }
  throw first ?? new FaultError('ENOTFOUND')
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+\.\d+\.\d+\.\d+$/.test(host)
}
