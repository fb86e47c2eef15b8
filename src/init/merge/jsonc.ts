// JSON with comments and trailing commas, as a tree that knows where each value stands.

interface Range {
  /** Offsets in the text: first character, and one behind the last. */
  start: number
  end: number
}

export interface JsoncMember extends Range {
  key: string
  value: JsoncNode
}

export type JsoncNode =
  | (Range & { type: 'object'; members: JsoncMember[] })
  | (Range & { type: 'array'; items: JsoncNode[] })
  | (Range & { type: 'scalar'; value: string | number | boolean | null })

/** Deeper nesting is refused: reading recurses. */
const MAX_DEPTH = 100
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y
const SCALAR = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

/** Reads a text; undefined when it is not JSON with comments (JSON5 has more than that), or has a key twice. */
export function parseJsonc(text: string): JsoncNode | undefined {
  try {
    const reader = new Reader(text)
    const root = reader.readValue(0)
    return reader.skipSpace() === text.length ? root : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Plain data of a node. */
export function toData(node: JsoncNode): unknown {
  if (node.type === 'scalar') return node.value
  if (node.type === 'array') return node.items.map(toData)
  return Object.fromEntries(node.members.map(({ key, value }) => [key, toData(value)]))
}

class Reader {
  readonly #text: string
  #at: number

  constructor(text: string) {
    this.#text = text
    this.#at = text.startsWith('\uFEFF') ? 1 : 0
  }

  /** Where the next token begins. */
  skipSpace(): number {
    SPACE.lastIndex = this.#at
    SPACE.test(this.#text)
    this.#at = SPACE.lastIndex
    return this.#at
  }

  readValue(depth: number): JsoncNode {
    if (depth > MAX_DEPTH) throw new SyntaxError('too deep')
    const start = this.skipSpace()
    if (this.#text[start] === '{') return this.#readObject(start, depth)
    if (this.#text[start] === '[') return this.#readArray(start, depth)
    return this.#readScalar(start)
  }

  #readObject(start: number, depth: number): JsoncNode {
    const members: JsoncMember[] = []
    this.#readList('}', () => {
      const { value: key, start: from } = this.#readScalar(this.skipSpace())
      if (typeof key !== 'string' || members.some((member) => member.key === key)) throw new SyntaxError('key')
      if (this.#text[this.skipSpace()] !== ':') throw new SyntaxError('colon')
      this.#at++
      const value = this.readValue(depth + 1)
      members.push({ key, value, start: from, end: value.end })
    })
    return { type: 'object', members, start, end: this.#at }
  }

  #readArray(start: number, depth: number): JsoncNode {
    const items: JsoncNode[] = []
    this.#readList(']', () => void items.push(this.readValue(depth + 1)))
    return { type: 'array', items, start, end: this.#at }
  }

  #readList(close: string, readOne: () => void): void {
    this.#at++
    while (this.#text[this.skipSpace()] !== close) {
      readOne()
      const next = this.#text[this.skipSpace()]
      if (next === ',') this.#at++
      else if (next !== close) throw new SyntaxError('comma')
    }
    this.#at++
  }

  #readScalar(start: number): Extract<JsoncNode, { type: 'scalar' }> {
    SCALAR.lastIndex = start
    const [found] = SCALAR.exec(this.#text) ?? []
    if (found === undefined) throw new SyntaxError('value')
    this.#at = start + found.length
    return { type: 'scalar', value: JSON.parse(found) as string | number | boolean | null, start, end: this.#at }
  }
}
