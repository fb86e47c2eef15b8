import { printable } from '../../output/printable.ts'
import type { Block, Span, Text } from './blocks.ts'
import { spans } from './blocks.ts'

/** GitHub-flavoured Markdown. Nothing from outside is taken for markup, a mention or a link. */
export function markdown(blocks: readonly Block[]): string {
  return blocks.map(block).join('\n\n') + '\n'
}

function block(one: Block): string {
  switch (one.kind) {
    case 'heading':
      return `${'#'.repeat(one.level)} ${inline(one.text)}`
    case 'paragraph':
      return inline(one.text)
    case 'list':
      return one.items.map((item) => `- ${inline(item)}`).join('\n')
    case 'table':
      return [row(one.head), `|${' --- |'.repeat(one.head.length)}`, ...one.rows.map(row)].join('\n')
    case 'details':
      return `<details>\n<summary>${escapeText(one.summary)}</summary>\n\n${one.blocks.map(block).join('\n\n')}\n\n</details>`
  }
}

function row(cells: readonly Text[]): string {
  return `| ${cells.map((cell) => inline(cell, true)).join(' | ')} |`
}

function inline(text: Text, isCell: boolean = false): string {
  return spans(text)
    .map((span) => spanText(span, isCell))
    .join('')
    .trim()
}

function spanText(span: Span, isCell: boolean): string {
  if (typeof span === 'string') return escapeText(printable(span))
  if ('strong' in span) return span.strong.trim() === '' ? '' : `**${escapeText(printable(span.strong.trim()))}**`
  return codeSpan(printable(span.code), isCell)
}

/** A run of backticks longer than any inside; in a table a pipe is escaped even in code. */
function codeSpan(text: string, isCell: boolean): string {
  if (text === '') return ''
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  const inner = isCell ? text.replaceAll('|', '\\|') : text
  return `${fence}${space}${inner}${space}${fence}`
}

/** Markup, and what GitHub turns into links and mentions (`@`, `#`, `://`, `www.`). */
function escapeText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~$]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/([@#])(?=[\w-])/g, '$1\u2060')
    .replace(/:\/\//g, ':\u2060//')
    .replace(/\bwww\./gi, '$&\u2060')
}
