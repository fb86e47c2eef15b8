import { targetOf } from '../catalog/types.ts'
import type { Model } from '../catalog/types.ts'
import type { UpstreamError } from '../chat/error.ts'
import { PROVIDER_DIALECTS } from '../dialects/index.ts'
import { behaviourFor } from '../explain/simulate.ts'
import type { Assumption } from '../explain/simulate.ts'
import { DEADLINE } from '../gateway/deadline.ts'
import { patienceMs } from '../gateway/patience.ts'
import type { AttemptResult } from '../gateway/types.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import { pickEndpoint } from '../providers/endpoint.ts'
import type { Provider } from '../providers/types.ts'

/** How long an error answer takes, in ms: nobody measures those, and it matters little beside the timeouts. */
const ERROR_MS = 100
/** How long a first content takes where it was never measured, in ms: what the score takes for usual. */
const CONTENT_MS = 1000

export interface SimulatedCall {
  ms: number
  result: AttemptResult
}

/**
 * What a call comes to under the assumptions and within the time that the request has left, as an attempt would tell it.
 * An error status is read by the provider's own dialect.
 */
export function simulateCall(
  provider: Provider,
  model: Model,
  { facts, world }: DecisionInputs,
  assumed: readonly Assumption[],
  leftMs: number,
): SimulatedCall {
  const patience = patienceMs(provider, model, facts)
  const call = behave(provider, model, { facts, world }, assumed, patience)
  if (call.ms < leftMs) return call
  return fail(leftMs, { kind: 'timeout', status: 0, message: 'the time of the request is over', code: DEADLINE })
}

function behave(
  provider: Provider,
  model: Model,
  { facts, world }: Pick<DecisionInputs, 'facts' | 'world'>,
  assumed: readonly Assumption[],
  patience: number,
): SimulatedCall {
  const latencyMs = Math.round(world.health.targets[targetOf(model)]?.latencyMs ?? CONTENT_MS)
  const behaviour = behaviourFor({ provider: provider.name, model: model.id }, assumed)
  switch (behaviour) {
    case 'ok':
      return { ms: latencyMs, result: { type: 'done', usage: undefined, latencyMs } }
    case 'down':
      return fail(0, { kind: 'network', status: 0, message: 'connection refused' }, { neverSent: true })
    case 'reset':
      return fail(
        ERROR_MS,
        { kind: 'network', status: 0, message: 'connection reset', code: 'ECONNRESET' },
        { isSilent: true },
      )
    case 'slow':
      return fail(
        patience,
        { kind: 'timeout', status: 0, message: `nothing within ${patience} ms` },
        { isSilent: true },
      )
    case 'empty':
      return fail(latencyMs, { kind: 'bad_answer', status: 200, message: 'the answer was empty' })
    case 'error':
      return fail(ERROR_MS, { kind: 'server', status: 200, message: 'an error before the first content' })
    case 'filtered':
      return fail(ERROR_MS, { kind: 'refusal', status: 400, message: 'blocked by a content policy' })
    case 'context':
      return fail(ERROR_MS, { kind: 'context_length', status: 400, message: 'the context is too small' })
    case 'cut': {
      const error: UpstreamError = { kind: 'network', status: 200, message: 'connection reset' }
      // An answer in one piece has no middle: nothing of it has reached the client yet.
      return facts.stream ? { ms: latencyMs, result: { type: 'cut', error, usage: undefined } } : fail(latencyMs, error)
    }
    default: {
      const { dialect } = pickEndpoint(provider, model, facts.dialect, facts.tools > 0)
      return fail(ERROR_MS, PROVIDER_DIALECTS[dialect].decodeError(Number(behaviour), ''))
    }
  }
}

function fail(
  ms: number,
  error: UpstreamError,
  { neverSent = false, isSilent = false }: { neverSent?: boolean; isSilent?: boolean } = {},
): SimulatedCall {
  return { ms, result: { type: 'failed', error, neverSent, isSilent } }
}
