import type { AssistantMessage, Message, ThinkingPart, ToolMessage } from '../../chat/request.ts'
import { toToolInput } from '../shared/tool-input.ts'
import type { JsonRecord } from '../shared/values.ts'
import { encodeParts, encodeResult, encodeText, type EncodedResult } from './encode-parts.ts'
import { NO_SIGNATURE } from './thought-signature.ts'

// Builds the alternation of user and model turns. A turn of calls must be followed at once by as many results.

interface Call {
  /** Id in the canonical request. */
  id: string
  /** The `functionCall` object. */
  wire: JsonRecord
  result?: EncodedResult
}
interface Turn {
  role: 'user' | 'model'
  parts: JsonRecord[]
  /** Calls of a model turn. */
  calls: Call[]
  /** A user turn that brings results: the turn of the person goes on. */
  hasResults: boolean
}

/** Said in place of a result that the client never sent. */
const NO_RESULT = 'No result was recorded for this call.'
/** Opens a conversation whose first turn is missing; the API wants a user turn first. */
const OPENING = 'Continue.'

/** `contents` from the messages behind the leading system messages. `signed`: the model demands thought signatures. */
export function encodeContents(messages: readonly Message[], signed: boolean, notes: Set<string>): JsonRecord[] {
  const turns: Turn[] = []
  for (const message of messages) {
    switch (message.role) {
      case 'assistant':
        addModel(turns, message, notes)
        break
      case 'tool':
        attachResult(turns, message, notes)
        break
      case 'user':
        addUser(turns, encodeParts(message.content, notes))
        break
      case 'system':
        addUser(turns, encodeSystemTurn(message.content.map((part) => part.text)))
        break
    }
  }
  placeResults(turns)
  if (turns[0]?.role !== 'user') turns.unshift(newTurn('user', encodeText(OPENING)))
  if (signed) signCalls(turns)
  return turns.map(({ role, parts }) => ({ role, parts }))
}

function newTurn(role: Turn['role'], parts: JsonRecord[], calls: Call[] = []): Turn {
  return { role, parts, calls, hasResults: false }
}

/** A system turn in mid-conversation is marked the way coding agents mark text that is not the user's. */
function encodeSystemTurn(texts: string[]): JsonRecord[] {
  const text = texts.filter((part) => part !== '').join('\n\n')
  return text === '' ? [] : encodeText(`<system-reminder>\n${text}\n</system-reminder>`)
}

function addUser(turns: Turn[], parts: JsonRecord[]): void {
  if (parts.length === 0) return
  const last = turns.at(-1)
  if (last?.role === 'user') last.parts.push(...parts)
  else turns.push(newTurn('user', parts))
}

/**
 * The words of earlier reasoning stay behind: the API does not need them. A proof without words belongs to the call behind
 * it, or else to the text before it: other dialects have no place for it there. Proofs that another model made are
 * refused ("Corrupted thought signature"): the caller has taken them out.
 */
function addModel(turns: Turn[], message: AssistantMessage, notes: Set<string>): void {
  const calls: Call[] = []
  const parts: JsonRecord[] = []
  for (const [at, part] of message.content.entries()) {
    if (part.type === 'text') parts.push(...encodeText(part.text))
    else if (part.type === 'tool_call') {
      const wire = { ...(part.id !== '' && { id: part.id }), name: part.name, args: toToolInput(part.arguments) }
      const signature = part.signature ?? wordlessProof(message.content[at - 1])
      calls.push({ id: part.id, wire })
      parts.push({ functionCall: wire, ...(signature !== undefined && { thoughtSignature: signature }) })
    } else placeProof(part, message.content[at + 1], parts, notes)
  }
  if (parts.length === 0) return
  const last = turns.at(-1)
  if (last?.role === 'model') {
    last.parts.push(...parts)
    last.calls.push(...calls)
  } else turns.push(newTurn('model', parts, calls))
}

type Part = AssistantMessage['content'][number]

/** The signature of reasoning whose words are not there. */
function wordlessProof(part: Part | undefined): string | undefined {
  return part?.type === 'thinking' && part.text === '' ? part.signature : undefined
}

function placeProof(part: ThinkingPart, next: Part | undefined, parts: JsonRecord[], notes: Set<string>): void {
  const proof = wordlessProof(part)
  const before = parts.at(-1)
  if (proof !== undefined && next?.type === 'tool_call' && next.signature === undefined) return
  if (proof !== undefined && before?.['text'] !== undefined) before['thoughtSignature'] = proof
  else notes.add('thinking')
}

/** Gives the result to the first open call of that id in the newest model turn; drops it when there is none. */
function attachResult(turns: Turn[], message: ToolMessage, notes: Set<string>): void {
  const asked = turns.findLast((turn) => turn.role === 'model')
  const call = asked?.calls.find((open) => open.id === message.callId && open.result === undefined)
  if (call === undefined) {
    notes.add(`tool_result:${message.callId}`)
    return
  }
  call.result = encodeResult(message, notes)
  // Parts this model turn from the next one.
  if (turns.at(-1)?.role === 'model') turns.push(newTurn('user', []))
}

/** Puts all results of a model turn at the head of the next user turn, in the order of the calls, then their media. */
function placeResults(turns: Turn[]): void {
  for (let at = turns.length - 1; at >= 0; at--) {
    const turn = turns[at]
    if (turn === undefined || turn.calls.length === 0) continue
    const parts = [...turn.calls.map(encodeResponse), ...turn.calls.flatMap(encodeMedia)]
    const next = turns[at + 1] ?? newTurn('user', [])
    if (at === turns.length - 1) turns.push(next)
    next.parts.unshift(...parts)
    next.hasResults = true
  }
}

function encodeResponse({ wire, result }: Call): JsonRecord {
  const { args: _, ...identity } = wire
  return { functionResponse: { ...identity, response: result?.response ?? { error: NO_RESULT } } }
}

function encodeMedia({ wire, result }: Call): JsonRecord[] {
  if (result === undefined || result.media.length === 0) return []
  return [{ text: `Result of ${String(wire['name'])}:` }, ...result.media]
}

/**
 * Gemini 3 refuses a call of the current turn whose step has no signature: the first call of each step carries it. The
 * current turn is everything behind the last content of the person alone.
 */
function signCalls(turns: readonly Turn[]): void {
  const start = turns.findLastIndex((turn) => turn.role === 'user' && !turn.hasResults)
  for (const turn of turns.slice(start + 1)) {
    const first = turn.parts.find((part) => part['functionCall'] !== undefined)
    if (first !== undefined) first['thoughtSignature'] ??= NO_SIGNATURE
  }
}
