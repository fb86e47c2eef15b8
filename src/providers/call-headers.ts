import type { Secret } from '../secrets/secret.ts'
import type { KindSpec, Provider } from './types.ts'

/** Headers of every call to a provider. Nothing of the client's goes along but what `fromClient` names. */
export function callHeaders(
  provider: Provider,
  key: Secret | undefined,
  accept: string,
  fromClient: Record<string, string> = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept,
    'accept-encoding': 'identity',
    'user-agent': 'sage-router',
    ...provider.spec.headers,
    ...provider.headers,
    ...fromClient,
    ...authHeader(provider.spec.auth, key),
  }
}

function authHeader(auth: KindSpec['auth'], key: Secret | undefined): Record<string, string> {
  if (key === undefined || auth === 'none') return {}
  return auth === 'bearer' ? { authorization: `Bearer ${key.reveal()}` } : { [auth]: key.reveal() }
}
