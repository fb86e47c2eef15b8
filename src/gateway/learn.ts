import { targetOf } from '../catalog/types.ts'
import type { Model } from '../catalog/types.ts'
import type { UpstreamError } from '../chat/error.ts'
import { isCertificateFault } from '../lib/certificate-fault.ts'
import type { Provider } from '../providers/types.ts'
import type { Verdict } from './classify.ts'
import type { Gateway } from './types.ts'

/** Rest of a model whose provider takes no key and complained as if about one, in ms. */
const KEYLESS_REST_MS = 30_000
/** A model that is gone is asked for again after this time, in ms. */
const GONE_REST_MS = 600_000

/** A certificate that was refused is looked at again after this time, in ms: it takes a person to mend it. */
const CERTIFICATE_REST_MS = 300_000

/** Remembers what a failed attempt says of its key and its target. */
export function learn(
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
  if (error.kind === 'network' && isCertificateFault(error.code ?? ''))
    gateway.health.block(targetOf(model), CERTIFICATE_REST_MS, now)
  if (verdict.gone) gateway.health.block(targetOf(model), GONE_REST_MS, now)
}
