import { createHash } from 'node:crypto'
import type { ChatRequest, ToolCallPart } from '../chat/request.ts'
import { isRecord } from '../lib/is-record.ts'

/** Signatures remembered, each under two keys; the oldest go first. */
const MAX_ENTRIES = 4_000
/** Longest signature remembered, in characters: they hold a summary of the reasoning, a few KB at most. */
const MAX_SIGNATURE = 32_768

/**
 * Signatures of tool calls that the client's dialect has no place for: Gemini refuses a call of its own without one. They
 * are found by session, target and call: by its id, or, as some clients drop or rewrite ids, by its tool and arguments.
 */
export class CallSignatures {
  readonly #signatures = new Map<string, string>()

  /** `target` is `provider/model`. */
  remember(session: string, target: string, call: ToolCallPart): void {
    const { signature } = call
    if (signature === undefined || signature.length > MAX_SIGNATURE) return
    for (const key of keysOf(session, target, call)) {
      this.#signatures.delete(key)
      this.#signatures.set(key, signature)
    }
    while (this.#signatures.size > MAX_ENTRIES) {
      const oldest = this.#signatures.keys().next().value
      if (oldest === undefined) return
      this.#signatures.delete(oldest)
    }
  }

  find(session: string, target: string, call: ToolCallPart): string | undefined {
    // Most routers never meet a provider that signs calls, and keys are dear: a conversation has hundreds of calls.
    if (this.#signatures.size === 0) return undefined
    for (const key of keysOf(session, target, call)) {
      const signature = this.#signatures.get(key)
      if (signature !== undefined) return signature
    }
    return undefined
  }
}

/** The keys of a call, the cheaper one first. */
function* keysOf(session: string, target: string, { id, name, arguments: args }: ToolCallPart): Iterable<string> {
  const bareId = id.replaceAll(/[^a-zA-Z0-9]/g, '')
  if (bareId !== '') yield digest([session, target, 'id', bareId])
  yield digest([session, target, 'call', name, canonical(args)])
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

/** JSON text that is the same for the same value, whatever the order of its members. */
function canonical(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json === '' ? '{}' : json), (_, value: unknown) =>
      isRecord(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
    )
  } catch {
    return json
  }
}

/** The request with the signatures that its calls have lost on their way through the client. */
export function restoreSignatures(request: ChatRequest, find: (call: ToolCallPart) => string | undefined): ChatRequest {
  let isChanged = false
  const messages = request.messages.map((message) => {
    if (message.role !== 'assistant') return message
    const content = message.content.map((part) => {
      const signature = part.type === 'tool_call' && part.signature === undefined ? find(part) : undefined
      if (signature === undefined) return part
      isChanged = true
      return { ...part, signature }
    })
    return { ...message, content }
  })
  return isChanged ? { ...request, messages } : request
}
