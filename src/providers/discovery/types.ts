import type { ReportedModel } from '../../catalog/lock/types.ts'
import type { Provider } from '../types.ts'

/** Asks a provider's server for JSON; `path` starts at the server's root. Rejects with `AskError`. */
export type AskJson = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>

/** A provider with what only the profile knows of it. */
export interface AskedProvider {
  provider: Provider
  preset?: string
  /** Who says whether it is local. */
  localFrom: 'profile' | 'base_url'
}

/** A model as a reader of one provider's list gives it: locality comes later, from what the profile says. */
export type ListedModel = Omit<ReportedModel, 'local'> & {
  /** The server itself hands prompts on: where it said so. */
  remoteFrom?: string
}

/** Why a provider gave no list. */
export type AskFailure = 'unreachable' | 'timeout' | 'auth' | 'status' | 'bad_answer' | 'cancelled'

export class AskError extends Error {
  override name = 'AskError'
  readonly kind: AskFailure
  /** HTTP status; 0 when there was no answer. */
  readonly status: number
  constructor(kind: AskFailure, message: string, status: number = 0) {
    super(message)
    this.kind = kind
    this.status = status
  }
}
