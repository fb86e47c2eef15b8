import { isRecord } from '../../lib/is-record.ts'
import { parseJsonc, toData } from './jsonc.ts'
import type { JsoncNode } from './jsonc.ts'
import type { Merged } from './merged.ts'
import { identityOf, isList, isSameData, mergeData } from './same.ts'

interface Edit {
  start: number
  end: number
  text: string
}

/** Puts the members of a JSON text into another that may have comments; all that is not concerned keeps its bytes. */
export function mergeJson(text: string, wanted: string): Merged {
  if (text.trim() === '') return { text: wanted }
  const root = parseJsonc(text)
  if (root === undefined) return { refused: 'it is not JSON, or it is JSON5' }
  if (root.type !== 'object') return { refused: 'it does not hold an object' }
  const data = JSON.parse(wanted) as unknown
  const edits: Edit[] = []
  collect(text, root, data, edits)
  const merged = apply(text, edits)
  const read = parseJsonc(merged)
  const isRight = read !== undefined && isSameData(toData(read), mergeData(toData(root), data))
  return isRight ? { text: merged } : { refused: 'its layout is beyond what can be edited safely' }
}

function collect(text: string, node: JsoncNode, wanted: unknown, edits: Edit[]): void {
  if (node.type === 'object' && isRecord(wanted)) {
    const fresh: string[] = []
    for (const [key, value] of Object.entries(wanted)) {
      const member = node.members.find((each) => each.key === key)
      if (member === undefined) fresh.push(`${JSON.stringify(key)}: ${jsonAt(text, node, value)}`)
      else collect(text, member.value, value, edits)
    }
    addEntries(text, node, node.members, fresh, edits)
  } else if (node.type === 'array' && isList(wanted)) {
    const fresh: string[] = []
    for (const entry of wanted) {
      const item = node.items.find((each) => identityOf(toData(each)) === identityOf(entry))
      if (item === undefined) fresh.push(jsonAt(text, node, entry))
      else collect(text, item, entry, edits)
    }
    addEntries(text, node, node.items, fresh, edits)
  } else if (!isSameData(toData(node), wanted)) {
    edits.push({
      start: node.start,
      end: node.end,
      text: JSON.stringify(wanted, null, 2).replaceAll('\n', `\n${indentOf(text, node.start)}`),
    })
  }
}

/** Puts entries behind the last one, each on a line of its own. */
function addEntries(
  text: string,
  node: JsoncNode,
  entries: readonly { end: number }[],
  fresh: readonly string[],
  edits: Edit[],
): void {
  if (fresh.length === 0) return
  const outer = indentOf(text, node.start)
  const inner = outer + unitOf(text)
  const lines = fresh.join(`,\n${inner}`)
  const last = entries.at(-1)
  if (last === undefined) {
    edits.push({ start: node.start + 1, end: node.start + 1, text: `\n${inner}${lines}\n${outer}` })
    return
  }
  const comma = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(last.end, node.end))
  const at = last.end + (comma?.[0].length ?? 0)
  const isOneLine = !text.slice(node.start, node.end).includes('\n')
  const gap = isOneLine ? ' ' : `\n${inner}`
  const body = isOneLine ? fresh.join(', ') : lines
  edits.push({ start: at, end: at, text: `${comma === null ? ',' : ''}${gap}${body}` })
}

function jsonAt(text: string, node: JsoncNode, value: unknown): string {
  const unit = unitOf(text)
  return JSON.stringify(value, null, unit).replaceAll('\n', `\n${indentOf(text, node.start)}${unit}`)
}

/** White space at the begin of the line. */
function indentOf(text: string, at: number): string {
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at)
  return /^[ \t]*/.exec(line)?.[0] ?? ''
}

/** What the text indents with. */
function unitOf(text: string): string {
  return /^[{[][^\S\n]*\r?\n([ \t]+)/.exec(text)?.[1] ?? '  '
}

function apply(text: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((done, { start, end, text: put }) => done.slice(0, start) + put + done.slice(end), text)
}
