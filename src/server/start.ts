import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Catalog } from '../catalog/types.ts'
import { Provenance } from '../gateway/provenance.ts'
import { Sessions } from '../gateway/sessions.ts'
import { Shutdown } from '../gateway/shutdown.ts'
import type { Clock, Gateway, RecordDecision } from '../gateway/types.ts'
import { HealthTracker } from '../health/tracker.ts'
import type { Profile } from '../profile/types.ts'
import { createTransports } from '../providers/index.ts'
import type { Provider } from '../providers/types.ts'
import { createRedactor } from '../secrets/redact.ts'
import type { Secret } from '../secrets/secret.ts'
import { createDrain } from './drain.ts'
import type { ServerEvent } from './events.ts'
import { createListener } from './listener.ts'

export interface StartOptions {
  profile: Profile
  providers: readonly Provider[]
  catalog: Catalog
  host: string
  /** 0 picks a free port. */
  port: number
  /** Connections at a time; default 12,000. */
  maxConnections?: number
  token?: Secret
  log(event: ServerEvent): void
  /** Takes every decision with all it was made from. */
  record?: RecordDecision
  clock: Clock
  /** In [0, 1). */
  random(): number
  version: string
}

export interface RunningServer {
  host: string
  port: number
  /** `http://host:port`. */
  url: string
  /** Takes another catalogue for all requests that begin from now on. */
  setCatalog(catalog: Catalog): void
  /** Stops accepting, lets running answers finish for at most `graceMs`, then ends them with an error. */
  close(graceMs?: number): Promise<void>
}

/** Connections at a time; more are closed at once. */
const MAX_CONNECTIONS = 12_000

/** Starts the proxy. Rejects with Node's listen error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`). */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const transports = createTransports()
  const shutdown = new Shutdown()
  const gateway = createGateway(options, transports.sendTo, shutdown)
  const listener = createListener({
    gateway,
    guard: { host: options.host, token: options.token },
    log: options.log,
    startedAt: options.clock.mono(),
    version: options.version,
  })
  const server = createServer(
    // Headers within 10 s; bodies and answers have timers of their own.
    { headersTimeout: 10_000, requestTimeout: 0, keepAliveTimeout: 75_000, connectionsCheckingInterval: 1000 },
    listener,
  )
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS
  // The listener asks for the body itself, once its headers have passed.
  server.on('checkContinue', listener)
  const drain = createDrain(server, shutdown)
  refuseUpgrades(server)
  await listen(server, options.host, options.port)
  const { port } = server.address() as AddressInfo
  return {
    host: options.host,
    port,
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    setCatalog: (catalog) => {
      gateway.catalog = catalog
    },
    close: async (graceMs = 0) => {
      await drain.close(graceMs)
      await transports.close()
    },
  }
}

function createGateway(options: StartOptions, sendTo: Gateway['sendTo'], shutdown: Shutdown): Gateway {
  const { profile, providers, catalog, clock, random, log, record, token } = options
  const health = new HealthTracker(Object.fromEntries(providers.map(({ name, keys }) => [name, keys.length])))
  for (const { name, missingKey } of providers) if (missingKey !== undefined) health.disable(name, 'no_key')
  const secrets = providers.flatMap(({ keys }) => keys)
  return {
    profile,
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    catalog,
    health,
    sessions: new Sessions(),
    provenance: new Provenance(),
    sendTo,
    clock,
    random,
    redact: createRedactor(token === undefined ? secrets : [...secrets, token]),
    log,
    shutdown,
    ...(record !== undefined && { record }),
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** WebSockets and tunnels are not served; 426 makes clients fall back to plain requests at once. */
function refuseUpgrades(server: Server): void {
  const refuse = (status: string) => (_request: unknown, socket: Duplex) => {
    socket.on('error', () => socket.destroy())
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  }
  server.on('upgrade', refuse('426 Upgrade Required'))
  server.on('connect', refuse('405 Method Not Allowed'))
}
