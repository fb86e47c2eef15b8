import type { UpstreamError } from '../chat/error.ts'
import type { StreamEvent } from '../chat/events.ts'
import type { ChatRequest } from '../chat/request.ts'
import type { ChatResponse } from '../chat/response.ts'
import type { JsonEdits } from '../lib/json-edit.ts'
import type { JsonOutline } from '../lib/json-outline.ts'
import type { Quirks } from './quirks.ts'

export type DialectId =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'gemini'
  | 'ollama-chat'
  | 'ollama-generate'

/** Dialects that a provider may speak. */
export type ProviderDialectId = 'openai-chat' | 'openai-responses' | 'anthropic-messages' | 'gemini' | 'ollama-chat'

/** How a dialect frames its stream: server-sent events, or one JSON document a line. */
export type Framing = 'sse' | 'ndjson'

/** What the path of a request says where the body does not (Gemini). */
export interface RouteHints {
  model?: string
  stream?: boolean
}

/** One unit of a framed stream: an SSE event, or an NDJSON line (then `event` is empty). */
export interface Frame {
  event: string
  data: string
}

/** Turns the frames of one upstream stream into canonical events. One instance per stream. */
export interface StreamDecoder {
  push(frame: Frame): StreamEvent[]
  /** The dialect's terminator has come: nothing that follows belongs to the answer. Absent where there is none. */
  readonly ended?: boolean
  /**
   * Wire text of what the stream still lacks behind its finish, for a client of the same dialect; '' when it has ended.
   * Absent where nothing has to follow the finish.
   */
  missingEnd?(): string
}

/** What an encoder writes around the events: ids and the model that answered. */
export interface AnswerMeta {
  /** Decision id; encoders derive the answer's id from it. */
  id: string
  /** `provider/model` that answered. */
  model: string
  /** Unix time in seconds. */
  created: number
  /** The canonical request, for what the answer depends on. */
  request: ChatRequest
}

/** Turns canonical events into the bytes of one client stream. One instance per stream. */
export interface StreamEncoder {
  /** Wire text for the event; '' when it needs none. A `finish` is held until `end`. */
  push(event: StreamEvent): string
  /** Wire text that closes a complete answer: finish, usage, terminator. */
  end(): string
  /** Wire text of an error in the middle of the answer; nothing may follow it. */
  fail(error: ClientError): string
}

/** What went through of a stream that the gateway did not encode: the data of its first and of its last frame. */
export interface PassedStream {
  first: string
  last: string
}

/** What routing needs to know of a request, read from the body without parsing all of it. */
export interface RequestFacts {
  /** Model name as the client wrote it; '' when it named none. */
  model: string
  stream: boolean
  /** Text of the last human turn, injected blocks removed. */
  turn: string
  /** Text of the human turn before that one; '' when there is none. */
  previousTurn: string
  /** Text of the first human turn; with `system` it names the session. */
  firstTurn: string
  /** Opening of the system prompt, at most 2,000 characters. */
  system: string
  /** The newest message is a tool result: the agent loop goes on. */
  inToolLoop: boolean
  /** Offered function tools. */
  tools: number
  /** A tool call is demanded (`required`, `any` or a named tool). */
  toolForced: boolean
  /** Names of the offered tools' fingerprint: length of the raw `tools` bytes. */
  toolsBytes: number
  /** Any image anywhere in the conversation. */
  vision: boolean
  /** An image in the last human turn. */
  liveVision: boolean
  /** Any document (PDF or file) anywhere. */
  documents: boolean
  json: 'none' | 'object' | 'schema'
  /** The client asked for reasoning, forbade it, or said nothing. */
  thinking: 'on' | 'off' | 'unset'
  /** Estimated input tokens: text bytes / 4, media left out. */
  inputTokens: number
  /** Output limit in tokens that the client set; 0 when unset. */
  maxOutputTokens: number
  /** Session id carried in the body (prompt_cache_key, metadata.user_id); '' when none. */
  session: string
}

/** Reads what routing needs of a dialect's requests. */
export interface FactReader {
  id: DialectId
  /** Reads the routing facts. Throws `BadRequest` when the body cannot be a request of this dialect. */
  readFacts(outline: JsonOutline, hints?: RouteHints): RequestFacts
}

