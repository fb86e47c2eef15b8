import type { RequestEvent } from '../gateway/types.ts'

/** What the server tells whoever logs. */
export type ServerEvent =
  | RequestEvent
  /** A request that never reached the gateway: wrong path, method, host, token or body. */
  | { type: 'rejected'; method: string; path: string; status: number; code: string; message: string }
  /** A bug in the server: the request got a 500. */
  | { type: 'bug'; method: string; path: string; error: Error }
