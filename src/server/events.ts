import type { RequestEvent } from '../gateway/types.ts'

/** What the server tells whoever logs. */
export type ServerEvent =
  | RequestEvent
  /** A request that never reached the gateway: wrong path, method, host, token or body. */
  | { type: 'rejected'; method: string; path: string; status: number; code: string; message: string }
  /** A bug in the server: the request got a 500. */
  | { type: 'bug'; method: string; path: string; error: Error }
  /** A provider offers other models than before; requests from now on are decided with them. */
  | { type: 'models'; provider: string; models: number; added: string[]; removed: string[]; changed: string[] }
  /** A provider no longer tells its models; what is known of it stays. Told once until it does. */
  | { type: 'models_unknown'; provider: string; message: string }
  /** The profile and what belongs to it were loaded anew; requests from now on are served with them. */
  | { type: 'reloaded'; profile: string; policies: number; models: number }
  /** They cannot be: what was served before is served on. Told once for each problem. */
  | { type: 'reload_failed'; file: string; code: string; message: string }
  /** Settings that were changed and are taken at the next start only. */
  | { type: 'restart_needed'; settings: readonly string[] }
