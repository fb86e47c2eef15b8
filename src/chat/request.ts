// The canonical request: what every dialect decodes to and encodes from.

export interface TextPart {
  type: 'text'
  text: string
}

export type MediaSource =
  /** `data` is base64 without a `data:` prefix. */
  { type: 'base64'; mediaType: string; data: string } | { type: 'url'; url: string }

export interface ImagePart {
  type: 'image'
  source: MediaSource
  /** OpenAI's `detail` hint: low, high or auto. */
  detail?: string
}

export interface DocumentPart {
  type: 'document'
  source: MediaSource | { type: 'text'; text: string }
  name?: string
}

/** Reasoning that a model produced earlier. The opaque fields belong to the model that made them. */
export interface ThinkingPart {
  type: 'thinking'
  text: string
  /** Anthropic's signature or Gemini's thoughtSignature, byte for byte. */
  signature?: string
  /** Opaque payload: Anthropic `redacted_thinking.data` or Responses `encrypted_content`. */
  encrypted?: string
}

export interface ToolCallPart {
  type: 'tool_call'
  id: string
  name: string
  /** JSON text exactly as the model wrote it; `{}` when there are no arguments. */
  arguments: string
  /** Opaque proof that belongs to the call: Gemini's thoughtSignature. */
  signature?: string
}

export interface SystemMessage {
  role: 'system'
  content: TextPart[]
}
export interface UserMessage {
  role: 'user'
  content: (TextPart | ImagePart | DocumentPart)[]
  /** All it said is a part that has no form here: where it stands and its type. */
  unsaid?: string
}
export interface AssistantMessage {
  role: 'assistant'
  content: (TextPart | ThinkingPart | ToolCallPart)[]
}
/** One tool result. Parallel results are consecutive messages in the order of the calls. */
export interface ToolMessage {
  role: 'tool'
  callId: string
  /** Name of the tool when the dialect carries it (Ollama and Gemini need it). */
  name?: string
  content: (TextPart | ImagePart | DocumentPart)[]
  isError?: boolean
}
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage

export interface FunctionTool {
  type: 'function'
  name: string
  description?: string
  /** JSON Schema of the arguments. */
  schema?: Record<string, unknown>
  strict?: boolean
}
/** A tool that only one dialect knows (server tools such as web search); other dialects drop it. */
export interface NativeTool {
  type: 'native'
  dialect: string
  /** Name or type, for the note that says it was dropped. */
  name: string
  raw: Record<string, unknown>
}
export type Tool = FunctionTool | NativeTool

export type ToolChoice = { type: 'auto' } | { type: 'none' } | { type: 'required' } | { type: 'tool'; name: string }

export type Effort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max'

export interface ThinkingRequest {
  /** `auto`: the model decides how much (Anthropic adaptive). */
  mode: 'off' | 'on' | 'auto'
  effort?: Effort
  /** Upper bound of reasoning, in tokens. */
  budgetTokens?: number
}

export type OutputFormat =
  | { type: 'json' }
  | { type: 'json_schema'; name?: string; schema: Record<string, unknown>; strict?: boolean }

export interface ChatRequest {
  /** Model name as the client wrote it; encoders are told the target's model separately. */
  model: string
  /** System turns stay where the client put them; most lead the list. */
  messages: Message[]
  tools: Tool[]
  toolChoice?: ToolChoice
  /** false: at most one tool call per answer. */
  parallelTools?: boolean
  stream: boolean
  /** A stream is to report its token counts (OpenAI Chat only asks; the other dialects always do). */
  includeUsage?: boolean
  /** Output limit in tokens. */
  maxTokens?: number
  temperature?: number
  topP?: number
  topK?: number
  stop?: string[]
  seed?: number
  presencePenalty?: number
  frequencyPenalty?: number
  output?: OutputFormat
  thinking?: ThinkingRequest
  /** Stable end-user or session id given by the client. */
  user?: string
  /** The last message is an assistant's that the model is to go on with. */
  isBegun?: boolean
}
