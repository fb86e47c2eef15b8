// The gateway alone, in the test's own process: no server, no network, a clock that moves when it is told to.
import { CLIENT_DIALECTS } from '../../src/dialects/index.ts'
import type { ClientDialect, RouteHints } from '../../src/dialects/types.ts'
import { handle } from '../../src/gateway/handle.ts'
import { Provenance } from '../../src/gateway/provenance.ts'
import { Sessions } from '../../src/gateway/sessions.ts'
import type { ClientReply, Gateway, RequestEvent } from '../../src/gateway/types.ts'
import { HealthTracker } from '../../src/health/tracker.ts'
import type { Send } from '../../src/providers/transport/types.ts'
import type { Provider } from '../../src/providers/types.ts'
import { createRedactor } from '../../src/secrets/redact.ts'
import { clientDialect } from '../../src/server/client-dialect.ts'
import { findRoute } from '../../src/server/routes.ts'
import type { Exchange } from '../lab/exchange.ts'
import { GRID_ENV } from './grid-provider.ts'
import type { GridClient } from './grid-types.ts'
import { snapshotInput } from './router.ts'

export interface InProcess {
  gateway: Gateway
  /** What was told of every request. */
  events: RequestEvent[]
  /** Moves the clock forward, in ms. */
  advance(ms: number): void
  /** One request and its answer, as a client sees it. */
  ask(client: GridClient, body: unknown): Promise<Exchange>
}

/** A gateway on a profile in YAML, whose providers are reached through `sendTo`. Waits move the clock and take no time. */
export function createInProcess(
  yaml: string,
  sendTo: (provider: Provider) => Send,
  env: Record<string, string> = GRID_ENV,
): InProcess {
  const { profile, providers, catalog } = snapshotInput(yaml, env)
  const events: RequestEvent[] = []
  let now = 1_000_000
  let seed = 1
  const gateway: Gateway = {
    profile,
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    catalog,
    health: new HealthTracker(Object.fromEntries(providers.map(({ name, keys }) => [name, keys.length]))),
    sessions: new Sessions(),
    provenance: new Provenance(),
    sendTo,
    clock: {
      mono: () => now,
      wall: () => Date.UTC(2026, 0, 1) + now,
      timer: (ms, callback) => {
        const soon = setImmediate(() => {
          now += ms
          callback()
        })
        return () => clearImmediate(soon)
      },
    },
    random: () => {
      seed = (seed * 16_807) % 2_147_483_647
      return seed / 2_147_483_647
    },
    redact: createRedactor(providers.flatMap(({ keys }) => keys)),
    log: (event) => events.push(event),
  }
  return {
    gateway,
    events,
    advance: (ms) => {
      now += ms
    },
    ask: async (client, body) => {
      const { dialect, hints } = routeOf(client)
      const { reply, exchange } = recordReply()
      const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
      const { headers } = client
      await handle(gateway, { dialect, body: bytes, headers, ...(hints !== undefined && { hints }) }, reply)
      return exchange()
    },
  }
}

function routeOf({ path }: GridClient): { dialect: ClientDialect; hints?: RouteHints } {
  const route = findRoute(path)
  if (route?.type !== 'chat') return { dialect: CLIENT_DIALECTS['openai-chat'] }
  return { dialect: clientDialect(route), ...(route.hints !== undefined && { hints: route.hints }) }
}

/** A client's end that keeps what it gets. */
function recordReply(): { reply: ClientReply; exchange(): Exchange } {
  const seen: Pick<Exchange, 'status' | 'headers' | 'ending'> = { status: 0, headers: {}, ending: 'none' }
  const parts: Buffer[] = []
  const add = (chunk: Buffer | string | undefined): void => {
    if (chunk !== undefined) parts.push(Buffer.from(chunk))
  }
  return {
    reply: {
      onGone: () => undefined,
      head: (status, headers) => {
        if (seen.status === 0) Object.assign(seen, { status, headers })
      },
      write: (chunk) => {
        add(chunk)
        return undefined
      },
      end: (chunk) => {
        add(chunk)
        seen.ending = 'whole'
      },
      tear: (chunk) => {
        add(chunk)
        seen.ending = 'torn'
      },
    },
    exchange: () => {
      const bytes = Buffer.concat(parts)
      return { ...seen, bytes, body: bytes.toString('utf8'), ms: 0 }
    },
  }
}
