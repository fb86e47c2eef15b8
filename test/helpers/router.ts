// The whole router in the test's own process: a profile in, a server on 127.0.0.1:0 out.
import assert from 'node:assert/strict'
import { buildCatalog } from '../../src/catalog/build.ts'
import type { Clock, RequestEvent } from '../../src/gateway/types.ts'
import { parseProfile } from '../../src/profile/parse.ts'
import { catalogSources } from '../../src/providers/catalog-sources.ts'
import { resolveProviders } from '../../src/providers/resolve.ts'
import { resolveReference } from '../../src/secrets/resolve-reference.ts'
import type { ServerEvent } from '../../src/server/events.ts'
import type { SnapshotInput } from '../../src/server/snapshot.ts'
import { startServer } from '../../src/server/start.ts'
import type { RunningServer, StartOptions } from '../../src/server/start.ts'

export interface TestRouter extends RunningServer {
  events: ServerEvent[]
  /** Request events only, in the order of their ends. */
  requests(): RequestEvent[]
  /** Moves the router's clock forward, in ms. */
  advance(ms: number): void
  /** Sets the wall clock by so much, in ms, and leaves the other one alone: as a person or a time server does. */
  skew(ms: number): void
  /** Swaps the profile, as a reload does; the environment that it began with, unless another is given. */
  reloadYaml(yaml: string, env?: Record<string, string>): void
}

export interface RouterOptions {
  env?: Record<string, string>
  host?: string
  /** Connections at a time. */
  maxConnections?: number
  /** How providers are reached. */
  createHttp?: NonNullable<StartOptions['createHttp']>
  /** Who takes decisions down: without anybody they are let go of once their answers have begun. */
  record?: NonNullable<StartOptions['record']>
  /** For waits; by default they move the clock and take no time. */
  timer?: NonNullable<Clock['timer']>
}

/** Starts the router on a profile in YAML. The clock runs, and can be moved; chance is a fixed sequence. */
export async function startRouter(yaml: string, options: RouterOptions = {}): Promise<TestRouter> {
  const env = options.env ?? {}
  const events: ServerEvent[] = []
  let moved = 0
  let skewed = 0
  let seed = 1
  const skip: NonNullable<Clock['timer']> = (ms, callback) => {
    const soon = setImmediate(() => {
      moved += ms
      callback()
    })
    return () => clearImmediate(soon)
  }
  const server = await startServer({
    ...snapshotInput(yaml, env),
    host: options.host ?? '127.0.0.1',
    port: 0,
    ...(options.maxConnections !== undefined && { maxConnections: options.maxConnections }),
    log: (event) => events.push(event),
    clock: {
      mono: () => performance.now() + moved,
      wall: () => Date.now() + moved + skewed,
      timer: options.timer ?? skip,
    },
    random: () => {
      seed = (seed * 16807) % 2147483647
      return seed / 2147483647
    },
    version: '0.0.0-test',
    ...(options.record !== undefined && { record: options.record }),
    ...(options.createHttp !== undefined && { createHttp: options.createHttp }),
  })
  return {
    ...server,
    events,
    requests: () => events.filter((event) => event.type === 'request'),
    advance: (ms) => {
      moved += ms
    },
    skew: (ms) => {
      skewed += ms
    },
    reloadYaml: (text, given = env) => server.reload(snapshotInput(text, given)),
  }
}

/** What a server is made of, from a profile in YAML. */
export function snapshotInput(yaml: string, env: Record<string, string>): SnapshotInput {
  const { profile, diagnostics } = parseProfile(yaml, 'test.yaml')
  assert.ok(profile !== undefined, JSON.stringify(diagnostics, null, 2))
  const sources = {
    env,
    home: '/nowhere',
    readFile: (): string => {
      throw new Error('no files in tests')
    },
  }
  const secretOf = (reference: string) => resolveReference(reference, sources).secret
  const providers = resolveProviders(profile, secretOf)
  const token = profile.serve.token === undefined ? undefined : secretOf(profile.serve.token)
  return { profile, providers, catalog: buildCatalog(catalogSources(profile, providers)), token }
}
