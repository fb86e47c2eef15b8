// Replays a recorded client through the router to a strict provider, and says what came out otherwise than recorded.
import type { AnyKind } from '../helpers/fake-provider.ts'
import { askedIn, type GridReply } from '../helpers/grid-provider.ts'
import type { GridAnswer, GridClient } from '../helpers/grid-types.ts'
import { request } from '../helpers/http.ts'
import { startRouter, type TestRouter } from '../helpers/router.ts'
import { clientOf, proofOf } from './client.ts'
import { compareAnswers, compareRequests } from './compare.ts'
import { offeredTools, readConversation } from './conversation.ts'
import type { Exchange, Recording } from './recording.ts'
import { startStrictProvider, type StrictProvider } from './strict-provider.ts'

/** Providers of the five dialects, and models whose generation has rules of its own. */
export const REPLAY_PROVIDERS: Readonly<Record<string, { kind: AnyKind; model: string; extra?: string }>> = {
  'openai-chat': { kind: 'openai-compatible', model: 'gpt-4.1', extra: ', preset: openai' },
  'openai-responses': { kind: 'openai', model: 'gpt-5.5' },
  'openai-reasoning': { kind: 'openai-compatible', model: 'gpt-5.2', extra: ', preset: openai' },
  'anthropic-messages': { kind: 'anthropic', model: 'claude-opus-4-8' },
  'anthropic-older': { kind: 'anthropic', model: 'claude-haiku-4-5' },
  'anthropic-newer': { kind: 'anthropic', model: 'claude-sonnet-5-5' },
  gemini: { kind: 'gemini', model: 'gemini-3-pro-preview' },
  'ollama-chat': { kind: 'ollama', model: 'qwen3:8b' },
}

/** Reasons why the recording did not come out as recorded, each with the exchange's name; empty when it did. */
export async function replay(recording: Recording, provider: string): Promise<string[]> {
  const target = REPLAY_PROVIDERS[provider]
  if (target === undefined) throw new Error(`no provider ${provider}`)
  const upstream = await startStrictProvider(target.kind)
  const router = await startRouter(profileOf(target, upstream.url), { env: { TEST_KEY: 'upstream-key' } })
  try {
    const reasons: string[] = []
    for (const exchange of recording.exchanges) {
      const found = await replayOne(exchange, target.kind, upstream, router)
      reasons.push(...found.map((reason) => `${exchange.name}: ${reason}`))
    }
    return reasons
  } finally {
    await router.close()
    await upstream.close()
  }
}

function profileOf({ kind, model, extra = '' }: { kind: AnyKind; model: string; extra?: string }, url: string): string {
  const base = kind.startsWith('openai') ? `${url}/v1` : url
  const key = kind === 'ollama' ? '' : ', key: env:TEST_KEY'
  const facts = 'capabilities: [tools, vision, json, thinking, documents], context: 200000'
  return [
    'version: 1',
    'providers:',
    `  any: { kind: ${kind}, base_url: "${base}"${key}${extra}, models: { "${model}": { ${facts} } } }`,
    'policies:',
    '  auto: { rules: [ { name: all, when: {}, prefer: ["any/*"] } ] }',
    // Recorded clients asked for names of their own.
    'aliases: { "nope/*": sage/auto }',
  ].join('\n')
}

async function replayOne(
  exchange: Exchange,
  kind: AnyKind,
  upstream: StrictProvider,
  router: TestRouter,
): Promise<string[]> {
  const client = clientOf(exchange)
  const recorded = client === undefined ? undefined : readRecorded(exchange, client)
  const tools = offeredTools(exchange.body ?? {}).map(({ name }) => name)
  upstream.script(recorded === undefined ? { text: 'ok' } : toReply(recorded), tools)
  const before = upstream.requests.length
  const answer = await request(router.url + exchange.path, {
    method: exchange.method.replace('UPGRADE-', ''),
    headers: headersOf(exchange),
    ...(exchange.body && { body: exchange.body }),
  })
  if (client === undefined) {
    const { status } = exchange.response
    return answer.status === status ? [] : [`status ${answer.status}, was ${status}`]
  }
  const refusals = upstream.refusals()
  if (refusals.length > 0) return refusals.map((refusal) => `provider refuses ${refusal}`)
  if (answer.status !== 200) return [`status ${answer.status}: ${answer.text.slice(0, 300)}`]
  const received = upstream.requests[before]
  const sent = readConversation(client.dialect, exchange.body ?? {})
  const reasons: string[] = []
  if (received === undefined) {
    // Requests that say nothing are answered without a model.
    const isSilent = sent.texts.every((text) => text === '')
    return isSilent ? [] : ['no request reached the provider']
  } else {
    reasons.push(...compareRequests(sent, readConversation(askedIn(kind, received), received.json), received.json))
    if (recorded !== undefined) reasons.push(...compareAnswers(recorded, client.read(answer.text)))
  }
  return reasons
}

/** The recorded answer; undefined when it was a fault. */
function readRecorded({ response }: Exchange, client: GridClient): GridAnswer | undefined {
  return response.status === 200 && response.body !== '' ? client.read(response.body) : undefined
}

export function toReply(answer: GridAnswer): GridReply {
  const { text, thinking, calls } = answer
  const proof = proofOf(answer)
  return {
    ...(text !== '' && { text }),
    ...(thinking !== '' && { thinking }),
    ...(proof !== undefined && { proof }),
    ...(calls.length > 0 && {
      calls: calls.map(({ id, name, arguments: args }, n) => ({
        id: id === '' ? `call_${n}` : id,
        name,
        arguments: args as Record<string, unknown>,
      })),
    }),
  }
}

/** The client's headers without those of its own connection. */
export function headersOf({ headers, method }: Exchange): Record<string, string> {
  const dropped = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding'])
  const kept = Object.entries(headers).filter(([name]) => !dropped.has(name.toLowerCase()))
  const upgrade = method.startsWith('UPGRADE') ? { connection: 'Upgrade', upgrade: 'websocket' } : {}
  return { ...Object.fromEntries(kept), ...upgrade }
}
