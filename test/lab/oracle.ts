// Judges how a request ended. There are three right ways; everything else is a wrong answer.
import type { GridAnswer, GridClient } from '../helpers/grid-types.ts'
import type { Exchange } from './exchange.ts'

export type Outcome = { exchange: Exchange } & (
  | /** A complete answer, with its dialect's terminator. */ { end: 'A'; answer: GridAnswer }
  | /** An error status, with a valid error body in the client's dialect. */ { end: 'B'; message: string }
  | /** Some output, then an error event, then a torn connection. */ { end: 'C'; message: string }
  | /** A wrong answer. */ { end: 'wrong'; why: string }
)

export function judge(client: GridClient, exchange: Exchange): Outcome {
  const { status, ending, body } = exchange
  if (ending === 'none') return { exchange, end: 'wrong', why: `no answer (${exchange.code ?? 'closed'})` }
  try {
    if (status >= 400) {
      if (ending === 'torn') return { exchange, end: 'wrong', why: `an error ${status} that was torn` }
      return { exchange, end: 'B', message: client.readError(body) }
    }
    if (status !== 200) return { exchange, end: 'wrong', why: `status ${status}` }
    if (ending === 'whole') return { exchange, end: 'A', answer: client.read(body) }
    return { exchange, end: 'C', message: client.readCut(body) }
  } catch (error) {
    const why = `${status} ${ending}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`
    return { exchange, end: 'wrong', why: `${why}; body ${body.slice(0, 200)}` }
  }
}

/** The outcome in a few words. */
export function describe(outcome: Outcome): string {
  switch (outcome.end) {
    case 'A':
      return `A ${outcome.answer.text.slice(0, 40)}`
    case 'B':
      return `B ${outcome.exchange.status}`
    case 'C':
      return 'C cut'
    default:
      return `wrong answer: ${outcome.why}`
  }
}
