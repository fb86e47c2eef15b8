import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { restoreMemory, saveMemory } from '../gateway/memory.ts'
import type { Memory } from '../gateway/memory.ts'
import { Provenance } from '../gateway/provenance.ts'
import { Sessions } from '../gateway/sessions.ts'
import { Shutdown } from '../gateway/shutdown.ts'
import type { Clock, RecordDecision } from '../gateway/types.ts'
import { HealthTracker } from '../health/tracker.ts'
import { createTransports } from '../providers/index.ts'
import type { HttpTransport } from '../providers/transport/http.ts'
import { createDrain } from './drain.ts'
import type { ServerEvent } from './events.ts'
import type { StatePlace } from './health-body.ts'
import { createListener } from './listener.ts'
import { MemoryGuard } from './memory-guard.ts'
import type { Lasting, SnapshotInput } from './snapshot.ts'
import { Snapshots } from './snapshots.ts'
import type { Pending } from './snapshots.ts'
import { refuseUnreadable } from './unreadable.ts'

export interface StartOptions extends SnapshotInput {
  host: string
  /** 0 picks a free port. */
  port: number
  /** Connections at a time; default 12,000. */
  maxConnections?: number
  log(event: ServerEvent): void
  /** Takes every decision with all it was made from. */
  record?: RecordDecision
  clock: Clock
  /** In [0, 1). */
  random(): number
  version: string
  /** How providers are reached; directly by default. */
  createHttp?(): HttpTransport
}

export interface RunningServer {
  host: string
  port: number
  /** `http://host:port`. */
  url: string
  /** Takes what is given for all requests that begin from now on; those under way keep what they began with. */
  reload(input: Partial<SnapshotInput>): void
  /** Tells `GET /healthz` how the files on disk differ from what is served. */
  setPending(pending: Pending): void
  /** What has been learnt, for the next run: health and sessions. */
  memory(): Memory
  /** Takes over what an earlier run has learnt, as far as it still says something. */
  restore(memory: unknown): void
  /** Tells `GET /healthz` where that is kept. */
  setStatePlace(place: () => StatePlace): void
  /** Stops accepting, lets running answers finish for at most `graceMs`, then ends them with an error. */
  close(graceMs?: number): Promise<void>
}

/** Connections at a time; more are closed at once. */
const MAX_CONNECTIONS = 12_000

/** Starts the proxy. Rejects with Node's listen error (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`). */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const transports = createTransports(options.createHttp)
  const shutdown = new Shutdown()
  const { profile, providers, catalog, token } = options
  // As in a URL or without: the system wants it without.
  const host = options.host.replace(/^\[(.*)\]$/, '$1')
  const lasting = createLasting(options, shutdown)
  const snapshots = new Snapshots({ profile, providers, catalog, token }, { lasting, transports, host })
  let statePlace = (): StatePlace => ({ kept: 'memory' })
  const listener = createListener({
    snapshots,
    log: options.log,
    startedAt: options.clock.mono(),
    version: options.version,
    statePlace: () => statePlace(),
    memory: new MemoryGuard(() => options.clock.mono()),
  })
  const server = createServer(
    // Headers within 10 s; bodies and answers have timers of their own.
    {
      headersTimeout: 10_000,
      requestTimeout: 0,
      keepAliveTimeout: 75_000,
      connectionsCheckingInterval: 1000,
      // The guard refuses requests without one, and says why.
      requireHostHeader: false,
    },
    listener,
  )
  server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS
  // The listener asks for the body itself, once its headers have passed.
  server.on('checkContinue', listener)
  // And answers an expectation that nobody meets.
  server.on('checkExpectation', listener)
  refuseUnreadable(server, options.log)
  const drain = createDrain(server, shutdown)
  refuseUpgrades(server)
  await listen(server, host, options.port)
  const { port } = server.address() as AddressInfo
  return {
    host,
    port,
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    reload: (input) => snapshots.swap(input),
    setPending: (pending) => {
      snapshots.pending = pending
    },
    memory: () => saveMemory(lasting, snapshots.current.input.providers),
    restore: (memory) => restoreMemory(lasting, snapshots.current.input.providers, memory),
    setStatePlace: (place) => {
      statePlace = place
    },
    close: async (graceMs = 0) => {
      await drain.close(graceMs)
      await transports.close()
    },
  }
}

/** What outlives every reload. */
function createLasting({ providers, clock, random, log, record }: StartOptions, shutdown: Shutdown): Lasting {
  return {
    health: new HealthTracker(Object.fromEntries(providers.map(({ name, keys }) => [name, keys.length]))),
    sessions: new Sessions(),
    provenance: new Provenance(),
    clock,
    random,
    log,
    shutdown,
    ...(record !== undefined && { record }),
  }
}

/** Connections that may wait to be taken; the system may allow fewer. Node's 511 lose some when thousands come at once. */
const BACKLOG = 4096

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: BACKLOG }, () => {
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
