import type { AssistantMessage, Message, ToolMessage } from '../../chat/request.ts'
import { toToolInput } from '../shared/tool-input.ts'
import type { JsonRecord } from '../shared/values.ts'
import { encodeParts, encodeText, encodeThinking, encodeToolResult } from './encode-content.ts'
import { claim, toToolId } from './names.ts'

// Builds the strict alternation of user and assistant turns that the API demands.

interface Call {
  /** Id in the canonical request. */
  id: string
  wireId: string
  result?: JsonRecord
}

export interface UserTurn {
  role: 'user'
  content: JsonRecord[]
}
export interface AssistantTurn {
  role: 'assistant'
  content: JsonRecord[]
  calls: Call[]
}
export type Turn = UserTurn | AssistantTurn

/** Said in place of a result that the client never sent; the API refuses a call without one. */
const NO_RESULT = 'No result was recorded for this call.'
/** Opens a conversation whose first turn is missing; the API wants a user turn first. */
const OPENING = 'Continue.'

/** Turns of the wire from the messages behind the leading system messages. */
export function toTurns(messages: readonly Message[], notes: Set<string>): Turn[] {
  const turns: Turn[] = []
  const taken = new Set<string>()
  for (const message of messages) {
    switch (message.role) {
      case 'assistant':
        addAssistant(turns, message, taken, notes)
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
  const settled = settle(turns)
  if (settled[0]?.role !== 'user') settled.unshift({ role: 'user', content: encodeText(OPENING) })
  return settled
}

/** A system turn in mid-conversation is marked the way coding agents mark text that is not the user's. */
function encodeSystemTurn(texts: string[]): JsonRecord[] {
  const text = texts.filter((part) => part.trim() !== '').join('\n\n')
  return text === '' ? [] : encodeText(`<system-reminder>\n${text}\n</system-reminder>`)
}

function addUser(turns: Turn[], content: JsonRecord[]): void {
  if (content.length === 0) return
  const last = turns.at(-1)
  if (last?.role === 'user') last.content.push(...content)
  else turns.push({ role: 'user', content })
}

function addAssistant(turns: Turn[], message: AssistantMessage, taken: Set<string>, notes: Set<string>): void {
  const calls: Call[] = []
  const content = message.content.flatMap((part) => {
    if (part.type === 'text') return encodeText(part.text)
    if (part.type === 'thinking') return encodeThinking(part, notes)
    const wireId = claim(toToolId(part.id), taken)
    calls.push({ id: part.id, wireId })
    return [{ type: 'tool_use', id: wireId, name: part.name, input: toToolInput(part.arguments) }]
  })
  if (content.length === 0) return
  const last = turns.at(-1)
  if (last?.role === 'assistant') {
    last.content.push(...content)
    last.calls.push(...calls)
  } else turns.push({ role: 'assistant', content, calls })
}

/** Gives the result to the first open call of that id in the newest assistant turn; drops it when there is none. */
function attachResult(turns: Turn[], message: ToolMessage, notes: Set<string>): void {
  const asked = turns.findLast((turn) => turn.role === 'assistant')
  const call = asked?.calls.find((open) => open.id === message.callId && open.result === undefined)
  if (call === undefined) {
    notes.add(`tool_result:${message.callId}`)
    return
  }
  call.result = encodeToolResult(message, call.wireId, notes)
  // Parts this assistant turn from the next one.
  if (turns.at(-1)?.role === 'assistant') turns.push({ role: 'user', content: [] })
}

/** Puts all results of an assistant turn at the head of the next user turn, in the order of the calls. */
function placeResults(turns: Turn[]): void {
  for (let at = turns.length - 1; at >= 0; at--) {
    const turn = turns[at]
    if (turn?.role !== 'assistant' || turn.calls.length === 0) continue
    const results = turn.calls.map((call) => call.result ?? missingResult(call.wireId))
    const next = turns[at + 1]
    if (next === undefined) turns.push({ role: 'user', content: results })
    else next.content.unshift(...results)
  }
}

function missingResult(id: string): JsonRecord {
  return { type: 'tool_result', tool_use_id: id, content: NO_RESULT, is_error: true }
}

/** The API refuses an assistant turn that ends in reasoning, and a last one that ends in white space. */
function settle(turns: readonly Turn[]): Turn[] {
  const settled: Turn[] = []
  for (const turn of turns) {
    while (turn.role === 'assistant' && isThinking(turn.content.at(-1))) turn.content.pop()
    const last = settled.at(-1)
    if (turn.content.length === 0) continue
    if (last?.role === 'user' && turn.role === 'user') last.content.push(...turn.content)
    else settled.push(turn)
  }
  const end = settled.at(-1)?.role === 'assistant' ? settled.at(-1)?.content.at(-1) : undefined
  if (typeof end?.['text'] === 'string') end['text'] = end['text'].trimEnd()
  return settled
}

/** True for a block of reasoning. */
export function isThinking(block: JsonRecord | undefined): boolean {
  return block?.['type'] === 'thinking' || block?.['type'] === 'redacted_thinking'
}