/** The client's side of a dialect: requests come in, answers go out. */
export interface ClientDialect extends FactReader {
  framing: Framing
  /** Content type of its streams, where the framing does not say it. */
  streamType?: string
  /** Its streams look otherwise than those of a provider of the same dialect: bytes never pass through. */
  isReframed?: boolean
  /** Answer to a request that needs no model, such as loading one; undefined for all others. `created` is Unix time in s. */
  readyAnswer?(outline: JsonOutline, created: number): Record<string, unknown> | undefined
  /** Body of an answer that counts input tokens, in dialects that have such a call. */
  encodeCount?(inputTokens: number): Record<string, unknown>
  /** Decodes a parsed body. Unknown input is dropped, never refused; throws `BadRequest` for wrong shapes. */
  decodeRequest(body: Record<string, unknown>, hints?: RouteHints): ChatRequest
  encodeResponse(response: ChatResponse, meta: AnswerMeta): Record<string, unknown>
  createStreamEncoder(meta: AnswerMeta): StreamEncoder
  /** Body of an error answer in this dialect. */
  encodeError(error: ClientError): Record<string, unknown>
  /** Such an error goes on with what passed before: it has to be told of it. */
  goesOn?: boolean
  /** Wire text of an error behind a provider's own bytes (`StreamEncoder.fail` is for others); nothing may follow it. */
  encodeStreamError(error: ClientError, passed?: PassedStream): string
}

/** An error as the client gets it. `status` is what HTTP says; `type` is picked by the dialect from it. */
export interface ClientError {
  status: number
  message: string
  /** Stable machine-readable code, e.g. `no_candidate`, `model_not_found`, `upstream_failed`. */
  code: string
}

export interface EncodedRequest {
  body: Record<string, unknown>
  /** What the target's dialect could not carry, e.g. `tool:web_search`, `top_k`. */
  dropped: string[]
  /** The client's names of tools by those in the body, where the dialect refuses a name. Calls come back under the latter. */
  renamed?: ReadonlyMap<string, string>
}

/** Changes to a body that is passed on in its own dialect. */
export type BodyAdaption = JsonEdits

/** The provider's side of a dialect: requests go out, answers come in. */
export interface ProviderDialect {
  id: DialectId
  framing: Framing
  /** The model's name stands in the path, not in the body (Gemini). */
  modelInPath?: boolean
  /** Takes proofs that are not to be kept out of a parsed body of its own dialect. True when it changed something. */
  stripProofs?(body: Record<string, unknown>, isKept: (proof: string) => boolean): boolean
  /** What the target would refuse, or misread, in a body of its own dialect. Absent: nothing ever. */
  adaptBody?(outline: JsonOutline, target: EncodeTarget): BodyAdaption
  encodeRequest(request: ChatRequest, target: EncodeTarget): EncodedRequest
  /** Decodes a whole answer. Throws `MalformedAnswer` when it is not one. */
  decodeResponse(body: unknown): ChatResponse
  createStreamDecoder(): StreamDecoder
  /** Maps a non-2xx answer (or an error body inside a 200). `body` is text as received, maybe not JSON. */
  decodeError(status: number, body: string): UpstreamError
}

/** What a request encoder must know of the model it writes for. */
export interface EncodeTarget {
  model: string
  quirks: Quirks
  /** Context window in tokens, when known. */
  context?: number
  /** Output limit in tokens, when known. */
  output?: number
  /** Estimated input tokens of this request (for Ollama's `num_ctx`). */
  inputTokens: number
  thinking?: boolean
}

/** The body is not a request of this dialect: the client's mistake, status 400. */
export class BadRequest extends Error {
  override name = 'BadRequest'
  /** Dotted path of the offending field, when known. */
  readonly param: string | undefined
  constructor(message: string, param?: string) {
    super(message)
    this.param = param
  }
}

/** What the request says can be said in its own dialect only: status 400, unless a provider of that dialect can be asked. */
export class Untranslatable extends BadRequest {
  override name = 'Untranslatable'
}

/** A 2xx answer that cannot be an answer: HTML, wrong shape, nothing in it, or an error in its place. */
export class MalformedAnswer extends Error {
  override name = 'MalformedAnswer'
  /** The error that the provider put in the answer's place, by its own code. */
  readonly error: UpstreamError | undefined
  constructor(message: string, error?: UpstreamError) {
    super(message)
    this.error = error
  }
}
