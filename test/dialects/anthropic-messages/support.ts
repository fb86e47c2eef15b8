import type { StreamEvent, Usage } from '../../../src/chat/events.ts'
import type { ChatRequest } from '../../../src/chat/request.ts'
import type { ChatResponse } from '../../../src/chat/response.ts'
import { anthropicProvider } from '../../../src/dialects/anthropic-messages/index.ts'
import type { AnswerMeta, EncodeTarget } from '../../../src/dialects/types.ts'
import { createFramer } from '../../../src/lib/framing.ts'
import { JsonOutline } from '../../../src/lib/json-outline.ts'

export const BASE: ChatRequest = { model: 'sage/auto', messages: [], tools: [], stream: false }

export const META: AnswerMeta = {
  id: 'd1',
  model: 'anthropic/claude',
  created: 1_700_000_000,
  request: BASE,
}

export function target(over: Partial<EncodeTarget> = {}): EncodeTarget {
  return { model: 'claude-up', quirks: {}, inputTokens: 0, ...over }
}

export function outline(body: unknown): JsonOutline {
  return new JsonOutline(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)))
}

/** Decodes stream bytes cut at the given offsets. */
export function decodeStream(text: string, cuts: readonly number[] = []): StreamEvent[] {
  const bytes = Buffer.from(text)
  const framer = createFramer('sse')
  const decoder = anthropicProvider.createStreamDecoder()
  const events: StreamEvent[] = []
  let from = 0
  for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
    for (const frame of framer.push(bytes.subarray(from, cut))) events.push(...decoder.push(frame))
    from = cut
  }
  const rest = framer.end()
  if (rest !== undefined) events.push(...decoder.push(rest))
  return events
}

/** What a stream lacks that ends here. */
export function missingEnd(text: string): string | undefined {
  const decoder = anthropicProvider.createStreamDecoder()
  for (const frame of createFramer('sse').push(Buffer.from(text))) decoder.push(frame)
  return decoder.missingEnd?.()
}

/** Collects the events of a stream into the answer they make. */
export function collect(events: readonly StreamEvent[]): ChatResponse {
  const content: ChatResponse['content'] = []
  const calls: Extract<ChatResponse['content'][number], { type: 'tool_call' }>[] = []
  const answer: ChatResponse = { content, finish: 'stop', usage: {} }
  let usage: Usage = {}
  for (const event of events) {
    const last = content.at(-1)
    switch (event.type) {
      case 'start':
        if (event.id !== undefined) answer.id = event.id
        if (event.model !== undefined) answer.model = event.model
        break
      case 'text':
        if (last?.type === 'text') last.text += event.text
        else content.push({ type: 'text', text: event.text })
        break
      case 'thinking':
        if (last?.type === 'thinking' && last.signature === undefined && last.encrypted === undefined) {
          last.text += event.text
        } else content.push({ type: 'thinking', text: event.text })
        break
      case 'thinking_signature':
        if (last?.type === 'thinking' && last.signature === undefined && last.encrypted === undefined) {
          last.signature = event.signature
        } else content.push({ type: 'thinking', text: '', signature: event.signature })
        break
      case 'thinking_encrypted':
        content.push({ type: 'thinking', text: '', encrypted: event.data })
        break
      case 'tool_call_start': {
        const call = { type: 'tool_call' as const, id: event.id, name: event.name, arguments: '' }
        calls[event.index] = call
        content.push(call)
        break
      }
      case 'tool_call_delta': {
        const call = calls[event.index]
        if (call === undefined) throw new Error(`delta of unknown call ${event.index}`)
        call.arguments += event.arguments
        break
      }
      case 'usage':
        usage = { ...usage, ...event.usage }
        answer.usage = usage
        break
      case 'finish':
        answer.finish = event.reason
        if (event.stopSequence !== undefined) answer.stopSequence = event.stopSequence
        break
      case 'error':
        throw new Error(event.error.message)
    }
  }
  return answer
}
