// Whether two sides of the router say the same.
import { isDeepStrictEqual } from 'node:util'
import type { Json } from '../helpers/grid-json.ts'
import type { GridAnswer } from '../helpers/grid-types.ts'
import type { Conversation, SaidCall } from './conversation.ts'

/** How the answer differs from what was recorded; empty when it does not. */
export function compareAnswers(recorded: GridAnswer, replayed: GridAnswer): string[] {
  const found: string[] = []
  const calls = (answer: GridAnswer): unknown[] => answer.calls.map(({ name, arguments: args }) => ({ name, args }))
  if (recorded.text !== replayed.text) found.push(`text is ${show(replayed.text)}, was ${show(recorded.text)}`)
  if (recorded.thinking !== replayed.thinking) {
    found.push(`thinking is ${show(replayed.thinking)}, was ${show(recorded.thinking)}`)
  }
  if (!isDeepStrictEqual(calls(recorded), calls(replayed))) {
    found.push(`calls are ${show(calls(replayed))}, were ${show(calls(recorded))}`)
  }
  return found
}

/** What of the client's request did not reach the provider; `body` is the provider's. */
export function compareRequests(sent: Conversation, received: Conversation, body: Json): string[] {
  const found: string[] = []
  // A result without text may say where its picture is.
  const expected = sent.calls.map((call, n) =>
    call.result === '' ? { ...call, ...resultOf(received.calls[n]) } : call,
  )
  const isSame =
    expected.length === received.calls.length &&
    expected.every((call, n) => isSameCall(call, received.calls[n] ?? call))
  if (!isSame) {
    found.push(`history has ${show(received.calls)}, client sent ${show(sent.calls)}`)
  }
  if (!isDeepStrictEqual(sent.images.toSorted(), received.images.toSorted())) {
    found.push(`${received.images.length} images, client sent ${sent.images.length}`)
  }
  const all = squeeze(stringsOf(body).join(' '))
  for (const text of sent.texts) {
    if (!all.includes(squeeze(text))) found.push(`user text is lost: ${show(text)}`)
  }
  return found
}

function resultOf(call: SaidCall | undefined): { result?: string } {
  return call?.result === undefined ? {} : { result: call.result }
}

/** White space between parts is the dialect's own. */
function isSameCall(one: SaidCall, other: SaidCall): boolean {
  if (!isSameTool(one.name, other.name) || !isDeepStrictEqual(one.arguments, other.arguments)) return false
  return one.result === undefined
    ? other.result === undefined
    : squeeze(one.result) === squeeze(other.result ?? '') && other.result !== undefined
}

/** Whether two names can be of one tool: dialects differ in letters and length, and what is changed may get an ending. */
export function isSameTool(one: string, other: string): boolean {
  const [a = '', b = ''] = [bareName(one), bareName(other)].toSorted((x, y) => x.length - y.length)
  return b.startsWith(a) || (one.length > KEPT && one.slice(0, KEPT) === other.slice(0, KEPT))
}

const KEPT = 40

/** A tool's name without its namespace, in letters that every dialect takes. */
function bareName(name: string): string {
  return (name.split('__').at(-1) ?? '').replaceAll(/[^a-zA-Z0-9_-]/g, '_')
}

function squeeze(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(stringsOf)
}

function show(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length <= 240 ? text : `${text.slice(0, 240)}…`
}
