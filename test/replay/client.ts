// Reads what a recorded client was told, by the dialect that it speaks.
import { at, list, textAt, type Json } from '../helpers/grid-json.ts'
import { chatClient } from '../helpers/grid-chat.ts'
import { geminiClient } from '../helpers/grid-gemini.ts'
import { messagesClient } from '../helpers/grid-messages.ts'
import { ollamaClient } from '../helpers/grid-ollama.ts'
import { responsesClient } from '../helpers/grid-responses.ts'
import type { GridAnswer, GridClient } from '../helpers/grid-types.ts'
import type { Exchange } from './recording.ts'

/** The reader of the exchange's answer; undefined when the exchange is no turn of a conversation. */
export function clientOf({ path, body, method }: Exchange): GridClient | undefined {
  if (method !== 'POST' || body === undefined) return undefined
  const [bare = ''] = path.split('?')
  const isStream = body['stream'] === true
  if (bare.endsWith('/chat/completions')) return chatClient(isStream)
  if (bare.endsWith('/responses')) return withCustomCalls(responsesClient(isStream))
  if (bare.endsWith('/messages')) return messagesClient(isStream)
  if (bare === '/api/chat') return ollamaClient(body['stream'] !== false)
  if (bare.endsWith(':generateContent')) return geminiClient('whole')
  if (bare.endsWith(':streamGenerateContent'))
    return geminiClient(path.includes('alt=sse') ? 'streamed' : 'streamed as an array')
  return undefined
}

/** Calls of tools that take free text count as calls with one argument, `input`. */
function withCustomCalls(client: GridClient): GridClient {
  const read = (wire: string): GridAnswer => {
    const answer = client.read(wire)
    const custom = (answer.echo as Json[]).filter(({ type }) => type === 'custom_tool_call')
    const calls = custom.map((call) => ({
      id: textAt(call, 'call_id'),
      name: textAt(call, 'name'),
      arguments: { input: textAt(call, 'input') },
    }))
    return { ...answer, calls: [...answer.calls, ...calls] }
  }
  return { ...client, read }
}

/** The opaque proof in an answer: a signature of thinking or of a call, or encrypted reasoning. */
export function proofOf({ echo }: GridAnswer): string | undefined {
  const parts = Array.isArray(echo) ? (echo as Json[]) : list(echo, 'content')
  const proofs = parts.map(
    (part) => at(part, 'signature') ?? at(part, 'thoughtSignature') ?? at(part, 'encrypted_content'),
  )
  return proofs.find((proof): proof is string => typeof proof === 'string' && proof !== '')
}
