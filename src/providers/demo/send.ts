import { setTimeout as sleep } from 'node:timers/promises'
import { toEvents } from '../../chat/response.ts'
import type { ChatResponse } from '../../chat/response.ts'
import type { StreamEvent } from '../../chat/events.ts'
import { openaiChatClient } from '../../dialects/openai-chat/index.ts'
import { ByteQueue } from '../transport/byte-queue.ts'
import { TransportError } from '../transport/types.ts'
import type { Send, UpstreamAnswer } from '../transport/types.ts'
import { demoAnswer } from './answer.ts'

/** Pause between the pieces of a simulated stream, so that it looks like one, in ms. */
const PIECE_MS = 8

/** Simulated models inside the process. They speak OpenAI Chat like any other provider, but open no connection. */
export function createDemoSend(): Send {
  return (call) => {
    let isCancelled = false
    return {
      answer: Promise.resolve(demoExchange(String(call.body), () => isCancelled)),
      cancel: () => {
        isCancelled = true
      },
    }
  }
}

function demoExchange(body: string, isCancelled: () => boolean): UpstreamAnswer {
  const request = openaiChatClient.decodeRequest(JSON.parse(body) as Record<string, unknown>)
  const response = demoAnswer(request.model, request)
  const meta = { id: 'simulated', model: request.model, created: 0, request }
  const queue = new ByteQueue({ resume: () => {} })
  if (!request.stream) {
    queue.push(Buffer.from(JSON.stringify(openaiChatClient.encodeResponse(response, meta))))
    queue.end()
    return { status: 200, headers: { 'content-type': 'application/json' }, body: queue }
  }
  const encoder = openaiChatClient.createStreamEncoder(meta)
  const play = async (): Promise<void> => {
    for (const event of pieces(response)) {
      if (isCancelled()) return queue.fail(new TransportError('cancelled', 'CANCELLED', false))
      const wire = encoder.push(event)
      if (wire !== '') queue.push(Buffer.from(wire))
      await sleep(PIECE_MS)
    }
    queue.push(Buffer.from(encoder.end()))
    queue.end()
  }
  play().catch((error: unknown) => queue.fail(error instanceof Error ? error : new Error(String(error))))
  return { status: 200, headers: { 'content-type': 'text/event-stream' }, body: queue }
}

/** The events of an answer with its text cut into a few words at a time. */
function pieces(response: ChatResponse): StreamEvent[] {
  return toEvents(response).flatMap((event): StreamEvent[] => {
    if (event.type !== 'text') return [event]
    return (event.text.match(/(?:\S+\s*){1,4}/g) ?? []).map((text) => ({ type: 'text', text }))
  })
}
