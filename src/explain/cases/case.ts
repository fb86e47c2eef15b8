import type { DialectId } from '../../dialects/types.ts'
import type { Expectation } from './expectation.ts'

/** Where a case stands; lines count from 1. */
export interface Place {
  file: string
  line: number
}

/** A request to explain, with what is expected of its decision. */
export interface Case {
  /** Its `id` or `name`; '' when it has none. */
  id: string
  place: Place
  request: CaseRequest
  dialect?: DialectId
  /** Model name to ask for, instead of the one in the body. */
  model?: string
  /** Request headers that rules may look at; lower-case names. */
  headers?: Record<string, string>
  /** Clock of the decision, in ms. */
  now?: number
  /** Unix time for rules with times of day: an ISO 8601 date, or ms. */
  wall?: string | number
  seed?: number
  /** The session's last target, as `--affinity` has it. */
  affinity?: string
  /** A health snapshot, as `--health` has it; not yet checked. */
  health?: Record<string, unknown>
  expect?: Expectation
}

export type CaseRequest =
  | { kind: 'prompt'; prompt: string; tools?: unknown[] }
  /** `text` is the JSON of a request body; `path` where a client sent it, when that is known. */
  | { kind: 'body'; text: string; path?: string }
  /** A body or a prompt in a file, relative to the file with the case. */
  | { kind: 'file'; path: string }
