// What the cases of reloading share: `sage serve` on a file that is changed under it.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { GRID_ENV, replyAs } from '../helpers/grid-provider.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { until } from '../helpers/until.ts'
import type { Upstream } from '../helpers/upstream.ts'
import { exchange } from './exchange.ts'
import { ASK, expectText, profileOf } from './lab.ts'
import type { Lab } from './lab.ts'
import { judge } from './oracle.ts'
import type { Outcome } from './oracle.ts'
import { serveHere, withProfile } from './profile-bench.ts'

export interface Reloading {
  folder: string
  /** The profile. */
  path: string
  write(text: string | Uint8Array): void
  healthz(): Promise<Record<string, unknown>>
  /** One question in this dialect; by default in OpenAI's. */
  ask(client?: GridClient): Promise<Outcome>
  /** Lines of the log that tell of this. */
  told(type: string): string[]
  /** Waits for that many of them. */
  untilTold(type: string, count: number): Promise<string[]>
}

/** A provider that answers every request with this text. */
export function saying(lab: Lab, text: string): Promise<Upstream> {
  return lab.upstream((received) => replyAs('openai-compatible', received, { text }))
}

/** A profile that leads to this provider only. */
export function leadingTo({ url }: Upstream, top: string = ''): string {
  return profileOf([{ name: 'a', url }], { top })
}

export async function serveFile(lab: Lab, text: string, env: Record<string, string> = GRID_ENV): Promise<Reloading> {
  const folder = withProfile(lab, text)
  const path = join(folder, 'sage.yaml')
  const server = await serveHere(lab, folder, env, { state: false })
  const told = (type: string): string[] =>
    server
      .output()
      .split('\n')
      .filter((line) => line.includes(` ${type} `))
  return {
    folder,
    path,
    write: (given) => writeFileSync(path, given),
    healthz: async () => (await request(`${server.url}/healthz`)).json() as Record<string, unknown>,
    ask: async (client = plainClient()) => {
      const sent = { path: client.path, headers: client.headers, body: client.body(ASK) }
      return judge(client, await exchange(server.url, sent))
    },
    told,
    untilTold: async (type, count) => {
      try {
        return await until(() => (told(type).length >= count ? told(type) : undefined))
      } catch {
        return assert.fail(`${type} was told ${told(type).length} times, not ${count}:\n${server.output()}`)
      }
    },
  }
}

/** It serves `text` on, and says once of which code the problem is. */
export async function expectRefused(at: Reloading, count: number, code: RegExp, text: string): Promise<void> {
  const lines = await at.untilTold('reload_failed', count)
  assert.match(lines[count - 1] ?? '', code)
  const body = await at.healthz()
  assert.equal(body['status'], 'degraded', JSON.stringify(body))
  assert.match(JSON.stringify(body['problem']), code)
  expectText(await at.ask(), text)
}

function plainClient(): GridClient {
  const [client] = GRID_CLIENTS
  assert.ok(client !== undefined)
  return client
}
