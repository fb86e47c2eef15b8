import type { UpstreamError } from '../chat/error.ts'

/** Whether a provider says that it has enough to do: 429 (not for money), 503, 529, or no connection in time. */
export function isOverload({ kind, code }: UpstreamError): boolean {
  return kind === 'rate_limit' || kind === 'overloaded' || (kind === 'network' && code === 'UND_ERR_CONNECT_TIMEOUT')
}
