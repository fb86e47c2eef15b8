import { stripVTControlCharacters } from 'node:util'
import Table from 'cli-table3'

const NO_BORDER = Object.fromEntries(
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid'
    .split(' ')
    .map((name) => [name, '']),
)

export interface TableOptions {
  head: string[]
  align?: ('left' | 'right')[]
  /** Columns of the terminal; the last column wraps to fit, the others never do. */
  width: number
  indent?: string
}

/** Smallest useful last column, in characters. */
const MIN_LAST = 24

/** A table without borders: a line per row, no trailing white space. */
export function table(rows: string[][], { head, align = [], width, indent = '' }: TableOptions): string {
  const room = width - indent.length
  let text = draw(rows, head, align)
  if (widthOf(text) > room) {
    const others = widthOf(draw(rows.map(withoutLast), withoutLast(head), align)) + 2
    const last = Math.max(MIN_LAST, room - others)
    text = draw(
      rows.map((row) => [...withoutLast(row), wrap(row.at(-1) ?? '', last)]),
      head,
      align,
    )
  }
  return text
    .split('\n')
    .map((line) => (indent + line).trimEnd())
    .join('\n')
}

/** Breaks text at spaces into lines of at most `width` characters, colour codes not counted; a longer word stays whole. */
export function wrap(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line === '') line = word
    else if (lengthOf(line) + 1 + lengthOf(word) <= width) line += ' ' + word
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].join('\n')
}

function draw(rows: string[][], head: string[], align: ('left' | 'right')[]): string {
  const built = new Table({
    head,
    colAligns: head.map((_, column) => align[column] ?? 'left'),
    chars: { ...NO_BORDER, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
  })
  built.push(...rows)
  return built.toString()
}

/** Every line is padded to the same width, and the head is plain text: its length is the width. */
function widthOf(text: string): number {
  return text.split('\n', 1)[0]?.length ?? 0
}

function lengthOf(text: string): number {
  return stripVTControlCharacters(text).length
}

function withoutLast(cells: string[]): string[] {
  return cells.slice(0, -1)
}
