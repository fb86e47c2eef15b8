import type { ToolCallPart } from '../chat/request.ts'
import type { AnswerMeta, ClientDialect, ProviderDialect } from '../dialects/types.ts'
import type { Provider } from '../providers/types.ts'
import type { Send } from '../providers/transport/types.ts'
import type { Prepared } from './prepare.ts'
import type { Part } from './splice.ts'
import type { ClientReply, Clock } from './types.ts'

/** Everything one try at one target needs. */
export interface Attempt {
  prepared: Prepared
  provider: Provider
  stream: boolean
  /** When it began, on the gateway's clock, in ms. */
  started: number
  /** How long to wait for the first content of a stream, or for a whole answer, in ms. */
  patienceMs: number
  /** That is all that is left of the request's own time: the provider is not to blame. */
  isDeadline: boolean
  client: ClientDialect
  upstream: ProviderDialect
  /** Made only when the answer must be encoded. Throws `BadRequest`. */
  meta(): AnswerMeta
  reply: ClientReply
  /** Its part of an answer that others may go on with; absent when nobody may. */
  part?: Part
  /** Headers of the answer, made when it starts. */
  headers(): Record<string, string>
  /** Called at the first output, before it is written. */
  onCommit(): void
  /** Called with every opaque proof in the answer. */
  onProof(proof: string): void
  /** Called with every tool call that has a proof, once it is whole. */
  onSignedCall(call: ToolCallPart): void
  send: Send
  /** Takes key values out of a text. */
  redact(text: string): string
  clock: Clock
  /** Hears of a way to end the exchange at once; the caller uses it when the client leaves. */
  onExchange(cancel: () => void): void
  isGone(): boolean
  /** The router stops and waits no longer. */
  isOver(): boolean
}
