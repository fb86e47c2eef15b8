/** What went wrong upstream, by meaning; codecs map vendor codes and texts to these. */
export type ErrorKind =
  | 'rate_limit' // too many requests or tokens for now
  | 'quota' // money or plan limit: waiting seconds does not help
  | 'auth' // key missing, wrong or not permitted
  | 'not_found' // model unknown or retired
  | 'context_length' // request larger than the model's window
  | 'unsupported' // a feature (tools, images, schema) the model lacks
  | 'bad_request' // the client's mistake; no other model would do better
  | 'overloaded' // provider busy (503, 529)
  | 'server' // provider broke (other 5xx)
  | 'timeout' // no answer in time
  | 'network' // refused, reset, DNS or TLS
  | 'bad_answer' // 200 that is empty, malformed or cut short
  | 'refusal' // blocked by a content policy

export interface UpstreamError {
  kind: ErrorKind
  /** HTTP status of the provider's answer, or 0 when there was none. */
  status: number
  message: string
  /** Provider's own error code, when it gave one. */
  code?: string
  /** How long the provider asked to be left alone, in ms. */
  retryAfterMs?: number
}
