import { refusesChatTools } from '../catalog/known-models.ts'
import type { Model } from '../catalog/types.ts'
import type { Endpoint, Provider } from './types.ts'

/**
 * Which of a provider's endpoints takes a request: the one of the client's own dialect, so that bytes can pass through,
 * else the first. OpenAI's newer models refuse function tools in Chat Completions: those requests go to Responses.
 */
export function pickEndpoint(provider: Provider, model: Model, clientDialect: string, hasTools: boolean): Endpoint {
  const [first] = provider.spec.endpoints
  const own = provider.spec.endpoints.find(({ dialect }) => dialect === clientDialect)
  if (own === undefined) return first
  return own.dialect === 'openai-chat' && hasTools && provider.kind === 'openai' && refusesChatTools(model.id)
    ? first
    : own
}
