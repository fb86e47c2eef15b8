// What a client of any dialect can do in the grid of clients and providers.
import type { Json } from './grid-json.ts'

export interface GridAsk {
  text: string
  system?: string
  /** Names of offered tools. */
  tools?: readonly string[]
  think?: boolean
  /** JSON Schema of the answer. */
  schema?: Json
  /** Default 4000. */
  maxTokens?: number
}

export interface GridCall {
  /** '' in dialects where a call needs none. */
  id: string
  name: string
  arguments: unknown
}

export interface GridResult {
  text: string
  /** A PNG in base64. */
  image?: string
}

/** A whole answer as the client sees it. */
export interface GridAnswer {
  text: string
  thinking: string
  calls: GridCall[]
  /** The dialect's own word for the end. */
  stop: string
  /** The dialect's own counts. */
  usage: unknown
  /** What goes back into the conversation. */
  echo: unknown
}

export interface GridClient {
  name: string
  dialect: 'chat' | 'responses' | 'messages' | 'gemini' | 'ollama'
  stream: boolean
  path: string
  headers: Record<string, string>
  /** The results of its tools may hold images. */
  imagesInResults: boolean
  body(ask: GridAsk): Json
  /** The next request of a tool loop: the answer and the results of its calls, in their order. */
  next(body: Json, answer: GridAnswer, results: readonly GridResult[]): Json
  /** Reads a complete answer; throws when it is not complete or breaks the dialect's rules. */
  read(wire: string): GridAnswer
  /** Message of an error body; throws when it has another shape. */
  readError(wire: string): string
  /** Message of the error that ends a stream after output; throws when the stream looks complete. */
  readCut(wire: string): string
}

/** Policy that every client asks for. */
export const MODEL = 'auto'
/** Schema of the arguments of every tool. */
export const PARAMETERS: Json = { type: 'object', properties: { path: { type: 'string' } } }
