import stringWidth from 'fast-string-width'

export interface TableOptions {
  head: string[]
  align?: ('left' | 'right')[]
  /** Columns of the terminal; the last column wraps to fit, the others never do. */
  width: number
  indent?: string
}

/** Smallest useful last column, in characters. */
const MIN_LAST = 24
const GAP = '  '

/** A table without borders: a line per row, no trailing white space. Wide characters take two columns, colours none. */
export function table(rows: readonly string[][], { head, align = [], width, indent = '' }: TableOptions): string {
  const widths = widthsOf([head, ...rows])
  const others = widths.slice(0, -1).reduce((sum, one) => sum + one + GAP.length, indent.length)
  const room = Math.max(MIN_LAST, width - others)
  const isTooWide = others + (widths.at(-1) ?? 0) > width
  const lines = [head, ...rows].flatMap((row) => {
    if (!isTooWide || row === head) return [lineOf(row, widths, align)]
    const [first = '', ...more] = wrap(row.at(-1) ?? '', room).split('\n')
    const before = row.slice(0, -1)
    return [
      lineOf([...before, first], widths, align),
      ...more.map((part) => lineOf([...before.map(() => ''), part], widths, align)),
    ]
  })
  return lines.map((line) => indent + line).join('\n')
}

/** Breaks text at spaces into lines of at most `width` characters, colour codes not counted; a longer word stays whole. */
export function wrap(text: string, width: number): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line === '') line = word
    else if (columnsOf(line) + 1 + columnsOf(word) <= width) line += ' ' + word
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line].join('\n')
}

/** Columns that a text takes. Most are plain ASCII, for which the library need not load its tables. */
function columnsOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}

/** Width of the widest cell of each column. */
function widthsOf(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = []
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, columnsOf(cell))
  }
  return widths
}

function lineOf(row: readonly string[], widths: readonly number[], align: readonly ('left' | 'right')[]): string {
  const cells = row.map((cell, at) => {
    const padding = ' '.repeat(Math.max(0, (widths[at] ?? 0) - columnsOf(cell)))
    return align[at] === 'right' ? padding + cell : cell + padding
  })
  return cells.join(GAP).trimEnd()
}
