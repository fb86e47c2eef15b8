// The bench of one case: providers with faults, a router over them, and a client. Everything is closed at its end.
import assert from 'node:assert/strict'
import { GRID_ENV, isStreamed, replyAs } from '../helpers/grid-provider.ts'
import type { GridAsk, GridClient } from '../helpers/grid-types.ts'
import { startRouter } from '../helpers/router.ts'
import type { RouterOptions, TestRouter } from '../helpers/router.ts'
import { startUpstream } from '../helpers/upstream.ts'
import type { Handler, Received, Reply, Upstream } from '../helpers/upstream.ts'
import { exchange } from './exchange.ts'
import type { Sent } from './exchange.ts'
import { describe, judge } from './oracle.ts'
import type { Outcome } from './oracle.ts'

export interface LabProvider {
  name: string
  url: string
  /** More members of its profile entry, e.g. `, timeouts: { idle_ms: 50 }`. */
  extra?: string
}

export interface LabOptions extends RouterOptions {
  /** More members of the policy `auto`. */
  policy?: string
  /** More top-level lines of the profile. */
  top?: string
}

/** Text of the healthy provider. */
export const FINE = 'all is well'
/** Question of the client. */
export const ASK: GridAsk = { text: 'hello there' }

export class Lab {
  readonly #open: { close(): Promise<void> }[] = []

  async upstream(reply: Reply | Handler): Promise<Upstream> {
    const started = await startUpstream(typeof reply === 'function' ? reply : () => reply)
    this.#open.push(started)
    return started
  }

  /** A provider that answers everything well. */
  healthy(): Promise<Upstream> {
    return this.upstream(fine)
  }

  /** A router over OpenAI-compatible providers, asked in this order; each has one model `m`. */
  async router(providers: readonly LabProvider[], options: LabOptions = {}): Promise<TestRouter> {
    const router = await startRouter(profileOf(providers, options), {
      ...options,
      env: { ...GRID_ENV, ...options.env },
    })
    this.#open.push(router)
    return router
  }

  /** A router over a provider with a fault and a healthy one after it. */
  async pair(
    first: Reply | Handler,
    options: LabOptions & { extra?: string } = {},
  ): Promise<{ router: TestRouter; first: Upstream; second: Upstream }> {
    const faulty = await this.upstream(first)
    const second = await this.healthy()
    const extra = options.extra ?? ''
    const router = await this.router(
      [
        { name: 'a', url: faulty.url, extra },
        { name: 'b', url: second.url },
      ],
      options,
    )
    return { router, first: faulty, second }
  }

  async ask(router: TestRouter, client: GridClient, sent: Partial<Sent> = {}): Promise<Outcome> {
    const { path, headers } = client
    const whole: Sent = { path, body: client.body(ASK), ...sent, headers: { ...headers, ...sent.headers } }
    return judge(client, await exchange(router.url, whole))
  }

  onClose(close: () => Promise<void>): void {
    this.#open.push({ close })
  }

  async close(): Promise<void> {
    for (const item of this.#open.splice(0).reverse()) await item.close()
  }
}

/** Answers a request of OpenAI Chat Completions well. */
export function fine(received: Received): Reply {
  return replyAs('openai-compatible', received, { text: FINE })
}

/** One reply for a whole answer, another for a stream. */
export function byMode(whole: Reply, stream: Reply): Handler {
  return (received) => (isStreamed(received) ? stream : whole)
}

export function expectText(outcome: Outcome, text: string = FINE): string {
  assert.equal(outcome.end, 'A', describe(outcome))
  assert.equal(outcome.end === 'A' && outcome.answer.text, text)
  return describe(outcome)
}

export function expectError(outcome: Outcome, status: number): string {
  assert.equal(outcome.end, 'B', describe(outcome))
  assert.equal(outcome.exchange.status, status, describe(outcome))
  return describe(outcome)
}

export function expectCut(outcome: Outcome): string {
  assert.equal(outcome.end, 'C', describe(outcome))
  return describe(outcome)
}

/** A profile over these providers; each has one model `m`. */
export function profileOf(providers: readonly LabProvider[], { policy = '', top = '' }: LabOptions = {}): string {
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  const prefer = providers.map(({ name }) => `${name}/m`).join(', ')
  return [
    'version: 1',
    'providers:',
    ...providers.map(
      ({ name, url, extra = '' }) =>
        `  ${name}: { kind: openai-compatible, base_url: "${url}/v1", key: env:TEST_KEY, local: false${extra}, models: { m: { ${facts} } } }`,
    ),
    'policies:',
    `  auto: { rules: [ { name: all, when: {}, prefer: [${prefer}] } ]${policy} }`,
    top,
  ].join('\n')
}
