// Providers that break off and providers that go on with a begun answer, behind a router with `rescue: prose`.
import { exchange } from '../lab/exchange.ts'
import type { Sent } from '../lab/exchange.ts'
import { judge } from '../lab/oracle.ts'
import type { Outcome } from '../lab/oracle.ts'
import { wireOf } from './grid-provider.ts'
import type { GridReply, ProviderDialectName } from './grid-provider.ts'
import { list, textAt } from './grid-json.ts'
import type { Json } from './grid-json.ts'
import type { GridAsk, GridClient } from './grid-types.ts'
import { startRouter } from './router.ts'
import type { RouterOptions, TestRouter } from './router.ts'
import { startUpstream } from './upstream.ts'
import type { Handler, Reply, Upstream } from './upstream.ts'

/** The whole answer. */
export const TEXT = 'Routers join two texts: "the first", and\n\nthe rest — ça va 👩‍👩‍👧.'

export interface BenchProvider {
  reply: Reply | Handler
  /** Default `openai-compatible`. */
  kind?: string
  /** Name of its model; default `m`. */
  model?: string
  /** More members of the provider's entry. */
  extra?: string
  /** More facts of its model. */
  facts?: string
}

export interface RescueBench {
  router: TestRouter
  upstreams: readonly Upstream[]
  ask(client: GridClient, ask?: Partial<GridAsk>, sent?: Partial<Sent>): Promise<Outcome>
  close(): Promise<void>
}

export interface BenchOptions extends RouterOptions {
  /** Members of the policy `auto`; default `rescue: prose`. */
  policy?: string
}

/** A router over these providers, named a, b, c …, asked in this order. */
export async function rescueBench(given: readonly BenchProvider[], options: BenchOptions = {}): Promise<RescueBench> {
  const upstreams: Upstream[] = []
  for (const { reply } of given) upstreams.push(await startUpstream(typeof reply === 'function' ? reply : () => reply))
  const router = await startRouter(
    rescueYaml(
      given.map((one, n) => ({ ...one, url: upstreams[n]?.url ?? '' })),
      options.policy ?? 'rescue: prose',
    ),
    {
      ...options,
      env: { TEST_KEY: 'sk-test', ...options.env },
    },
  )
  return {
    router,
    upstreams,
    ask: async (client, ask = {}, sent = {}) => {
      const body = client.body({ text: 'hello there', ...ask })
      const whole: Sent = { path: client.path, body, ...sent, headers: { ...client.headers, ...sent.headers } }
      return judge(client, await exchange(router.url, whole))
    },
    close: async () => {
      await router.close()
      for (const upstream of upstreams) await upstream.close()
    },
  }
}

/** A profile with these providers, named a, b, c …, asked in this order. `policy`: members of `auto`. */
export function rescueYaml(given: readonly (Omit<BenchProvider, 'reply'> & { url: string })[], policy: string): string {
  const name = (n: number): string => String.fromCharCode(97 + n)
  return [
    'version: 1',
    'providers:',
    ...given.map(({ url, kind = 'openai-compatible', model = 'm', extra, facts }, n) => {
      const base = kind.startsWith('openai') ? `${url}/v1` : url
      const known = `{ capabilities: [tools, json]${facts === undefined ? '' : `, ${facts}`} }`
      const more = extra === undefined ? '' : `, ${extra}`
      const key = kind === 'ollama' ? '' : ', key: env:TEST_KEY'
      return `  ${name(n)}: { kind: ${kind}, base_url: "${base}"${key}, local: false${more}, models: { ${model}: ${known} } }`
    }),
    'policies:',
    `  auto: { ${policy}, rules: [ { name: all, when: {}, prefer: [${given.map((_, n) => `${name(n)}/*`).join(', ')}] } ] }`,
  ].join('\n')
}

/** A provider that answers `text`, or what is left of it behind the assistant turn that ends the conversation. */
export function continuing(dialect: ProviderDialectName, text: string, more: GridReply = {}): Handler {
  return ({ json }) => {
    const prefill = prefillIn(json)
    if (prefill !== undefined && !text.startsWith(prefill))
      return { status: 400, json: { error: { message: prefill } } }
    const rest = prefill === undefined ? text : text.slice(prefill.length)
    const headers = dialect === 'ollama' ? { headers: { 'content-type': 'application/x-ndjson' } } : {}
    return { chunks: wireOf(dialect, { ...more, text: rest }).stream, ...headers }
  }
}

/** The assistant turn that ends the conversation of a request to a provider. */
export function prefillIn(body: Json): string | undefined {
  const last = list(body, 'messages').at(-1)
  if (last?.['role'] !== 'assistant') return undefined
  return typeof last['content'] === 'string' ? last['content'] : textAt(list(last, 'content').at(-1), 'text')
}
