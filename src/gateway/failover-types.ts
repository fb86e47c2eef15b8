// The vocabulary of a walk along the chain.
import type { Model } from '../catalog/types.ts'
import type { UpstreamError } from '../chat/error.ts'
import type { Usage } from '../chat/events.ts'
import type { Target } from '../policy/types.ts'
import type { Provider } from '../providers/types.ts'
import type { Verdict } from './classify.ts'
import type { PauseEnd } from './pause.ts'
import type { AttemptResult, RawAnswer, Unavailable } from './types.ts'

/** How the chain of candidates was walked. */
export type FailoverResult =
  | { type: 'done'; target: Target; usage: Usage | undefined }
  | Cut
  | { type: 'client_gone' }
  | Unavailable
  /** Nobody answered; nothing has been sent to the client. `last` is the failure that decides its error. */
  | { type: 'exhausted'; last: Failure | undefined }
  /** As `exhausted`, and no time is left to ask anybody else. */
  | { type: 'deadline'; last: Failure | undefined }

/** The answer broke off when the client had a part of it. */
export interface Cut {
  type: 'cut'
  error: UpstreamError
  usage: Usage | undefined
}

export interface Failure {
  target: Target
  error: UpstreamError
  verdict: Verdict
  /** The provider answered nothing, not even headers. */
  isSilent: boolean
  raw?: RawAnswer
}

/** What a walk does with the world. */
export interface Calls {
  /** Tries one target with one of its provider's keys. */
  tryTarget(provider: Provider, model: Model, keyIndex: number): Promise<AttemptResult>
  /** Resolves after that time, in ms, or once woken; at once when nobody waits for the answer any longer. */
  pause(ms: number, start?: (wake: () => void) => void): Promise<PauseEnd>
  /** For answers that broke off and were left open. Absent: none ever is. */
  rescue?: Rescue
}

/** An answer that broke off, and that another target may go on with. */
export interface Rescue {
  /** Tokens that the client has of it. */
  written(): number
  /** Nobody goes on with it: tells the client. */
  giveUp(error: UpstreamError): void
}

/** The walk goes on with the next target, or ends. */
export type Step = FailoverResult | 'next'

/** A place of the chain. */
export interface Stop {
  provider: Provider
  model: Model
  target: Target
  isLast: boolean
}
