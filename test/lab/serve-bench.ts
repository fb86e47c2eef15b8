// What the cases of the environment share: a profile on disk, `sage serve` in a process of its own, streams to it.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { GRID_CLIENTS } from '../helpers/grid-clients.ts'
import { GRID_ENV, isStreamed } from '../helpers/grid-provider.ts'
import type { GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { chatStream } from '../helpers/openai-chat-replies.ts'
import { startSage } from '../helpers/sage.ts'
import type { RunOptions, Serving } from '../helpers/sage.ts'
import type { Handler } from '../helpers/upstream.ts'
import { exchange } from './exchange.ts'
import { ASK, FINE, fine, profileOf } from './lab.ts'
import type { Lab } from './lab.ts'
import { judge } from './oracle.ts'
import type { Outcome } from './oracle.ts'
import { folder } from './profile-bench.ts'

export const STREAMED: readonly GridClient[] = GRID_CLIENTS.filter(({ stream }) => stream)
export const WINDOWS: boolean = process.platform === 'win32'

/** A folder with a profile that leads to these providers. */
export function profileFolder(lab: Lab, urls: readonly string[], serve: string = ''): string {
  const cwd = folder(lab)
  const providers = urls.map((url, n) => ({ name: `p${n}`, url }))
  writeFileSync(join(cwd, 'sage.yaml'), profileOf(providers, { top: `serve: { ${serve} }` }))
  return cwd
}

/** `sage serve` in a process of its own, which ends with the case. Its home is the folder. */
export async function serveChild(
  lab: Lab,
  cwd: string,
  options: RunOptions = {},
  args: readonly string[] = [],
): Promise<Serving> {
  const env = { ...GRID_ENV, HOME: cwd, USERPROFILE: cwd, ...options.env }
  const serving = await startSage(['serve', '--port', '0', ...args], { ...options, cwd, env })
  lab.onClose(async () => void (await serving.stop()))
  return serving
}

export async function askAt(url: string, client: GridClient, body: unknown = client.body(ASK)): Promise<Outcome> {
  return judge(client, await exchange(url, { path: client.path, headers: client.headers, body }))
}

export async function healthOf(url: string): Promise<Record<string, unknown>> {
  return (await request(`${url}/healthz`)).json() as Record<string, unknown>
}

/** What /healthz says of where state is kept. */
export async function stateOf(url: string): Promise<{ kept: string; path?: string; reason?: string }> {
  return (await healthOf(url))['state'] as { kept: string; path?: string; reason?: string }
}

/** Streams begin and then stall for good. */
export const endless: Handler = (received) => {
  if (!isStreamed(received)) return { fault: 'hang' }
  return { fault: 'stall-after', chunks: chatStream({ model: 'm', text: FINE }).slice(0, 3) }
}

/** Streams that take so long, in ms. */
export function lasting(ms: number): Handler {
  return (received) => {
    const reply = fine(received)
    return 'chunks' in reply ? { ...reply, delayMs: ms / reply.chunks.length } : reply
  }
}

/** Keeps the event loop of this process from running, without using the processor. */
export function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** Waits until this is so. */
export async function untilSo(isSo: () => Promise<boolean> | boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 2400; tries++) {
    if (await isSo()) return
    await sleep(25)
  }
  assert.fail(`never: ${what}`)
}
