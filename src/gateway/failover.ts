import { targetOf } from '../catalog/types.ts'
import type { Model } from '../catalog/types.ts'
import type { UpstreamError } from '../chat/error.ts'
import type { Usage } from '../chat/events.ts'
import { recheck } from '../policy/recheck.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Target } from '../policy/types.ts'
import type { Provider } from '../providers/types.ts'
import { classify } from './classify.ts'
import type { Verdict } from './classify.ts'
import type { AttemptRecord, AttemptResult, Gateway, RawAnswer, Unavailable } from './types.ts'

/** How the chain of candidates was walked. */
export type FailoverResult =
  | { type: 'done'; target: Target; usage: Usage | undefined }
  | { type: 'cut'; error: UpstreamError }
  | { type: 'client_gone' }
  | Unavailable
  /** Nobody answered; nothing has been sent to the client. `last` is the failure that decides its error. */
  | { type: 'exhausted'; last: Failure | undefined }

export interface Failure {
  target: Target
  error: UpstreamError
  verdict: Verdict
  raw?: RawAnswer
}

/** Tries one target with one of its provider's keys. */
export type Try = (provider: Provider, model: Model, keyIndex: number) => Promise<AttemptResult>

/** Room for one probe of an open breaker before another request may send the next, in ms. */
const PROBE_LEASE_MS = 10_000

/**
 * Walks the chain until one target answers: next key after a key fault, next target after a provider fault, only a
 * larger window after a context overflow, nobody after the client's own mistake. Every hard constraint is checked again
 * before every attempt; calls beyond the first at targets that fail, and the retries of clients, come out of one budget.
 * `attempts` grows as it goes.
 */
export async function failover(
  gateway: Gateway,
  inputs: DecisionInputs,
  attempts: AttemptRecord[],
  tryTarget: Try,
): Promise<FailoverResult> {
  const { decision, facts } = inputs
  const limit: { minContextExclusive?: number } = {}
  const isRetry = isRetryOfClient(facts.headers)
  gateway.health.requested(gateway.clock.mono())
  let last: Failure | undefined
  let counted = 0
  for (const [position, target] of decision.chain.entries()) {
    const model = gateway.catalog.byTarget.get(`${target.provider}/${target.model}`) ?? unknownModel(gateway, target)
    const provider = gateway.providers.get(target.provider)
    if (model === undefined || provider === undefined) continue
    if (recheck(inputs, target, limit) !== undefined) continue
    const isExtra = isRetry || attempts.length > 0
    if (isExtra && !gateway.health.mayTryAgain(targetOf(model), gateway.clock.mono())) break
    // Somebody has to find out that it works again, but a client that retries by itself need not be the one.
    const isLastChance = !isRetry && attempts.length === 0 && position === decision.chain.length - 1
    if (!gateway.health.acquire(targetOf(model), PROBE_LEASE_MS, gateway.clock.mono()) && !isLastChance) continue

    for (const [rank, key] of gateway.health.keyOrder(provider.name, gateway.clock.mono()).entries()) {
      if (counted >= decision.maxAttempts) return { type: 'exhausted', last }
      // A provider whose keys all rest is in the chain only because nothing else is left: one key is asked anyway.
      if (key.resting && rank > 0) break
      // Keys were added to the profile since this request began: it goes by those that it knows.
      if (key.index > 0 && key.index >= provider.keys.length) continue
      const started = gateway.clock.mono()
      const result = await tryTarget(provider, model, key.index)
      attempts.push(record(gateway, provider, model, key.index, result, gateway.clock.mono() - started))
      if (result.type === 'client_gone' || result.type === 'unavailable') return result
      if (result.type === 'cut' && result.isOwnFault === true) return result
      if (result.type === 'done') {
        if (gateway.isReplaced?.(provider) !== true) {
          gateway.health.keyWorked(provider.name, key.index)
          gateway.health.success(targetOf(model), result.latencyMs, gateway.clock.mono())
        }
        return { type: 'done', target, usage: result.usage }
      }
      const verdict = classify(result.error)
      learn(gateway, provider, model, key.index, result.error, verdict)
      if (result.type === 'cut') return { type: 'cut', error: result.error }
      if (!result.neverSent) counted++
      last = worse(last, { target, error: result.error, verdict, ...(result.raw !== undefined && { raw: result.raw }) })
      if (verdict.next === 'none') return { type: 'exhausted', last }
      if (verdict.next === 'larger') {
        limit.minContextExclusive = Math.max(limit.minContextExclusive ?? 0, model.context ?? facts.inputTokens)
      }
      if (verdict.key === undefined) break
    }
  }
  return { type: 'exhausted', last }
}

/** The official SDKs say which retry of a request this is. */
function isRetryOfClient(headers: Readonly<Record<string, string>>): boolean {
  return Number(headers['x-stainless-retry-count'] ?? 0) > 0
}

/** A pin may name a model that the catalogue does not list, at a provider that lists none. */
function unknownModel(gateway: Gateway, target: Target): Model | undefined {
  const provider = gateway.providers.get(target.provider)
  if (provider === undefined) return undefined
  return { provider: target.provider, id: target.model, capabilities: {}, local: provider.local, sources: ['assumed'] }
}

/** A client's mistake tells more than a provider's trouble: it stays the answer even if later candidates fail otherwise. */
function worse(before: Failure | undefined, now: Failure): Failure {
  return before?.verdict.clientFault === true && !now.verdict.clientFault ? before : now
}

function learn(
  gateway: Gateway,
  provider: Provider,
  model: Model,
  key: number,
  error: UpstreamError,
  verdict: Verdict,
): void {
  if (gateway.isReplaced?.(provider) === true) return
  const now = gateway.clock.mono()
  if (verdict.key !== undefined) {
    // Without a key the complaint is about the model: a local Ollama refuses one cloud model and serves the others.
    const isAboutModel = provider.keys.length === 0 && verdict.key !== 'rate_limit'
    if (isAboutModel) gateway.health.block(targetOf(model), error.retryAfterMs ?? KEYLESS_REST_MS, now)
    else gateway.health.rest(provider.name, key, verdict.key, error.retryAfterMs, now)
  }
  if (verdict.health) gateway.health.failure(targetOf(model), gateway.random(), now)
  if (verdict.gone) gateway.health.block(targetOf(model), GONE_REST_MS, now)
}

/** Rest of a model whose provider takes no key and complained as if about one, in ms. */
const KEYLESS_REST_MS = 30_000
/** A model that is gone is asked for again after this time, in ms. */
const GONE_REST_MS = 600_000

function record(
  gateway: Gateway,
  provider: Provider,
  model: Model,
  keyIndex: number,
  result: AttemptResult,
  ms: number,
): AttemptRecord {
  const key = provider.keys[keyIndex]
  const base = { provider: provider.name, model: model.id, ...(key !== undefined && { key: key.reference }), ms }
  switch (result.type) {
    case 'done':
      return { ...base, outcome: 'ok', status: 200 }
    case 'client_gone':
      return { ...base, outcome: 'client_gone', status: 0 }
    case 'unavailable':
      return { ...base, outcome: 'unavailable', status: 0, message: result.message }
    default:
      return {
        ...base,
        outcome: result.type === 'cut' ? 'cut' : result.error.kind,
        status: result.error.status,
        message: gateway.redact(result.error.message),
      }
  }
}
