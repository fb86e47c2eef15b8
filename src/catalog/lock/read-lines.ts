import { readName } from './names.ts'

/** A line of the file: indentation, name, and what stands behind the colon. */
const LINE = /^( *)("(?:[^"\\]|\\.)*"|[^\s"'#{}[\],&*!|>%@`][^\s"'#{}[\],]*):(?: (\S.*))?$/
const FACT = /^\{ (.*) \}$/
const MEMBER = /^([a-z]+): (\S+)$/
const NUMBER = /^\d+(?:\.\d+)?(?:e[+-]\d+)?$/
/** What is no name, and YAML has no other reading of: paths, days and addresses. */
const SOURCE = /^(?:\/[\w./-]*|\d{4}-\d{2}-\d{2}|https?:\/\/[\w.:/-]*[\w/])$/

type Node = Map<string, unknown>

/**
 * Reads the text of a lock as `lockText` writes it, some twenty times as fast as a YAML parser; undefined for anything
 * written otherwise, by hand for example, which is then a matter for that parser. It gives the plain data, unchecked.
 */
export function readLines(text: string): Record<string, unknown> | undefined {
  const root: Node = new Map()
  // The node that members of each depth go into.
  const open: Node[] = [root]
  for (const line of text.split(/\r?\n/)) {
    if (line === '' || line.startsWith('#')) continue
    const [, indent = '', written = '', rest] = LINE.exec(line) ?? []
    const depth = indent.length / 2
    const name = readName(written)
    const parent = open[depth]
    if (name === undefined || parent === undefined || parent.has(name)) return undefined
    // Whatever was deeper has ended.
    open.length = depth + 1
    if (rest === undefined) {
      const node: Node = new Map()
      parent.set(name, node)
      open.push(node)
      continue
    }
    const value = depth === 4 && rest.startsWith('{ ') ? readFact(rest) : readScalar(rest)
    if (value === undefined) return undefined
    parent.set(name, value)
  }
  return toObject(root)
}

function readFact(text: string): Node | undefined {
  const fact: Node = new Map()
  for (const member of FACT.exec(text)?.[1]?.split(', ') ?? []) {
    const [, name = '', written = ''] = MEMBER.exec(member) ?? []
    const value = readScalar(written)
    if (value === undefined || fact.has(name)) return undefined
    fact.set(name, value)
  }
  return fact
}

function readScalar(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  if (text === '{}') return new Map()
  if (NUMBER.test(text)) return Number(text)
  if (text.startsWith('"')) return readName(text)
  if (SOURCE.test(text)) return text
  return readName(text)
}

/** Own members only, whatever their names. */
function toObject(node: Node): Record<string, unknown> {
  return Object.fromEntries(
    [...node].map(([name, value]) => [name, value instanceof Map ? toObject(value as Node) : value]),
  )
}
