import { createJsonProgress } from '../shared/json-progress.ts'
import type { JsonProgress } from '../shared/json-progress.ts'
import type { JsonRecord } from '../shared/values.ts'

// A Messages stream has one open block at a time. Other dialects mix text and parallel calls, so blocks wait in line:
// the first is open on the wire, the others gather what is theirs until it is complete.

interface Block {
  /** `content_block` of the start event. */
  start: JsonRecord
  /** Deltas that are not written yet. */
  deltas: JsonRecord[]
  /** Deltas of this type only may be added to the block. */
  accepts: string
  /** Arguments of a tool call so far; undefined for other blocks. */
  progress?: JsonProgress
  /** A tool call without a piece of arguments. */
  bare?: boolean
  signature?: string
}

/** A tool call's place in line. */
export interface CallBlock {
  /** Adds a piece of the arguments; text behind a complete object is dropped. */
  push(text: string): void
}

/** Orders the blocks of one answer and writes their events. */
export class BlockQueue {
  readonly #line: Block[] = []
  readonly #write: (event: string, data: JsonRecord) => void
  #opened = false
  #index = 0

  /** `write` takes the events in the order of the wire. */
  constructor(write: (event: string, data: JsonRecord) => void) {
    this.#write = write
  }

  addText(text: string): void {
    this.#tail('text_delta', { type: 'text', text: '' }).deltas.push({ type: 'text_delta', text })
    this.#drain()
  }

  addThinking(text: string): void {
    const block = this.#tail('thinking_delta', { type: 'thinking', thinking: '', signature: '' })
    block.deltas.push({ type: 'thinking_delta', thinking: text })
    this.#drain()
  }

  /** Signs the open reasoning, or a block of its own when the reasoning itself was withheld or `isApart` from others. */
  addSignature(signature: string, isApart: boolean = false): void {
    const start = { type: 'thinking', thinking: '', signature: '' }
    const block = isApart ? this.#append('thinking_delta', start) : this.#tail('thinking_delta', start)
    block.signature = signature
    block.accepts = ''
    this.#drain()
  }

  addEncrypted(data: string): void {
    this.#line.push({ start: { type: 'redacted_thinking', data }, deltas: [], accepts: '' })
    this.#drain()
  }

  addCall(id: string, name: string): CallBlock {
    const progress = createJsonProgress()
    // Clients take the arguments from deltas alone, but want `input` to be there.
    const start = { type: 'tool_use', id, name, input: {} }
    const block: Block = { start, deltas: [], accepts: '', progress, bare: true }
    this.#line.push(block)
    this.#drain()
    return {
      push: (text) => {
        if (text === '' || progress.complete()) return
        block.bare = false
        progress.push(text)
        block.deltas.push({ type: 'input_json_delta', partial_json: text })
        this.#drain()
      },
    }
  }

  /** Writes what is left and closes every block. */
  close(): void {
    while (this.#line.length > 0) {
      this.#drain()
      this.#closeFirst()
    }
  }

  /** The last block when it takes such deltas, else a new one. */
  #tail(accepts: string, start: JsonRecord): Block {
    const last = this.#line.at(-1)
    if (last?.accepts === accepts) return last
    return this.#append(accepts, start)
  }

  #append(accepts: string, start: JsonRecord): Block {
    const block: Block = { start, deltas: [], accepts }
    this.#line.push(block)
    return block
  }

  #drain(): void {
    for (;;) {
      const first = this.#line[0]
      if (first === undefined) return
      this.#writeFirst(first)
      const complete = first.progress === undefined || first.progress.complete()
      if (this.#line.length === 1 || !complete) return
      this.#closeFirst()
    }
  }

  #writeFirst(block: Block): void {
    const index = this.#index
    if (!this.#opened) this.#write('content_block_start', { index, content_block: block.start })
    this.#opened = true
    for (const delta of block.deltas) this.#write('content_block_delta', { index, delta })
    block.deltas = []
  }

  #closeFirst(): void {
    const block = this.#line.shift()
    if (block === undefined) return
    const index = this.#index++
    this.#opened = false
    for (const delta of lastDeltas(block)) this.#write('content_block_delta', { index, delta })
    this.#write('content_block_stop', { index })
  }
}

/**
 * What a block still lacks. Reasoning without a signature gets none: the '' of its start stays, the official SDK and
 * coding agents take that, and a made-up one would be refused when it is replayed.
 */
function lastDeltas(block: Block): JsonRecord[] {
  if (block.signature !== undefined) return [{ type: 'signature_delta', signature: block.signature }]
  return block.bare === true ? [{ type: 'input_json_delta', partial_json: '{}' }] : []
}
