// What the real Gemini API would answer: whole answers, streams and errors.

export interface GeminiCall {
  id?: string
  name: string
  args?: Record<string, unknown>
  /** Signature of the call's part; by default the first call of an answer has one. */
  signature?: string | null
}

export interface GeminiReply {
  model: string
  thinking?: string
  text?: string
  calls?: readonly GeminiCall[]
  /** Signature of an answer without calls: a part of its own at the end. */
  signature?: string
  /** Default: STOP, with calls too. */
  finish?: string
  usage?: Record<string, unknown>
}

type Part = Record<string, unknown>

const DEFAULT_USAGE = { promptTokenCount: 20, candidatesTokenCount: 10, totalTokenCount: 30 }

/** Body of a whole answer. */
export function generated(reply: GeminiReply): Record<string, unknown> {
  return chunk(reply, partsOf(reply), { finishReason: reply.finish ?? 'STOP' })
}

/** Chunks of a streamed answer as server-sent events, each with its blank line. The last one has the finish. */
export function generatedStream(reply: GeminiReply): string[] {
  const parts = partsOf(reply).flatMap(split)
  const last = parts.length - 1
  return parts.map((part, at) =>
    frame(chunk(reply, [part], at === last ? { finishReason: reply.finish ?? 'STOP' } : {})),
  )
}

/** Answer to a prompt that was blocked: no candidate. */
export function blocked(model: string, blockReason = 'SAFETY'): Record<string, unknown> {
  return { promptFeedback: { blockReason }, usageMetadata: { promptTokenCount: 20 }, modelVersion: model }
}

/** Body of an error answer. */
export function geminiError(
  code: number,
  status: string,
  message: string,
  details: readonly Record<string, unknown>[] = [],
): Record<string, unknown> {
  return { error: { code, message, status, ...(details.length > 0 && { details }) } }
}

/** One server-sent event as the API writes it. */
export function frame(data: unknown): string {
  return `data: ${JSON.stringify(data)}\r\n\r\n`
}

function chunk(reply: GeminiReply, parts: Part[], finish: Part): Record<string, unknown> {
  return {
    candidates: [{ content: { parts, role: 'model' }, ...finish, index: 0 }],
    usageMetadata: reply.usage ?? DEFAULT_USAGE,
    modelVersion: reply.model,
    responseId: 'r-1_a',
  }
}

function partsOf({ thinking, text, calls = [], signature }: GeminiReply): Part[] {
  return [
    ...(thinking === undefined ? [] : [{ text: thinking, thought: true }]),
    ...(text === undefined ? [] : [{ text }]),
    ...calls.map((call, at) => callPart(call, at === 0)),
    ...(signature === undefined ? [] : [{ text: '', thoughtSignature: signature }]),
  ]
}

function callPart({ id, name, args, signature }: GeminiCall, isFirst: boolean): Part {
  const proof = signature === undefined && isFirst ? 'c2lnbmF0dXJl' : signature
  return {
    functionCall: { ...(id !== undefined && { id }), name, ...(args !== undefined && { args }) },
    ...(typeof proof === 'string' && { thoughtSignature: proof }),
  }
}

function split(part: Part): Part[] {
  const text = part['text']
  if (typeof text !== 'string' || text.length < 2) return [part]
  const middle = Math.ceil(text.length / 2)
  return [
    { ...part, text: text.slice(0, middle) },
    { ...part, text: text.slice(middle) },
  ]
}
