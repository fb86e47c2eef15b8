// How providers of each dialect fail: error bodies, preambles without output, beginnings of an answer, error events.
import { anthropicError, event } from './anthropic-replies.ts'
import { frame, geminiError } from './gemini-replies.ts'
import { wireOf } from './grid-provider.ts'
import type { ProviderDialectName } from './grid-provider.ts'
import { chatError } from './openai-chat-replies.ts'
import { responsesError, responsesEvent } from './openai-responses-replies.ts'

/** Body of an error answer. */
export function errorBody(dialect: ProviderDialectName, status: number, message: string): unknown {
  switch (dialect) {
    case 'chat':
      return chatError(status, status >= 500 ? 'server_error' : 'invalid_value', message)
    case 'responses':
      return responsesError(status, status >= 500 ? 'server_error' : 'invalid_value', message)
    case 'messages':
      return anthropicError(status >= 500 ? 'api_error' : 'invalid_request_error', message)
    case 'gemini':
      return geminiError(status, status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT', message)
    case 'ollama':
      return { error: message }
  }
}

/** An error inside a stream. */
export function errorEvent(dialect: ProviderDialectName, message: string): string {
  switch (dialect) {
    case 'chat':
      return `data: ${JSON.stringify(errorBody(dialect, 500, message))}\n\n`
    case 'responses':
      return responsesEvent('error', { sequence_number: 99, code: 'server_error', message, param: null })
    case 'messages':
      return event('error', { error: { type: 'api_error', message } })
    case 'gemini':
      return frame(errorBody(dialect, 500, message))
    case 'ollama':
      return `${JSON.stringify({ error: message })}\n`
  }
}

/** Pieces of a stream of `text` that come before any output; of Gemini a chunk with an empty text. */
export function preamble(dialect: ProviderDialectName): string[] {
  switch (dialect) {
    case 'chat':
      return wireOf(dialect, { text: 'x' }).stream.slice(0, 1)
    case 'responses':
    case 'messages':
      return wireOf(dialect, { text: 'x' }).stream.slice(0, 2)
    case 'gemini':
      return [
        frame({ candidates: [{ content: { role: 'model', parts: [{ text: '' }] }, index: 0 }], modelVersion: 'm' }),
      ]
    case 'ollama':
      return [`${JSON.stringify({ model: 'm', message: { role: 'assistant', content: '' }, done: false })}\n`]
  }
}

/** The pieces of a stream up to its first text. */
export function beginning(dialect: ProviderDialectName, text: string): string[] {
  const pieces = wireOf(dialect, { text }).stream
  const first = pieces.findIndex((piece) => piece.includes(`"${text.slice(0, 3)}`))
  return pieces.slice(0, first + 1)
}
