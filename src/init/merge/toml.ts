import type { Merged } from './merged.ts'

const BEGIN = '# >>> sage: written by `sage init`'
const END = '# <<< sage'

/**
 * Puts the lines of a TOML text into another: its top-level keys as a marked block at the beginning, its tables as one
 * at the end. A block of an earlier run is replaced. Refused when the file sets one of the keys or tables otherwise.
 */
export function mergeToml(text: string, wanted: string): Merged {
  const own = wanted.trimEnd()
  const rest = withoutBlocks(text)
  const { head, tables } = split(own)
  const theirs = scan(rest)
  const mine = scan(own)
  const missing = [...mine].filter(([name, value]) => theirs.get(name) !== value)
  if (missing.length === 0) return { text }
  const clash = missing.find(([name]) => theirs.has(name))
  if (clash !== undefined) return { refused: `it sets ${clash[0]} itself` }
  const parts = [
    head === '' ? '' : block(head),
    rest.trim() === '' ? '' : `${rest.trim()}\n`,
    tables === '' ? '' : block(tables),
  ]
  return { text: parts.filter((part) => part !== '').join('\n') }
}

function block(lines: string): string {
  return `${BEGIN}\n${lines.trim()}\n${END}\n`
}

function withoutBlocks(text: string): string {
  const lines = text.split('\n')
  let inside = false
  return lines
    .filter((line) => {
      const bare = line.trimEnd()
      if (bare === BEGIN) inside = true
      const keep = !inside
      if (bare === END) inside = false
      return keep
    })
    .join('\n')
}

function split(text: string): { head: string; tables: string } {
  const at = /^\s*\[/m.exec(text)?.index ?? text.length
  return { head: text.slice(0, at).trim(), tables: text.slice(at).trim() }
}

/** All keys with their values as written, under the name of their table; texts of several lines are passed over. */
function scan(text: string): Map<string, string> {
  const found = new Map<string, string>()
  let table = ''
  const flat = text.replace(/"""[^]*?"""|'''[^]*?'''/g, '""')
  for (const line of flat.split(/\r?\n/)) {
    const header = /^\s*\[([^\]]+)\]/.exec(line)?.[1]
    if (header !== undefined) {
      table = `${plain(header)}.`
      found.set(table, '')
    }
    const [, key, value] =
      /^\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (key !== undefined && value !== undefined) found.set(table + plain(key), value)
  }
  return found
}

function plain(name: string): string {
  return name.replace(/["'\s]/g, '')
}
