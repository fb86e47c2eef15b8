import type { Catalog } from '../catalog/types.ts'
import type { Usage } from '../chat/events.ts'
import type { ErrorKind, UpstreamError } from '../chat/error.ts'
import type { ClientDialect, RouteHints } from '../dialects/types.ts'
import type { HealthTracker } from '../health/tracker.ts'
import type { Profile } from '../profile/types.ts'
import type { Provider } from '../providers/types.ts'
import type { Send } from '../providers/transport/types.ts'
import type { DecisionInputs } from '../policy/recheck.ts'
import type { Decision } from '../policy/types.ts'
import type { Provenance } from './provenance.ts'
import type { Sessions } from './sessions.ts'
import type { Shutdown } from './shutdown.ts'

/** Time, from outside. */
export interface Clock {
  /** Never goes back, in ms: for durations, rests and rates. */
  mono(): number
  /** Unix time in ms: for dates only. */
  wall(): number
  /** Calls back after that time, in ms, and returns what stops it. Absent: the machine's own timer. */
  timer?(ms: number, callback: () => void): () => void
}

/** Everything a request needs besides itself. It keeps the one that it began with, whatever is swapped in the meantime. */
export interface Gateway {
  profile: Profile
  providers: ReadonlyMap<string, Provider>
  catalog: Catalog
  health: HealthTracker
  sessions: Sessions
  provenance: Provenance
  sendTo(provider: Provider): Send
  /** Whether other settings have taken its place: how a call went says nothing of it any more. Absent: that never happens. */
  isReplaced?(provider: Provider): boolean
  clock: Clock
  /** In [0, 1). */
  random(): number
  /** Takes key values out of a text. */
  redact(text: string): string
  log(event: RequestEvent): void
  /** Takes every decision with all it was made from, once its request has ended. Absent: nobody records them. */
  record?: RecordDecision
  /** Absent: the router is never stopped. */
  shutdown?: Shutdown
}

export type RecordDecision = (event: RequestEvent, inputs: DecisionInputs) => void

/** A request as the server hands it over. */
export interface Incoming {
  dialect: ClientDialect
  body: Buffer
  /** Lower-case names. */
  headers: Readonly<Record<string, string>>
  /** What the path said of the request. */
  hints?: RouteHints
  /** Called once nobody needs the body any longer, if that is before the answer's end. */
  release?(): void
}

/** The client's end of one exchange. */
export interface ClientReply {
  /** Calls back once if the client leaves before the answer is complete. */
  onGone(callback: () => void): void
  head(status: number, headers: Record<string, string>): void
  /** Resolves when more may be written; undefined when that is now. */
  write(chunk: Buffer | string): Promise<void> | undefined
  end(chunk?: Buffer | string): void
  /** Sends the last chunk and tears the connection: the client must not take what it got for a whole answer. */
  tear(chunk: string): void
}

/** One upstream call, as the log and the trace tell it. */
export interface AttemptRecord {
  provider: string
  model: string
  /** Reference of the key used, e.g. `env:OPENAI_API_KEY`; absent when none. */
  key?: string
  /** `unavailable`: the router could not go on itself. */
  outcome: 'ok' | 'cut' | 'client_gone' | 'unavailable' | ErrorKind
  /** Provider's HTTP status; 0 when there was none. */
  status: number
  /** Provider's message, keys taken out. */
  message?: string
  /** It was to go on with the text of an attempt before it that broke off. */
  rescue?: true
  /** Before this second call to the same target, in ms; absent when there was no wait. */
  waitedMs?: number
  ms: number
}

export interface RequestEvent {
  type: 'request'
  id: string
  dialect: string
  /** Model name the client asked for. */
  asked: string
  stream: boolean
  decision?: Decision
  /** `provider/model` that answered. */
  target?: string
  attempts: AttemptRecord[]
  /** Status sent to the client; 0 when it left first. */
  status: number
  /** `complete`, `refused` (an error answer), `cut` (an error after the first output) or `client_gone`. */
  ending: 'complete' | 'refused' | 'cut' | 'client_gone'
  error?: string
  /** To the first byte of content, in ms. */
  firstContentMs?: number
  ms: number
  usage?: Usage
  /** What the target's dialect could not carry. */
  dropped: string[]
}

/** How an attempt went. */
export type AttemptResult =
  /** `latencyMs`: from sending to the first content, for streams. */
  | { type: 'done'; usage: Usage | undefined; latencyMs?: number }
  /**
   * Nothing reached the client: another candidate may answer. `isSilent`: the provider answered nothing, not even headers.
   * `raw` is its own error answer.
   */
  | { type: 'failed'; error: UpstreamError; neverSent: boolean; isSilent?: boolean; raw?: RawAnswer }
  /**
   * Output had reached the client: it got an error event and a torn connection. `isOpen`: it got neither yet, another target
   * may go on with the text that it has.
   */
  | { type: 'cut'; error: UpstreamError; usage: Usage | undefined; isOwnFault?: true; isOpen?: true }
  /** The router itself cannot go on, and nothing reached the client: nobody else is tried, nobody's health suffers. */
  | Unavailable
  | { type: 'client_gone' }

export interface Unavailable {
  type: 'unavailable'
  /** Stable code for the client, whose status is 503. */
  code: 'shutting_down' | 'overloaded'
  message: string
}

export interface RawAnswer {
  /** Dialect of the provider that gave it. */
  dialect: string
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}
