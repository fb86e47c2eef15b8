import type { ErrorKind, UpstreamError } from '../chat/error.ts'

/** What a failed attempt means for the key, the target, the next attempt and, if it was the last, the client. */
export interface Verdict {
  /** Who may be tried next. `larger`: only a model with a larger context window. */
  next: 'any' | 'larger' | 'none'
  /** Counts against the target's health. */
  health: boolean
  /** Rest for the key that was used. */
  key?: 'rate_limit' | 'quota' | 'auth'
  /** The model is gone: leave the target alone. */
  gone: boolean
  /** The provider's answer goes to the client as it is: the request is at fault, not the provider. */
  clientFault: boolean
  /** Status for the client when nothing else could answer. */
  status: number
  /** Stable code for the client. */
  code: string
}

const PROVIDER_FAULT = { next: 'any', health: true, gone: false, clientFault: false } as const
const KEY_FAULT = { next: 'any', health: false, gone: false, clientFault: false } as const
const CLIENT_FAULT = { health: false, gone: false, clientFault: true } as const

/** One row an error kind: the whole failover policy. A client never sees 401 for a provider's key: its own token was fine. */
const VERDICTS: Readonly<Record<ErrorKind, Verdict>> = {
  rate_limit: { ...KEY_FAULT, key: 'rate_limit', status: 429, code: 'rate_limited' },
  quota: { ...KEY_FAULT, key: 'quota', status: 402, code: 'quota_exhausted' },
  auth: { ...KEY_FAULT, key: 'auth', status: 502, code: 'upstream_auth' },
  not_found: { next: 'any', health: false, gone: true, clientFault: false, status: 404, code: 'model_not_found' },
  context_length: { ...CLIENT_FAULT, next: 'larger', status: 400, code: 'context_length_exceeded' },
  unsupported: { ...CLIENT_FAULT, next: 'any', status: 400, code: 'unsupported' },
  bad_request: { ...CLIENT_FAULT, next: 'none', status: 400, code: 'bad_request' },
  refusal: { ...CLIENT_FAULT, next: 'none', status: 400, code: 'content_policy' },
  overloaded: { ...PROVIDER_FAULT, status: 503, code: 'overloaded' },
  server: { ...PROVIDER_FAULT, status: 502, code: 'upstream_failed' },
  timeout: { ...PROVIDER_FAULT, status: 504, code: 'upstream_timeout' },
  network: { ...PROVIDER_FAULT, status: 502, code: 'upstream_unreachable' },
  bad_answer: { ...PROVIDER_FAULT, status: 502, code: 'bad_answer' },
}

export function classify(error: UpstreamError): Verdict {
  return VERDICTS[error.kind]
}
