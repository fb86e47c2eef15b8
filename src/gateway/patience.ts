import type { Model } from '../catalog/types.ts'
import type { Facts } from '../policy/types.ts'
import type { Provider } from '../providers/types.ts'

/** A model that reasons in silence needs longer before its first content than the same model without reasoning. */
const THINKING_FACTOR = 5

/** How long to wait for the first content of a stream, or without streaming for the whole answer, in ms. */
export function patienceMs(provider: Provider, model: Model, facts: Pick<Facts, 'thinking' | 'stream'>): number {
  return facts.stream ? firstContentMs(provider, model, facts) : provider.timeouts.response_ms
}

/** How long to wait for the first content of a stream, in ms. */
export function firstContentMs(provider: Provider, model: Model, facts: Pick<Facts, 'thinking'>): number {
  const thinks = facts.thinking === 'on' && model.capabilities.thinking !== false
  return provider.timeouts.first_content_ms * (thinks ? THINKING_FACTOR : 1)
}
