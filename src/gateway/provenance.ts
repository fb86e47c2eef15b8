import { createHash } from 'node:crypto'
import type { ChatRequest, ThinkingPart, ToolCallPart } from '../chat/request.ts'
import { CallSignatures } from './call-signatures.ts'

/** Proofs remembered; the oldest go first. */
const MAX_PROOFS = 20_000

/**
 * Which target made which opaque proof: thinking signatures, encrypted reasoning, Gemini's thought signatures. They are
 * bound to the model that made them; any other refuses them with a 400. In memory, as hashes.
 */
export class Provenance {
  readonly calls: CallSignatures = new CallSignatures()
  readonly #owners = new Map<string, string>()

  /** `target` is `provider/model`. */
  remember(proof: string, target: string): void {
    const key = digest(proof)
    this.#owners.delete(key)
    this.#owners.set(key, target)
    if (this.#owners.size > MAX_PROOFS) {
      const oldest = this.#owners.keys().next().value
      if (oldest !== undefined) this.#owners.delete(oldest)
    }
  }

  /** The target that made it; undefined when nobody remembers. */
  ownerOf(proof: string): string | undefined {
    return this.#owners.get(digest(proof))
  }
}

function digest(proof: string): string {
  return createHash('sha256').update(proof).digest('base64url')
}

/**
 * The request without proofs that are not to be kept, and how many were left out. Thinking goes whole with its proof; a
 * tool call stays and loses its proof only. The same object when nothing is left out.
 */
export function keepProofs(
  request: ChatRequest,
  isKept: (proof: string) => boolean,
): { request: ChatRequest; removed: number } {
  let removed = 0
  const isLost = (proof: string | undefined): boolean => {
    if (proof === undefined || isKept(proof)) return false
    removed++
    return true
  }
  const isLostThinking = ({ signature, encrypted }: ThinkingPart): boolean => isLost(signature) || isLost(encrypted)
  const messages = request.messages.map((message) => {
    if (message.role !== 'assistant') return message
    const content = message.content
      .filter((part) => part.type !== 'thinking' || !isLostThinking(part))
      .map((part) => (part.type === 'tool_call' && isLost(part.signature) ? withoutSignature(part) : part))
    return { ...message, content }
  })
  return removed === 0 ? { request, removed } : { request: { ...request, messages }, removed }
}

function withoutSignature(call: ToolCallPart): ToolCallPart {
  const { type, id, name } = call
  return { type, id, name, arguments: call.arguments }
}
