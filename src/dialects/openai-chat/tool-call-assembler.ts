import type { StreamEvent } from '../../chat/events.ts'
import { madeUpCallId } from '../shared/call-ids.ts'
import { argumentsText, asNumber, asRecord, asText } from '../shared/values.ts'

import { readCallSignature } from './extra-content.ts'

interface Call {
  /** Position in the stream of events; undefined until the name is known and the call has started. */
  index: number | undefined
  id: string | undefined
  name: string | undefined
  signature: string | undefined
  /** Arguments so far. */
  arguments: string
}

/** One entry of `delta.tool_calls`. */
interface Piece {
  index: number | undefined
  id: string | undefined
  name: string | undefined
  signature: string | undefined
  arguments: string
}

/**
 * Puts streamed tool calls together. Providers leave out or repeat `index`, `id` and `name`, send a call in one piece,
 * or all calls under index 0; arguments come as a string or as an object.
 */
export class ToolCallAssembler {
  readonly #calls: Call[] = []
  /** Most answers have no calls. */
  #byIndex: Map<number, Call> | undefined
  #started = 0

  get size(): number {
    return this.#calls.length
  }

  /** True when a call never got a name: it cannot be carried out. */
  get unnamed(): boolean {
    return this.#calls.some((call) => call.index === undefined)
  }

  push(entry: unknown, answerId: string | undefined): StreamEvent[] {
    const record = asRecord(entry)
    if (record === undefined) return []
    const definition = asRecord(record['function'])
    const piece: Piece = {
      index: asNumber(record['index']),
      id: asText(record['id']),
      name: asText(definition?.['name']),
      signature: readCallSignature(record),
      arguments: argumentsText(definition?.['arguments']),
    }
    if (piece.id === undefined && piece.name === undefined && piece.arguments === '') return []
    const call = this.#find(piece) ?? this.#add(piece)
    if (repeats(call, piece)) return []
    return this.#extend(call, piece, answerId)
  }

  /** The call that a piece goes on with; undefined when it starts one. */
  #find(piece: Piece): Call | undefined {
    const { index, id, name } = piece
    const last = this.#calls.at(-1)
    const known = index !== undefined ? this.#byIndex?.get(index) : id === undefined ? last : undefined
    if (known !== undefined) return startsAnother(known, piece) ? this.#byId(id) : known
    if (index === undefined) return this.#byId(id)
    // An index out of nowhere: with a name it is a new call, even where all calls share one id.
    if (name !== undefined) return undefined
    return id === undefined ? last : this.#byId(id)
  }

  #byId(id: string | undefined): Call | undefined {
    return id === undefined ? undefined : this.#calls.find((call) => call.id === id)
  }

  #add(piece: Piece): Call {
    const call: Call = { index: undefined, id: piece.id, name: undefined, signature: undefined, arguments: '' }
    this.#calls.push(call)
    if (piece.index !== undefined) (this.#byIndex ??= new Map()).set(piece.index, call)
    return call
  }

  #extend(call: Call, piece: Piece, answerId: string | undefined): StreamEvent[] {
    const events: StreamEvent[] = []
    let text = piece.arguments
    if (call.index === undefined) {
      call.id ??= piece.id
      call.signature ??= piece.signature
      if (piece.name !== undefined) {
        call.name = piece.name
        call.index = this.#started++
        call.id ??= madeUpCallId(answerId, call.index)
        const { index, id, name, signature } = call
        events.push({ type: 'tool_call_start', index, id, name, ...(signature !== undefined && { signature }) })
        // Arguments that came before the name.
        text = call.arguments + text
        call.arguments = ''
      }
    }
    call.arguments += text
    if (text !== '' && call.index !== undefined) {
      events.push({ type: 'tool_call_delta', index: call.index, arguments: text })
    }
    return events
  }
}

/**
 * True when a piece does not go on with a call, though it has the same index (or none): it names a function under
 * another id, or without an id when the call's arguments are already whole.
 */
function startsAnother(call: Call, piece: Piece): boolean {
  if (piece.name === undefined || call.name === undefined) return false
  if (piece.id !== undefined && call.id !== undefined) return piece.id !== call.id
  return piece.arguments.trim() !== '' && isWhole(call.arguments)
}

/** True for a piece that says a whole call once more, as some providers do in their last chunk. */
function repeats(call: Call, piece: Piece): boolean {
  const same = piece.name === call.name && piece.id === call.id && piece.arguments === call.arguments
  return same && piece.name !== undefined && isWhole(call.arguments)
}

function isWhole(json: string): boolean {
  try {
    JSON.parse(json)
    return true
  } catch {
    return false
  }
}
