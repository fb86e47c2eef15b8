import type { Document, LineCounter, Node, Pair } from 'yaml'
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml'
import type { SourceRef } from './types.ts'

/** Keys and indexes from the root of the profile. */
export type Path = readonly (string | number)[]

/** A stretch of the source. Lines and columns count from 1; `endColumn` is behind the last character. */
export interface Place {
  line: number
  column: number
  endLine: number
  endColumn: number
}

/** Finds where the parts of a parsed profile stand. Aliases are followed to what they stand for. */
export class Locator {
  readonly file: string
  readonly #doc: Document
  readonly #lines: LineCounter
  readonly #text: string
  readonly #pairs = new WeakMap<object, Map<string, Pair>>()
  readonly #anchors = new Map<string, Node>()

  constructor(file: string, text: string, doc: Document, lines: LineCounter, anchors: ReadonlyMap<string, Node>) {
    this.file = file
    this.#text = text
    this.#doc = doc
    this.#lines = lines
    this.#anchors = new Map(anchors)
  }

  /** Place of a key; of the list item when the path ends in an index; the start of the file for the root. */
  key(path: Path): Place {
    const { key, value } = this.#find(path)
    return this.#place(key ?? value) ?? this.between(0, 0)
  }

  /** Place of a value; of its key, or where it should be, when it is empty; of the nearest parent when there is no such path. */
  value(path: Path): Place {
    const { key, value } = this.#find(path)
    return this.#place(value) ?? this.#place(key) ?? this.#emptyItem(path, value) ?? this.key(path.slice(0, -1))
  }

  /** Where an item of a list is that has nothing behind its dash. */
  #emptyItem(path: Path, value: Node | undefined): Place | undefined {
    const start = value?.range?.[0]
    return start === undefined || typeof path.at(-1) !== 'number' ? undefined : this.between(start, start)
  }

  /** Keys of the map at the path in the order of the source, which a JavaScript object does not keep for numbers. */
  keys(path: Path): string[] {
    const node = this.#resolve(this.#find(path).value)
    return isMap(node) ? [...this.#index(node).keys()] : []
  }

  /** The text of a scalar as written, quotes included. */
  written(path: Path): string {
    const range = this.#find(path).value?.range
    return range ? this.#text.slice(range[0], range[1]) : ''
  }

  ref(path: Path): SourceRef {
    const { line, column } = this.key(path)
    return { file: this.file, line, column }
  }

  /** Turns offsets into a place; a stretch without length gets one column. */
  between(start: number, end: number): Place {
    const from = this.#lines.linePos(start)
    const to = this.#lines.linePos(Math.max(start, this.#trimmed(start, end)))
    const line = Math.max(from.line, 1)
    const column = Math.max(from.col, 1)
    const endLine = Math.max(to.line, line)
    return { line, column, endLine, endColumn: endLine === line ? Math.max(to.col, column + 1) : Math.max(to.col, 1) }
  }

  #trimmed(start: number, end: number): number {
    let last = end
    while (last > start && /\s/.test(this.#text[last - 1] ?? '')) last--
    return last
  }

  #place(node: Node | undefined): Place | undefined {
    if (!node?.range || node.range[0] === node.range[1]) return undefined
    return this.between(node.range[0], node.range[1])
  }

  #find(path: Path): { key?: Node | undefined; value?: Node | undefined } {
    let key: Node | undefined
    let value: Node | undefined = this.#doc.contents ?? undefined
    for (const step of path) {
      const parent = this.#resolve(value)
      if (isMap(parent)) {
        const pair = this.#index(parent).get(String(step))
        if (pair === undefined) return {}
        key = pair.key as Node
        value = (pair.value ?? undefined) as Node | undefined
      } else if (isSeq(parent)) {
        key = undefined
        value = parent.items[Number(step)] as Node | undefined
        if (isPair(value)) return {}
      } else return {}
    }
    return { key, value }
  }

  #resolve(node: Node | undefined): Node | undefined {
    return isAlias(node) ? this.#anchors.get(node.source) : node
  }

  #index(map: Node & { items: Pair[] }): Map<string, Pair> {
    let index = this.#pairs.get(map)
    if (index === undefined) {
      index = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value) : '', pair]))
      this.#pairs.set(map, index)
    }
    return index
  }
}
