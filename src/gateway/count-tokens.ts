import { isRecord } from '../lib/is-record.ts'
import { decide } from '../policy/decide.ts'
import { prepare } from './prepare.ts'
import type { Proofs } from './prepare.ts'
import { readAll, MAX_ERROR_BYTES } from './read-body.ts'
import { isClientMistake, readRequest } from './read-request.ts'
import type { RequestBody } from './read-request.ts'
import { Stopwatch } from './stopwatch.ts'
import type { ClientReply, Gateway, Incoming } from './types.ts'

/** Counting moves nothing: the proofs stay as they are. */
const UNKNOWN_PROOFS: Proofs = {
  isMixed: false,
  isOwn: () => true,
  isForeign: () => false,
  signatureOf: () => undefined,
}

/** Longest wait for a provider's count before ours is given, in ms. Clients send these in bursts. */
const COUNT_MS = 5000

/**
 * Answers a call that counts tokens: the provider's own count when the request would go to an Anthropic provider, else an
 * estimate, marked by the header `x-sage-estimate`. Never moves the session's affinity, never counts as an attempt.
 */
export async function countTokens(gateway: Gateway, incoming: Incoming, reply: ClientReply): Promise<void> {
  let request: RequestBody
  try {
    request = readRequest(incoming)
  } catch (error) {
    if (!isClientMistake(error)) throw error
    const body = incoming.dialect.encodeError({ status: 400, code: 'bad_request', message: error.message })
    return send(reply, 400, Buffer.from(JSON.stringify(body)), {})
  }
  const counted = await askProvider(gateway, request, reply)
  if (counted !== undefined) return send(reply, 200, counted, {})
  const estimate = Math.max(1, request.facts.inputTokens)
  const body = incoming.dialect.encodeCount?.(estimate) ?? { input_tokens: estimate }
  return send(reply, 200, Buffer.from(JSON.stringify(body)), { 'x-sage-estimate': 'true' })
}

async function askProvider(gateway: Gateway, request: RequestBody, reply: ClientReply): Promise<Buffer | undefined> {
  const { profile, catalog, health, clock } = gateway
  const world = { catalog, health: health.snapshot(), now: clock.mono(), seed: 0 }
  const target = decide(profile, request.facts, world).chain[0]
  const model = target === undefined ? undefined : catalog.byTarget.get(`${target.provider}/${target.model}`)
  const provider = target === undefined ? undefined : gateway.providers.get(target.provider)
  if (model === undefined || provider?.kind !== 'anthropic') return undefined
  if (request.dialect.id !== 'anthropic-messages') return undefined
  const key = health.keyOrder(provider.name, clock.mono())[0]?.index ?? 0
  const { call } = prepare(request, provider, model, provider.keys[key], UNKNOWN_PROOFS)
  const exchange = gateway.sendTo(provider)({ ...call, path: `${call.path}/count_tokens` })
  const stopwatch = new Stopwatch(() => exchange.cancel())
  stopwatch.start(COUNT_MS)
  reply.onGone(() => exchange.cancel())
  try {
    const answer = await exchange.answer
    const body = await readAll(answer.body, MAX_ERROR_BYTES)
    return answer.status === 200 && isCount(body) ? body : undefined
  } catch {
    return undefined
  } finally {
    stopwatch.stop()
    exchange.cancel()
  }
}

/** Anthropic answers `{"input_tokens": n}`. */
function isCount(body: Buffer): boolean {
  try {
    const answer: unknown = JSON.parse(body.toString('utf8'))
    return isRecord(answer) && typeof answer['input_tokens'] === 'number'
  } catch {
    return false
  }
}

function send(reply: ClientReply, status: number, body: Buffer, headers: Record<string, string>): void {
  reply.head(status, { 'content-type': 'application/json', 'content-length': String(body.length), ...headers })
  reply.end(body)
}
