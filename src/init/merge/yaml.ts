import { isMap, isScalar, isSeq, parseDocument, stringify } from 'yaml'
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { isRecord } from '../../lib/is-record.ts'
import type { Merged } from './merged.ts'
import { identityOf, isList, isSameData, mergeData } from './same.ts'

interface Edit {
  start: number
  end: number
  text: string
}

/**
 * Puts the entries of a YAML text into another. Where the layout allows it, only the lines concerned change; otherwise
 * the document is written anew with its comments and its order.
 */
export function mergeYaml(text: string, wanted: string): Merged {
  return mergeYamlData(text, (parseDocument(wanted).toJS() ?? {}) as Record<string, unknown>, wanted)
}

/** The same with data; `whole` is the text for an empty file. */
export function mergeYamlData(text: string, data: Record<string, unknown>, whole: string): Merged {
  const document = parseDocument(text, { logLevel: 'error' })
  if (document.errors.length > 0) return { refused: 'its YAML has mistakes' }
  const old: unknown = document.toJS()
  if (old === null || old === undefined) return { text: text.trim() === '' ? whole : `${withEnd(text)}${whole}` }
  if (!isMap(document.contents)) return { refused: 'it does not hold a mapping' }
  const expected = mergeData(old, data)
  if (isSameData(old, expected)) return { text }
  const spliced = splice(text, document.contents, data)
  if (spliced !== undefined && isSameData(readBack(spliced), expected)) return { text: spliced }
  const rewritten = rewrite(document, data)
  return isSameData(readBack(rewritten), expected)
    ? { text: rewritten }
    : { refused: 'its layout is beyond what can be edited safely' }
}

function readBack(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'error' })
  return document.errors.length > 0 ? undefined : (document.toJS() as unknown)
}

/** The text with as few edits as possible; undefined when it has flow style, anchors or the like in the way. */
function splice(text: string, root: YAMLMap, data: Record<string, unknown>): string | undefined {
  const edits: Edit[] = []
  if (!spliceMap(text, root, data, edits)) return undefined
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, { start, end, text: put }) => done.slice(0, start) + put + done.slice(end), text)
}

function spliceMap(text: string, map: YAMLMap, data: Record<string, unknown>, edits: Edit[]): boolean {
  const fresh: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(data)) {
    const node = map.get(key, true) as Node | undefined
    if (node === undefined) fresh[key] = value
    else if (isMap(node) && isRecord(value)) {
      if (!spliceMap(text, node, value, edits)) return false
    } else if (isSeq(node) && isList(value)) {
      if (!spliceList(text, node, value, edits)) return false
    } else if (isScalar(node) && !isRecord(value) && !Array.isArray(value)) {
      if (!node.range || !['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE'].includes(node.type ?? '')) return false
      if (node.value !== value) edits.push({ start: node.range[0], end: node.range[1], text: JSON.stringify(value) })
    } else return false
  }
  return Object.keys(fresh).length === 0 || append(text, map, stringify(fresh, { lineWidth: 0 }), edits)
}

function spliceList(text: string, list: YAMLSeq, wanted: readonly unknown[], edits: Edit[]): boolean {
  const fresh: unknown[] = []
  for (const entry of wanted) {
    const item = list.items.find((each) => isMap(each) && identityOf(each.toJSON()) === identityOf(entry))
    if (item === undefined) fresh.push(entry)
    else if (!isMap(item) || !isRecord(entry) || !spliceMap(text, item, entry, edits)) return false
  }
  return fresh.length === 0 || append(text, list, stringify(fresh, { lineWidth: 0 }), edits)
}

/** Puts lines behind the last line of a collection in block style, as far in as its entries are. */
function append(text: string, collection: YAMLMap | YAMLSeq, lines: string, edits: Edit[]): boolean {
  const first = collection.items[0]
  const last = collection.items.at(-1)
  const end = endOf(last)
  if (collection.flow === true || first === undefined || end === undefined) return false
  const start = isSeq(collection) ? collection.range?.[0] : startOf(first)
  if (start === undefined) return false
  const column = text.slice(text.lastIndexOf('\n', start - 1) + 1, start)
  if (/\S/.test(column)) return false
  const lineEnd = text.indexOf('\n', Math.max(end - 1, 0))
  const at = lineEnd === -1 ? text.length : lineEnd + 1
  const put = lines
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : column + line))
    .join('\n')
  edits.push({ start: at, end: at, text: `${lineEnd === -1 ? '\n' : ''}${put}\n` })
  return true
}

function startOf(item: unknown): number | undefined {
  return (item as Pair<Node>).key.range?.[0]
}

/** Where the last value ends, without the comments and blank lines behind it. */
function endOf(item: unknown): number | undefined {
  const node = ((item as Pair<Node, Node | null> | undefined)?.value ?? item) as Node | null | undefined
  if ((isMap(node) || isSeq(node)) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1))
  return node?.range?.[1]
}

/** Written anew by the library: comments and order stay, the layout may not. */
function rewrite(document: Document, data: Record<string, unknown>): string {
  for (const [key, value] of Object.entries(data)) {
    const old: unknown = document.has(key) ? document.toJS()[key as never] : undefined
    setDeep(document, [key], old, value)
  }
  return document.toString({ lineWidth: 0 })
}

function setDeep(document: Document, path: readonly unknown[], old: unknown, value: unknown): void {
  if (isRecord(old) && isRecord(value)) {
    for (const [key, inner] of Object.entries(value)) setDeep(document, [...path, key], old[key], inner)
  } else if (old === undefined || !isSameData(old, value)) {
    document.setIn(path, document.createNode(mergeData(old, value)))
  }
}

function withEnd(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}
