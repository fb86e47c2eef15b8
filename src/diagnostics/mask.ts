import type { Diagnostic } from './diagnostic.ts'
import { maskShapes } from './secret-shapes.ts'

/** `key: value` and its like, in block and flow style. Group 1 is kept, group 2 is the value. */
const ENTRY =
  /((?:^|[\s{,"'-])(?:[\w-]{0,40}api[_-]?keys?|keys?|token|secret|password|(?:proxy-)?authorization|cookie|x-goog-api-key)["']?\s*:\s+)(\S.*)$/gim
const ITEM = /^(\s*-\s+)(\S.*)$/
const REFERENCE = /^["']?(?:env|file):/

/**
 * The lines of a source with every credential replaced by stars, one for one: what secret diagnostics point at, values
 * of keys that name credentials, and what looks like a key. A source with a syntax error is masked by its text alone.
 */
export function maskSource(text: string, diagnostics: readonly Diagnostic[]): string[] {
  const lines = text.split(/\r?\n/)
  for (const one of diagnostics) if (one.secret === true) maskRange(lines, one)
  let inKeys = false
  return lines.map((line) => {
    const item = inKeys ? ITEM.exec(line) : null
    if (item === null && !/^\s*(?:#|$)/.test(line)) inKeys = /^\s*(?:-\s+)?["']?keys["']?\s*:\s*(?:#.*)?$/.test(line)
    const masked = item === null ? line : `${item[1]}${maskValue(item[2] ?? '', false)}`
    return maskShapes(
      masked.replace(ENTRY, (_, key: string, value: string) => key + maskValue(value, line.includes('{'))),
    )
  })
}

function maskRange(lines: string[], { line, column, endLine = line, endColumn }: Diagnostic): void {
  for (let row = line - 1; row < endLine; row++) {
    const text = lines[row] ?? ''
    const from = row === line - 1 ? column - 1 : 0
    const to = row === endLine - 1 ? endColumn - 1 : text.length
    lines[row] = text.slice(0, from) + text.slice(from, to).replace(/\S/g, '*') + text.slice(to)
  }
}

function maskValue(value: string, inFlow: boolean): string {
  if (REFERENCE.test(value)) return value
  if (value.startsWith('[')) {
    const [list = ''] = /^\[(?:"[^"]*"?|'[^']*'?|[^\]])*\]?/.exec(value) ?? []
    return `[${list.slice(1).replace(/[^\s\],][^\],]*/g, maskItem)}${value.slice(list.length)}`
  }
  if (/^(?:[{#&*!|>]|null\b|~)/.test(value)) return value
  const plain = inFlow ? (/^(?:"[^"]*"?|'[^']*'?|[^,}\]]+)/.exec(value)?.[0] ?? '') : beforeComment(value)
  return stars(plain) + value.slice(plain.length)
}

function beforeComment(value: string): string {
  const comment = value.indexOf(' #')
  return comment === -1 ? value : value.slice(0, comment)
}

function maskItem(item: string): string {
  return REFERENCE.test(item) ? item : stars(item)
}

function stars(text: string): string {
  return text.replace(/\S/g, '*')
}
