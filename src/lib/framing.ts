// Cuts a byte stream into frames. Frames keep their raw bytes, so a stream can be passed on exactly as it came.

/** One SSE event or NDJSON line. Comments and blank lines are frames with empty `data`. */
export interface RawFrame {
  event: string
  data: string
  /** The bytes as received, terminator included. Raw bytes of all frames and `end()` add up to the input. */
  raw: Buffer
}

export interface Framer {
  /** Frames completed by this chunk. Throws `FrameTooLarge`. */
  push(chunk: Buffer): RawFrame[]
  /** What is left when the stream ends: an unterminated last frame, or undefined. */
  end(): RawFrame | undefined
}

/** A single frame over the limit: a broken or hostile upstream. */
export class FrameTooLarge extends Error {
  override name = 'FrameTooLarge'
}

/** Largest frame accepted, in bytes. */
export const MAX_FRAME_BYTES: number = 32 * 1024 * 1024

const LF = 0x0a
const CR = 0x0d
const NOTHING: Buffer = Buffer.alloc(0)

export function createFramer(framing: 'sse' | 'ndjson', maxBytes: number = MAX_FRAME_BYTES): Framer {
  return framing === 'sse'
    ? new TailFramer(sseBoundary, parseSse, maxBytes)
    : new TailFramer(lineBoundary, parseLine, maxBytes)
}

/** End of the first frame that lies in `bytes`, looking from `from`; -1 when none is complete. */
type Boundary = (bytes: Buffer, from: number, hasCr: boolean) => number
type Parse = (raw: Buffer) => RawFrame

/** Of a boundary cut as CR LF CR | LF, the last LF CR is enough to know it, so two bytes of what came before do. */
const LOOK_BACK = 2

class TailFramer implements Framer {
  readonly #boundary: Boundary
  readonly #parse: Parse
  readonly #maxBytes: number
  #held: Buffer[] = []
  #heldBytes = 0
  /** The last bytes held, for boundaries that straddle chunks. */
  #tail: Buffer = NOTHING

  constructor(boundary: Boundary, parse: Parse, maxBytes: number) {
    this.#boundary = boundary
    this.#parse = parse
    this.#maxBytes = maxBytes
  }

  push(chunk: Buffer): RawFrame[] {
    const frames: RawFrame[] = []
    const hasCr = chunk.includes(CR) || this.#tail.includes(CR)
    let start = 0
    if (this.#heldBytes > 0) {
      // What is held is joined only when its frame is complete: a frame in many chunks is copied once.
      start = this.#heldEnd(chunk, hasCr)
      if (start === -1) {
        this.#hold(chunk)
        return frames
      }
      this.#held.push(chunk.subarray(0, start))
      frames.push(this.#frame(this.#join()))
    }
    for (;;) {
      const end = this.#boundary(chunk, start, hasCr)
      if (end === -1) break
      frames.push(this.#frame(chunk.subarray(start, end)))
      start = end
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start))
    return frames
  }

  end(): RawFrame | undefined {
    return this.#heldBytes === 0 ? undefined : this.#parse(this.#join())
  }

  /** Where in the chunk the held frame ends: 0 when its last CR turns out to be a whole line end, -1 when not here. */
  #heldEnd(chunk: Buffer, hasCr: boolean): number {
    if (!hasCr && !chunk.includes(LF)) return -1
    const end = this.#boundary(Buffer.concat([this.#tail, chunk]), 0, hasCr)
    return end === -1 ? -1 : end - this.#tail.length
  }

  #frame(raw: Buffer): RawFrame {
    if (raw.length > this.#maxBytes) throw this.#tooLarge()
    return this.#parse(raw)
  }

  #hold(bytes: Buffer): void {
    this.#held.push(bytes)
    this.#heldBytes += bytes.length
    if (this.#heldBytes > this.#maxBytes) throw this.#tooLarge()
    this.#tail =
      bytes.length >= LOOK_BACK ? bytes.subarray(-LOOK_BACK) : Buffer.concat([this.#tail, bytes]).subarray(-LOOK_BACK)
  }

  #join(): Buffer {
    const raw = this.#held.length === 1 && this.#held[0] !== undefined ? this.#held[0] : Buffer.concat(this.#held)
    this.#held = []
    this.#heldBytes = 0
    this.#tail = NOTHING
    return raw
  }

  #tooLarge(): FrameTooLarge {
    return new FrameTooLarge(`a frame is larger than ${this.#maxBytes} bytes`)
  }
}

/** An SSE event ends at a blank line; lines end in LF, CR LF or CR (WHATWG HTML, server-sent events). */
function sseBoundary(bytes: Buffer, from: number, hasCr: boolean): number {
  if (!hasCr) {
    const at = bytes.indexOf('\n\n', from, 'latin1')
    return at === -1 ? -1 : at + 2
  }
  for (let at = from; at < bytes.length; at++) {
    const first = lineEnd(bytes, at)
    if (first === 0) continue
    const second = lineEnd(bytes, at + first)
    if (second > 0) return at + first + second
    at += first - 1
  }
  return -1
}

/** Length of the line end at `at`: 0, 1 or 2. A CR at the very end may still become CR LF: not an end yet. */
function lineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === LF) return 1
  if (bytes[at] !== CR || at + 1 >= bytes.length) return 0
  return bytes[at + 1] === LF ? 2 : 1
}

function lineBoundary(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(LF, from)
  return at === -1 ? -1 : at + 1
}

const BOM = '\uFEFF'

function parseSse(raw: Buffer): RawFrame {
  let text = raw.toString('utf8')
  if (text.startsWith(BOM)) text = text.slice(1)
  let event = ''
  let data: string | undefined
  for (const line of text.split(/\r\n|\n|\r/)) {
    if (line === '' || line.startsWith(':')) continue
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    let value = colon === -1 ? '' : line.slice(colon + 1)
    if (value.startsWith(' ')) value = value.slice(1)
    if (field === 'data') data = data === undefined ? value : `${data}\n${value}`
    else if (field === 'event') event = value
  }
  return { event, data: data ?? '', raw }
}

function parseLine(raw: Buffer): RawFrame {
  return { event: '', data: raw.toString('utf8').trim(), raw }
}
