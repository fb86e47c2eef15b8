import type { JsonOutline, Span } from '../../lib/json-outline.ts'
import { humanText } from '../human-turn.ts'
import { BadRequest, type RequestFacts } from '../types.ts'
import { findMarked } from './find-marked.ts'
import { LazyTurn, type TurnFormat } from './lazy-turn.ts'

/** What the conversation tells routing. */
export type TurnFacts = Pick<
  RequestFacts,
  'turn' | 'previousTurn' | 'firstTurn' | 'inToolLoop' | 'vision' | 'liveVision' | 'documents'
> & {
  /** Opening of the system prompt: what was given, then the system turns that lead the conversation. */
  system: string
  /** Characters of base64 data in all turns: bytes of the body that are no text. */
  base64: number
}

/** Longest human turn handed on, in characters; of longer ones head and tail are kept. */
const MAX_TURN = 20_000
/** Longest opening of the system prompt handed on, in characters. */
const MAX_SYSTEM = 2_000
/** Most turns of a conversation: reading millions of empty ones would hold everybody up. */
const MAX_TURNS = 100_000

/**
 * Reads the conversation from the newest turn backwards, parsing only turns that matter. `system` is the system prompt
 * that stands outside of it. Throws `BadRequest` when a turn is not an object, or there are more than 100,000.
 */
export function readTurns(
  outline: JsonOutline,
  spans: readonly Span[],
  format: TurnFormat,
  system: string = '',
): TurnFacts {
  if (spans.length > MAX_TURNS) throw new BadRequest(`more than ${MAX_TURNS} messages`)
  const marked = findMarked(outline.bytes, spans, format.mediaMarks)
  const turns = spans.map((span, at) => new LazyTurn(outline, span, at, format, marked.has(at)))
  const last = turns.findLastIndex((turn) => turn.human !== '')
  const previous = turns.slice(0, Math.max(0, last)).findLast((turn) => turn.human !== '')
  const first = turns.find((turn) => turn.human !== '')
  return {
    turn: clip(turns[last]?.human ?? ''),
    previousTurn: clip(previous?.human ?? ''),
    firstTurn: clip(first?.human ?? ''),
    system: readSystem(turns, system),
    inToolLoop: isToolLoop(turns, format),
    vision: turns.some(({ media }) => media.image),
    liveVision: turns.slice(startOfTurn(turns, last)).some(({ media }) => media.image),
    documents: turns.some(({ media }) => media.document),
    base64: turns.reduce((sum, { media }) => sum + media.base64, 0),
  }
}

/** Facts of a conversation that is one text. */
export function readPrompt(text: string, system: string): Omit<TurnFacts, 'base64'> {
  const turn = clip(humanText([text]))
  return {
    turn,
    previousTurn: '',
    firstTurn: turn,
    system: openingOf([system]),
    inToolLoop: false,
    vision: false,
    liveVision: false,
    documents: false,
  }
}

/** Human text as it is handed on. */
function clip(text: string): string {
  return text.length <= MAX_TURN ? text : text.slice(0, MAX_TURN / 2) + text.slice(-MAX_TURN / 2)
}

/** The opening of a system prompt as it is handed on. */
export function openingOf(texts: Iterable<string>): string {
  let opening = ''
  for (const text of texts) {
    if (text !== '') opening += opening === '' ? text : `\n${text}`
    if (opening.length >= MAX_SYSTEM) break
  }
  return opening.slice(0, MAX_SYSTEM)
}

/** What was given, then the system turns that lead the conversation. No more of them are parsed than are handed on. */
function readSystem(turns: readonly LazyTurn[], given: string): string {
  let opening = openingOf([given])
  for (const turn of turns) {
    if (opening.length >= MAX_SYSTEM) break
    if (turn.role === 'system') opening = openingOf([opening, ...turn.texts()])
    else if (turn.role !== 'none') break
  }
  return opening
}

/** System turns, and user turns with injected text only, may follow a tool result without ending the loop. */
function isToolLoop(turns: readonly LazyTurn[], format: TurnFormat): boolean {
  for (const turn of turns.toReversed()) {
    if (turn.role === 'system' || turn.role === 'none') continue
    if (turn.role === 'assistant') return false
    if (turn.human !== '') return false
    if (turn.hasResult) return true
    if (turn.media.any && format.resultsLackMedia !== true) return false
  }
  return false
}

/**
 * Where the turn of the person begins that goes on now: clients may send its picture in a message right before its
 * words. What came behind the words, a screenshot from a tool say, is as live as they are.
 */
function startOfTurn(turns: readonly LazyTurn[], last: number): number {
  let start = Math.max(0, last)
  for (;;) {
    const before = turns[start - 1]
    if (before?.role !== 'user' || before.human !== '' || before.hasResult) return start
    start--
  }
}
